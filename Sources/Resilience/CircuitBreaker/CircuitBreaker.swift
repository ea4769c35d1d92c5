import Synchronization

/// Stops calling what fails: work fails fast while the breaker is open.
///
/// One instance serves all tasks that call the same other side. What only time brings is carried out with the next call
/// or question, as of when it was due. In the profile `pybreaker` calls run one after the other, as under that
/// library's lock: work that calls its own breaker there would wait for itself.
public final class CircuitBreaker<C: Clock>: Policy where C.Duration == Duration {
    private let core: Mutex<CircuitBreakerCore<C.Instant>>
    private let clock: C
    private let failures: FailureSet
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (CircuitBreakerEvent) -> Void)?
    private let hidesTrippingFailure: Bool
    private let turns: Bulkhead<C>?

    /// - Parameters:
    ///   - failures: what counts against it; all other errors are ``CircuitBreakerResult/ignored``.
    ///   - classify: tells what kind of failure an error is.
    ///   - onEvent: called for every decision, on the task that makes it; those of different tasks may overtake each
    ///     other.
    public init(
        _ rules: CircuitBreakerRules, on failures: FailureSet = .unhealthy, clock: C,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (CircuitBreakerEvent) -> Void)? = nil
    ) {
        core = Mutex(CircuitBreakerCore(rules, at: clock.now))
        self.clock = clock
        self.failures = failures
        self.classify = classify
        self.onEvent = onEvent
        hidesTrippingFailure = rules.profile.hidesTrippingFailure
        turns = rules.profile.trials == .serial ? Bulkhead(.oneByOne, clock: clock) : nil
    }

    /// Does the work, unless the breaker is open.
    ///
    /// - Throws: what the work throws; ``Rejection`` when it is not let through (in the profile `pybreaker` also when
    ///   its failure opens the breaker).
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let turns else { return try await guarded(work) }
        return try await turns.execute { [self] in try await guarded(work) }
    }

    private func guarded<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        let (permit, start) = try admit()
        do {
            let value = try await work()
            record(.success, permit, since: start)
            return value
        } catch {
            let result: CircuitBreakerResult = failures.contains(classify(error).kind) ? .failure : .ignored
            let transitions = record(result, permit, since: start)
            if hidesTrippingFailure, let opened = transitions.first(where: { $0.to == .open }) {
                throw Rejection(.circuitOpen, retryAfter: opened.openFor, hasBegun: true)
            }
            throw error
        }
    }

    private func admit() throws -> (CircuitBreakerPermit, C.Instant) {
        let (admission, now) = core.withLock { core in
            let now = clock.now
            return (core.admit(at: now), now)
        }
        tell(admission.transitions)
        switch admission.decision {
        case .admitted(let permit):
            onEvent?(.admitted(isTrial: permit.isTrial))
            return (permit, now)
        case .rejected(let retryAfter):
            onEvent?(.rejected(retryAfter: retryAfter))
            throw Rejection(.circuitOpen, retryAfter: retryAfter)
        }
    }

    @discardableResult private func record(
        _ result: CircuitBreakerResult, _ permit: CircuitBreakerPermit, since start: C.Instant
    ) -> CircuitBreakerTransitions {
        let record = core.withLock { core in
            let now = clock.now
            return core.record(result, took: start.duration(to: now), permit, at: now)
        }
        onEvent?(.recorded(counted: record.counted, measure: record.measure))
        tell(record.transitions)
        return record.transitions
    }

    private func tell(_ transitions: CircuitBreakerTransitions) {
        guard let onEvent, !transitions.isEmpty else { return }
        for transition in transitions { onEvent(.changed(transition)) }
    }
}

// From outside.
extension CircuitBreaker {
    /// See ``CircuitBreakerCore/read(at:)``.
    public var state: CircuitBreakerState {
        let (state, transitions) = core.withLock { core in
            let transitions = core.read(at: clock.now)
            return (core.state, transitions)
        }
        tell(transitions)
        return state
    }

    /// For a panel or a metric. Changes nothing.
    public func snapshot() -> CircuitBreakerSnapshot { core.withLock { $0.snapshot(at: clock.now) } }

    /// See ``CircuitBreakerCore/force(_:at:)``.
    public func force(_ state: CircuitBreakerState) { tell(core.withLock { $0.force(state, at: clock.now) }) }

    /// See ``CircuitBreakerCore/tick(at:)``: for those who want to be told in time, and call it when
    /// ``timeToTick()`` says.
    public func tick() { tell(core.withLock { $0.tick(at: clock.now) }) }

    /// See ``CircuitBreakerCore/timeToTick(at:)``.
    public func timeToTick() -> Duration? { core.withLock { $0.timeToTick(at: clock.now) } }

    /// See ``CircuitBreakerCore/change(_:at:)``. The profile stays what it was made with.
    ///
    /// - Throws: ``PolicyError`` when the rules are those of another profile.
    public func change(_ rules: CircuitBreakerRules) throws(PolicyError) {
        let isSame = core.withLock { $0.rules.profile == rules.profile }
        try PolicyError.require(isSame, "profile", "must stay what it was")
        tell(core.withLock { $0.change(rules, at: clock.now) })
    }
}
