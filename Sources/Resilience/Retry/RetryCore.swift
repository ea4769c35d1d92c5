/// The retries of one piece of work, as a value without clock: who uses it does the waiting.
///
///     var retry = RetryCore(rules, at: clock.now)
///     let number = retry.begin()
///     ... the attempt fails ...
///     switch retry.decide(after: failure, draw: random(), at: clock.now) { ... }
///
/// A ``RetryBudget``, where there is one, is asked after a decision to retry: then it is known that it would be used.
public struct RetryCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public let rules: RetryRules
    /// Attempts begun so far.
    public private(set) var attempts = 0
    private let started: Instant
    private var waits: Backoff.Sequence

    public init(_ rules: RetryRules, at now: Instant) {
        self.rules = rules
        started = now
        waits = rules.backoff.makeSequence()
    }

    /// An attempt begins. Returns its number, from 1.
    public mutating func begin() -> Int {
        if attempts < .max { attempts += 1 }
        return attempts
    }

    /// What to do after an attempt has failed.
    ///
    /// The reasons to give up are asked in this order: permanent, told not to, not idempotent, attempts, elapsed,
    /// deadline.
    /// - Parameters:
    ///   - isIdempotent: whether doing the work twice does no harm. If not, only failures from before its start
    ///     are retried (RFC 9110 §9.2.2).
    ///   - timeLeft: until the deadline, if there is one. A wait has to end before it.
    ///   - draw: a random number in 0..<1 for the backoff.
    public mutating func decide(
        after failure: Failure, isIdempotent: Bool = true, timeLeft: Duration? = nil, draw: Double, at now: Instant
    ) -> RetryDecision {
        guard rules.on.contains(failure.kind) else { return .giveUp(.permanent) }
        let told = rules.honoursRetryAfter ? failure.retryAfter : nil
        if told == .never { return .giveUp(.toldNotTo) }
        guard isIdempotent || failure.kind.isBeforeStart else { return .giveUp(.notIdempotent) }
        guard attempts < rules.attempts else { return .giveUp(.attempts) }
        if let limit = rules.giveUpAfter, started.duration(to: now) >= limit { return .giveUp(.elapsed) }
        let (wait, source) = nextWait(told, draw)
        if let timeLeft, wait.duration >= timeLeft { return .giveUp(.deadline) }
        return .retry(after: wait, source)
    }

    private mutating func nextWait(_ told: RetryAfter?, _ draw: Double) -> (Backoff.Wait, RetryWaitSource) {
        switch told {
        case .pushback(let delay):
            waits.restart()
            return (Backoff.Wait(exactly: delay.clamped), .pushback)
        case .delay(let delay):
            // It takes the place of a wait of the backoff, which goes on as if that one had been waited.
            _ = waits.next(draw: draw)
            return (Backoff.Wait(exactly: delay.clamped), .retryAfter)
        case .never, nil: return (waits.next(draw: draw), .backoff)
        }
    }
}
