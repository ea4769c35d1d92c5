/// A circuit breaker without a clock: every call says what time it is.
///
/// Ask with ``admit(at:)``, do the work, tell with ``record(_:took:_:at:)``. Every admitted call is recorded exactly
/// once; one that is never recorded keeps its place among the trials (Polly 7 then lets another through after one more
/// break). Times are expected not to go back. The boundary cases follow ``CircuitBreakerProfile``, the legal changes
/// of state ``CircuitBreakerTransition/table``.
///
/// `admit` and `record` are O(1) amortised and allocate nothing.
public struct CircuitBreakerCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private var machine: CircuitBreakerMachine
    private var time: ElapsedTime<Instant>

    /// Closed, from `start` on. resilience4j's seconds and the ticks of Hystrix and Envoy are counted from there.
    public init(_ rules: CircuitBreakerRules, at start: Instant) {
        machine = CircuitBreakerMachine(rules)
        time = ElapsedTime(since: start)
    }

    public var rules: CircuitBreakerRules { machine.rules }
    /// As the last step left it: see ``read(at:)``.
    public var state: CircuitBreakerState { machine.state }

    /// Whether a call may pass.
    public mutating func admit(at now: Instant) -> CircuitBreakerAdmission {
        machine.admit(at: time.nanoseconds(at: now))
    }

    /// Counts what became of an admitted call. `took` matters where slow calls count.
    @discardableResult public mutating func record(
        _ result: CircuitBreakerResult, took: Duration = .zero, _ permit: CircuitBreakerPermit, at now: Instant
    ) -> CircuitBreakerRecord {
        machine.record(result, took: took, permit, at: time.nanoseconds(at: now))
    }

    /// Carries out what time alone brings: Hystrix' look at its window, Envoy's sweep, trials that are overdue, a break
    /// that ends by itself. The other calls do that too, so it is needed only to see it in time.
    public mutating func tick(at now: Instant) -> CircuitBreakerTransitions {
        machine.catchUp(to: time.nanoseconds(at: now))
    }

    /// How long until ``tick(at:)`` may have something to do; `nil`: not before the next call.
    public func timeToTick(at now: Instant) -> Duration? {
        machine.timeToTick(at: time.peek(at: now)).map { .nanoseconds($0) }
    }

    /// Asks for the state, which in Polly 7 and gobreaker ends a break that is over.
    public mutating func read(at now: Instant) -> CircuitBreakerTransitions {
        machine.read(at: time.nanoseconds(at: now))
    }

    /// Puts it into a state, until it leaves that by its rules or is told otherwise. Nothing happens when it is there.
    @discardableResult public mutating func force(
        _ state: CircuitBreakerState, at now: Instant
    ) -> CircuitBreakerTransitions {
        machine.force(state, at: time.nanoseconds(at: now))
    }

    /// Takes other rules. State and counts stay; a window of another shape begins empty, a running break ends as set.
    @discardableResult public mutating func change(
        _ rules: CircuitBreakerRules, at now: Instant
    ) -> CircuitBreakerTransitions {
        machine.change(rules, at: time.nanoseconds(at: now))
    }

    /// O(n), n being the window's cells. Changes nothing.
    public func snapshot(at now: Instant) -> CircuitBreakerSnapshot {
        machine.snapshot(at: time.peek(at: now))
    }
}
