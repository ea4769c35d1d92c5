import Resilience
import Scenario
import Trace

/// Lets so much work through in a time: `Resilience`'s `RateLimitCore` decides.
///
/// A permit that work waits for is taken at once, and stays taken when the work gives up waiting.
final class LimiterLayer: PolicyLayer, @unchecked Sendable {
    private var rule: RateLimitRule
    private var limiter: RateLimitCore<VirtualTime>

    init(_ rule: RateLimitRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        limiter = RateLimitCore(try RateLimitRules(rule), at: identity.world.now)
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        try await admit(strand)
        return try await inside.run(strand)
    }

    nonisolated(nonsending) private func admit(_ strand: Strand) async throws(Stopped) {
        // Nobody waits for a permit beyond the deadline.
        let left = strand.deadline.map { world.now.duration(to: $0) } ?? rule.maxWait
        switch limiter.acquire(maxWait: min(rule.maxWait, left), at: world.now) {
        case .rejected:
            let event = record(.limiterRejected, .limited, for: strand, cause: strand.cause, value: permits)
            throw Stopped(outcome: .limited, event: event)
        case .granted(let wait):
            if wait > .zero {
                strand.cause = record(
                    .limiterDelayed, for: strand, cause: strand.cause, value: wait.wholeNanoseconds)
                try await strand.pause(wait.wholeNanoseconds)
            }
            strand.cause = record(.limiterAdmitted, for: strand, cause: strand.cause, value: permits)
        }
    }

    /// Permits in millionths; those of the future that are taken already count as none.
    private var permits: Int64 { max(Int64(millionths: limiter.available(at: world.now)), 0) }

    override func currentSettings() -> [Setting] {
        switch rule.algorithm {
        case .tokenBucket(let rate, let burst), .leakyBucket(let rate, let burst):
            [Setting("burst", millionths: burst), Setting("rate", millionths: rate)]
        case .fixedWindow(let limit, let window), .slidingWindow(let limit, let window),
            .slidingLog(let limit, let window):
            [Setting("limit", limit), Setting("window", window)]
        }
    }

    /// What has been used stays used where the algorithm is the same.
    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .rateLimit(let rule) = rule, rule != self.rule else { return }
        limiter.change(try RateLimitRules(rule), at: world.now)
        self.rule = rule
    }
}

extension RateLimitRules {
    init(_ rule: RateLimitRule) throws(PolicyError) {
        let algorithm: Algorithm =
            switch rule.algorithm {
            case .tokenBucket(let rate, let burst): .tokenBucket(rate: rate, burst: burst)
            case .leakyBucket(let rate, let burst): .leakyBucket(rate: rate, burst: burst)
            case .fixedWindow(let limit, let window): .fixedWindow(limit: limit, window: window)
            case .slidingWindow(let limit, let window): .slidingWindow(limit: limit, window: window)
            case .slidingLog(let limit, let window): .slidingLog(limit: limit, window: window)
            }
        try self.init(algorithm, maxWait: rule.maxWait)
    }
}
