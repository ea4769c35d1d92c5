/// Sends further copies of slow work; the first answer wins.
///
/// The copies that lost are cancelled, and the caller has the answer once they have ended: work must heed cancellation.
/// Only for work that may be done twice: with ``WorkTraits/isIdempotent`` false there are no copies.
public final class Hedge<C: Clock>: Policy where C.Duration == Duration {
    public let rules: HedgeRules
    private let budget: SharedRetryBudget<C>?
    private let clock: C
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (HedgeEvent) -> Void)?

    /// - Parameters:
    ///   - budget: what each copy but the first is paid from.
    ///   - classify: tells what kind of failure an error is.
    ///   - onEvent: called for every decision, on the task that makes it.
    public init(
        _ rules: HedgeRules, budget: SharedRetryBudget<C>? = nil, clock: C,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (HedgeEvent) -> Void)? = nil
    ) {
        self.rules = rules
        self.budget = budget
        self.clock = clock
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Does the work, and copies of it while it takes long.
    ///
    /// - Throws: what the copy threw whose result counts; ``Rejection`` when adaptive throttling did not let the first
    ///   one begin.
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard WorkTraits.isIdempotent else { return try await work() }
        guard budget?.begin(retry: nil) ?? true else { throw Rejection(.throttled) }
        let result = await withTaskGroup(of: Step<Value>.self) { group in
            var core = HedgeCore<C.Instant>(rules)
            start(&core, nil, work, in: &group)
            var result: Result<Value, any Error> = .failure(CancellationError())
            while let step = await group.next() {
                var verdict = HedgeCore<C.Instant>.Verdict.wait
                switch step {
                case .finished(let copy, let ended, let failure):
                    result = ended
                    let due = core.due
                    verdict = core.finished(failure, at: clock.now)
                    if verdict == .decided { onEvent?(.decided(copy)) }
                    if core.due != due { wake(at: core.due, in: &group) }
                case .due(let moment): if moment == core.due { verdict = .startNext }
                case .idle: break
                }
                if verdict == .startNext { verdict = startCopy(&core, work, in: &group) }
                if verdict == .decided { break }
            }
            group.cancelAll()
            return result
        }
        return try result.get()
    }

    private enum Step<Value: Sendable>: Sendable {
        case finished(Int, Result<Value, any Error>, Failure?)
        case due(C.Instant)
        /// A timer that was not needed.
        case idle
    }

    private typealias Permit = SharedRetryBudget<C>.Permit

    /// A copy besides the first, if the budget allows it.
    private func startCopy<Value: Sendable>(
        _ core: inout HedgeCore<C.Instant>, _ work: @escaping @Sendable () async throws -> Value,
        in group: inout TaskGroup<Step<Value>>
    ) -> HedgeCore<C.Instant>.Verdict {
        var permit: Permit?
        if let budget {
            permit = budget.withdraw(after: nil)
            guard let permit, budget.begin(retry: permit) else {
                onEvent?(.stopped)
                return core.stop()
            }
        }
        start(&core, permit, work, in: &group)
        return .wait
    }

    private func start<Value: Sendable>(
        _ core: inout HedgeCore<C.Instant>, _ permit: Permit?, _ work: @escaping @Sendable () async throws -> Value,
        in group: inout TaskGroup<Step<Value>>
    ) {
        let copy = core.startNext(at: clock.now)
        group.addTask { [self] in
            onEvent?(.copyStarted(copy))
            let start = clock.now
            let result: Result<Value, any Error>
            var failure: Failure?
            do {
                result = .success(try await work())
            } catch {
                result = .failure(error)
                failure = classify(error)
            }
            budget?.end(attemptResult(failure), retry: permit)
            onEvent?(.copyFinished(copy, took: start.duration(to: clock.now), failure: failure))
            return .finished(copy, result, failure)
        }
        wake(at: core.due, in: &group)
    }

    private func wake<Value: Sendable>(at due: C.Instant?, in group: inout TaskGroup<Step<Value>>) {
        guard let due else { return }
        group.addTask { [clock] in
            do { try await clock.sleep(until: due, tolerance: nil) } catch { return .idle }
            return .due(due)
        }
    }

    private func attemptResult(_ failure: Failure?) -> SharedRetryBudget<C>.AttemptResult {
        guard let failure else { return .success }
        if failure.kind == .cancelled { return .cancelled }
        return .failure(failure.kind, isRetryable: rules.on.contains(failure.kind) || failure.retryAfter == .never)
    }
}
