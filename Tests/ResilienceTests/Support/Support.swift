import Resilience
import Simulation
import Trace

extension VirtualTime {
    static func ms(_ milliseconds: Int) -> VirtualTime { .milliseconds(Double(milliseconds)) }
}

extension RetryCore<VirtualTime> {
    init(_ rules: RetryRules) { self.init(rules, at: .zero) }

    /// Begins an attempt that fails, at that time.
    mutating func fail(
        _ kind: FailureKind = .timeout, _ retryAfter: RetryAfter? = nil, isIdempotent: Bool = true,
        timeLeft: Duration? = nil, draw: Double = 0.5, at now: VirtualTime = .zero
    ) -> RetryDecision {
        _ = begin()
        return decide(
            after: Failure(kind, retryAfter: retryAfter), isIdempotent: isIdempotent, timeLeft: timeLeft, draw: draw,
            at: now)
    }
}

extension RetryDecision {
    var wait: Duration? {
        if case .retry(let wait, _) = self { wait.duration } else { nil }
    }
}
