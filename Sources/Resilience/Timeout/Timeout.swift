import Synchronization

/// Cancels work that takes too long.
///
/// It is cooperative: work that is out of time is cancelled, and waited for until it has ended. A result that comes
/// late all the same is still returned (Polly 8). Inside a retry it limits each attempt, round it all of them.
public final class Timeout<C: Clock>: Policy where C.Duration == Duration {
    public let rules: TimeoutRules
    private let clock: C
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (TimeoutEvent) -> Void)?

    /// - Parameters:
    ///   - classify: tells which errors mean that the work was cancelled.
    ///   - onEvent: called for every decision, on the task that makes it.
    public init(
        _ rules: TimeoutRules, clock: C, classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (TimeoutEvent) -> Void)? = nil
    ) {
        self.rules = rules
        self.clock = clock
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Work in one piece: under the total limit; without one, under connect and read together.
    ///
    /// - Throws: ``TimedOut``, or what the work throws.
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let limit = rules.whole else { return try await work() }
        guard rules.isDeadline else { return try await limited(limit, .total, work) }
        let left = min(limit, Deadline.current?.timeLeft ?? limit)
        guard left > .zero else {
            onEvent?(.dropped)
            throw TimedOut(.deadline, limit: .zero)
        }
        let deadline = Deadline(at: clock.now.advanced(by: left.clamped), on: clock)
        return try await Deadline.$current.withValue(deadline) { try await limited(left, .deadline, work) }
    }

    /// Work in two pieces, each under its own limit, and both under the total.
    ///
    /// - Throws: ``TimedOut``, or what the work throws.
    public func execute<Connection: Sendable, Value: Sendable>(
        connect: @escaping @Sendable () async throws -> Connection,
        read: @escaping @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        let both: @Sendable () async throws -> Value = { [self] in
            let connection = try await limited(rules.connect, .connect, connect)
            return try await limited(rules.read, .read) { try await read(connection) }
        }
        return rules.total == nil ? try await both() : try await execute(both)
    }

    private enum Step<Value: Sendable>: Sendable {
        case finished(Result<Value, any Error>)
        case fired
        /// The timer was not needed.
        case idle
    }

    private func limited<Value: Sendable>(
        _ limit: Duration?, _ phase: TimedOut.Phase, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let limit else { return try await work() }
        let start = clock.now
        let (result, hasFired) = await race(limit, phase, until: start.advanced(by: limit.clamped), work)
        var isTimeout = false
        if case .failure(let error) = result {
            isTimeout = TimeoutRules.isTimeout(
                hasFired: hasFired, endedInCancellation: classify(error).kind == .cancelled,
                callerCancelled: Task.isCancelled)
        }
        onEvent?(.finished(took: start.duration(to: clock.now), isTimeout: isTimeout))
        if isTimeout { throw TimedOut(phase, limit: limit) }
        return try result.get()
    }

    private func race<Value: Sendable>(
        _ limit: Duration, _ phase: TimedOut.Phase, until due: C.Instant,
        _ work: @escaping @Sendable () async throws -> Value
    ) async -> (result: Result<Value, any Error>, hasFired: Bool) {
        await withTaskGroup(of: Step<Value>.self) { [clock] group in
            let hasEnded = Flag()
            group.addImmediateTask {
                defer { hasEnded.raise() }
                do { return .finished(.success(try await work())) } catch { return .finished(.failure(error)) }
            }
            // Work that has ended without waiting needs no timer, which costs most of what a time-out does.
            if !hasEnded.isRaised {
                group.addTask {
                    do { try await clock.sleep(until: due, tolerance: nil) } catch { return .idle }
                    return .fired
                }
            }
            var hasFired = false
            while let step = await group.next() {
                switch step {
                case .finished(let result):
                    group.cancelAll()
                    return (result, hasFired)
                case .fired:
                    hasFired = true
                    onEvent?(.fired(phase, limit: limit))
                    group.cancelAll()
                case .idle: break
                }
            }
            return (.failure(CancellationError()), hasFired)
        }
    }
}

/// Raised once, seen by another task.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }
    func raise() { state.store(true, ordering: .releasing) }
}
