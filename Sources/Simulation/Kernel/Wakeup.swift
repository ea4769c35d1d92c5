/// Why a task that waited goes on.
public enum Wakeup: Sendable {
    /// Someone called ``Simulation/wake(_:)``.
    case woken
    /// The deadline came.
    case timedOut
    /// The task was cancelled, or the run is over.
    case cancelled
}
