public import Trace

/// The clock of a run: for code that is generic over `Clock` and runs in a server with `ContinuousClock`.
public struct VirtualClock: Clock {
    public typealias Instant = VirtualTime

    private let simulation: Simulation

    init(_ simulation: Simulation) { self.simulation = simulation }

    public var now: VirtualTime { simulation.now }
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Waits until a time, exactly: virtual time needs no tolerance.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled or the run ends.
    nonisolated(nonsending) public func sleep(until deadline: VirtualTime, tolerance: Duration? = nil) async throws {
        try await simulation.sleep(until: deadline)
    }
}
