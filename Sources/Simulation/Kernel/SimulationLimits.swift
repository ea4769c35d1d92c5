import Synchronization
public import Trace

/// What bounds a run, so that no scenario can hold the machine for ever.
public struct SimulationLimits: Sendable {
    /// The most timers fired and jobs run; a request of a lesson costs about ten.
    public var maxSteps: Int
    /// The most timers and waiting tasks at one moment, held within ``Timer``'s 26 bits.
    public var maxPending: Int

    public init(maxSteps: Int = 2_000_000_000, maxPending: Int = 1 << 24) {
        self.maxSteps = maxSteps
        self.maxPending = min(maxPending, Int(Timer.slotMask))
    }
}

/// Why a run stopped before its end.
public enum SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// ``SimulationLimits/maxSteps`` were taken before the end.
    case tooManySteps(limit: Int, at: VirtualTime)
    /// More than ``SimulationLimits/maxPending`` timers and waiting tasks at once.
    case tooManyPending(limit: Int, at: VirtualTime)
    /// Someone asked for it through ``Cancellation``.
    case cancelled(at: VirtualTime)
    /// What is simulated ended the run with ``Simulation/stop(_:)``, for a reason of its own.
    case stopped(at: VirtualTime)

    public var description: String {
        switch self {
        case .tooManySteps(let limit, let time): "the run took more than \(limit) steps (at \(time.seconds) s)"
        case .tooManyPending(let limit, let time):
            "more than \(limit) timers and tasks were pending at once (at \(time.seconds) s)"
        case .cancelled(let time): "the run was cancelled (at \(time.seconds) s)"
        case .stopped(let time): "the run was stopped (at \(time.seconds) s)"
        }
    }
}

/// A flag that stops a run from another thread.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    public init() {}

    /// Asks the run to stop; it does so within a few hundred steps.
    public func cancel() { flag.store(true, ordering: .relaxed) }
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
