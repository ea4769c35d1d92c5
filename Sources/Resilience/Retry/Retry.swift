/// Does work again when it fails.
public final class Retry<C: Clock>: Policy where C.Duration == Duration {
    public let rules: RetryRules
    private let budget: SharedRetryBudget<C>?
    private let clock: C
    private let random: @Sendable () -> Double
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (RetryEvent) -> Void)?

    /// - Parameters:
    ///   - budget: shared by all who call the same backend.
    ///   - random: a number in 0..<1 for the jitter of each wait.
    ///   - classify: tells what kind of failure an error is.
    ///   - onEvent: called for every decision, on the task that makes it.
    public init(
        _ rules: RetryRules, budget: SharedRetryBudget<C>? = nil, clock: C, random: @escaping @Sendable () -> Double,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (RetryEvent) -> Void)? = nil
    ) {
        self.rules = rules
        self.budget = budget
        self.clock = clock
        self.random = random
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Does the work until it succeeds or the rules say that it is enough.
    ///
    /// Keeps to ``Deadline/current`` and to ``WorkTraits/isIdempotent``. A caller who is cancelled gets no further
    /// attempt.
    /// - Throws: what the last attempt threw; ``Rejection`` when adaptive throttling did not let it begin;
    ///   `CancellationError` when it was cancelled while waiting.
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        var core = RetryCore(rules, at: clock.now)
        var permit: SharedRetryBudget<C>.Permit?
        while true {
            let number = core.begin()
            guard budget?.begin(retry: permit) ?? true else {
                onEvent?(.throttled)
                throw Rejection(.throttled)
            }
            onEvent?(.attemptStarted(number))
            let start = clock.now
            do {
                let value = try await work()
                budget?.end(.success, retry: permit)
                onEvent?(.attemptFinished(number, took: start.duration(to: clock.now), failure: nil))
                return value
            } catch {
                let failure = classify(error)
                budget?.end(attemptResult(failure), retry: permit)
                onEvent?(.attemptFinished(number, took: start.duration(to: clock.now), failure: failure))
                if Task.isCancelled { throw error }
                permit = nil
                guard let wait = next(&core, after: failure, &permit) else { throw error }
                try await pause(wait, permit)
            }
        }
    }

    private func attemptResult(_ failure: Failure) -> SharedRetryBudget<C>.AttemptResult {
        if failure.kind == .cancelled { return .cancelled }
        let isToldNotTo = rules.honoursRetryAfter && failure.retryAfter == .never
        return .failure(failure.kind, isRetryable: rules.on.contains(failure.kind) || isToldNotTo)
    }

    /// How long to wait for the next attempt, which the budget has then paid for; `nil`: there is none.
    private func next(
        _ core: inout RetryCore<C.Instant>, after failure: Failure, _ permit: inout SharedRetryBudget<C>.Permit?
    ) -> Duration? {
        let decision = core.decide(
            after: failure, isIdempotent: WorkTraits.isIdempotent, timeLeft: Deadline.current?.timeLeft, draw: random(),
            at: clock.now)
        switch decision {
        case .giveUp(let reason):
            onEvent?(.givenUp(reason, attempts: core.attempts))
            return nil
        case .retry(let wait, let source):
            if let budget {
                permit = budget.withdraw(after: failure.kind)
                guard permit != nil else {
                    onEvent?(.givenUp(.budget, attempts: core.attempts))
                    return nil
                }
            }
            onEvent?(.scheduled(after: wait, source, attempts: core.attempts))
            return wait.duration
        }
    }

    private func pause(_ wait: Duration, _ permit: SharedRetryBudget<C>.Permit?) async throws {
        do {
            try Task.checkCancellation()
            if wait > .zero { try await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil) }
        } catch {
            if let permit { budget?.abandon(permit) }
            throw error
        }
    }
}
