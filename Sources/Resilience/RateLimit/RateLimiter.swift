import Synchronization

/// Lets so many pieces of work begin in a time; the others wait for their turn or are turned away.
///
/// A permit that was waited for is spent also when the wait is cancelled. One instance serves all tasks.
public final class RateLimiter<C: Clock>: Policy where C.Duration == Duration {
    private let core: Mutex<RateLimitCore<C.Instant>>
    private let clock: C
    private let onEvent: (@Sendable (RateLimitEvent) -> Void)?

    /// - Parameter onEvent: called for every decision, on the task that makes it; those of different tasks may overtake
    ///   each other.
    public init(_ rules: RateLimitRules, clock: C, onEvent: (@Sendable (RateLimitEvent) -> Void)? = nil) {
        core = Mutex(RateLimitCore(rules, at: clock.now))
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Does the work once it has a permit.
    ///
    /// - Throws: what the work throws, or what ``acquire(_:)`` throws.
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await acquire()
        return try await work()
    }

    /// Takes permits, and waits for them as long as the rules and ``Deadline/current`` allow.
    ///
    /// - Throws: ``Rejection`` when they are not there in time; ``TimedOut`` when the deadline has passed before;
    ///   `CancellationError` when it was cancelled while waiting.
    public func acquire(_ permits: Int = 1) async throws {
        try Deadline.check()
        let timeLeft = Deadline.current?.timeLeft
        let (decision, available, now) = core.withLock { core in
            let now = clock.now
            let decision = core.acquire(permits, maxWait: min(core.rules.maxWait, timeLeft ?? .longest), at: now)
            return (decision, onEvent == nil ? 0 : core.available(at: now), now)
        }
        switch decision {
        case .rejected(let retryAfter):
            onEvent?(.rejected(retryAfter: retryAfter))
            throw Rejection(.rateLimited, retryAfter: retryAfter)
        case .granted(.zero): onEvent?(.admitted(available: available))
        case .granted(let wait):
            onEvent?(.delayed(wait, available: available))
            try await clock.sleep(until: now.advanced(by: wait), tolerance: nil)
        }
    }

    /// How many permits could be taken now, fractions included; below 0 where some of the future are taken already.
    public var available: Double { core.withLock { $0.available(at: clock.now) } }

    /// See ``RateLimitCore/change(_:at:)``.
    public func change(_ rules: RateLimitRules) { core.withLock { $0.change(rules, at: clock.now) } }
}
