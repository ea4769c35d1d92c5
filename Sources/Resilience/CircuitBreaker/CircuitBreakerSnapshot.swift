/// A circuit breaker as a panel or a metric sees it.
public struct CircuitBreakerSnapshot: Hashable, Sendable {
    public let state: CircuitBreakerState
    /// How it came to its state; `nil`: it has always been in it.
    public let latest: CircuitBreakerTransition?
    /// What the trip test compares now.
    public let measure: CircuitBreakerMeasure
    public let failuresInARow: Int
    /// All calls in the window.
    public let window: CircuitBreakerCell
    /// The parts of the window, oldest first: one a call, or one a bucket. None without a window.
    public let cells: [CircuitBreakerCell]
    /// Until an open breaker lets trials through; `nil`: it is not open, or until told otherwise.
    public let timeLeft: Duration?
    /// Of a half-open breaker: how many have been let through.
    public let trialsStarted: Int
    public let trialsAnswered: Int
    /// How often it has opened since it was last closed.
    public let openings: Int

    /// Share of failures in the window, 0...1; `nil` without calls.
    public var failureRate: Double? { share(window.failures) }
    /// Share of slow calls in the window, 0...1; `nil` without calls.
    public var slowRate: Double? { share(window.slow) }

    private func share(_ part: Int) -> Double? {
        window.calls > 0 ? Double(part) / Double(window.calls) : nil
    }
}

extension CircuitBreakerMachine {
    func snapshot(at now: Int64) -> CircuitBreakerSnapshot {
        var window = window
        window.advance(to: now)
        let trials = usesTrialWindow ? trialWindow : nil
        return CircuitBreakerSnapshot(
            state: state, latest: latest, measure: measure, failuresInARow: failuresInARow,
            window: trials?.totals ?? window.totals, cells: trials?.cells ?? window.cells,
            timeLeft: state == .open ? .nanoseconds(timeLeft(at: now)) : nil, trialsStarted: trialsStarted,
            trialsAnswered: trialsAnswered, openings: openings)
    }
}
