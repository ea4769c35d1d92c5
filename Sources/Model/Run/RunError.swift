public import Scenario
public import Simulation
public import Trace

/// Why a run gave no trace.
public enum RunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More events than `limits.maxEvents` of the scenario.
    case tooManyEvents(limit: Int, at: VirtualTime)
    /// More timers, jobs or waiting tasks than the kernel allows.
    case tooMuchWork(SimulationError)
    /// More data in one answer than ``Datum/maxItems`` items or ``Datum/maxDepth`` levels.
    case tooMuchData(limit: String, at: VirtualTime)
    /// Someone asked for it.
    case cancelled(at: VirtualTime)
    /// A change that the scenario does not allow. `place`: in the list of interventions, from 0.
    case invalidIntervention(place: Int, ScenarioError)
    /// A change of something that is fixed when a run starts, such as its duration.
    case fixedDuringRun(place: Int, what: String)
    /// Settings of a policy that no policy can have. A scenario is checked for these when it is read.
    case impossiblePolicy(layer: String, reason: String)
    /// An intervention on a backend that the scenario does not have.
    case unknownBackend(place: Int, name: String)
    /// One on a cache that the scenario does not have.
    case unknownCache(place: Int, name: String)

    public var description: String {
        switch self {
        case .tooManyEvents(let limit, let time):
            "the run made more than \(limit) events (limits.maxEvents) by \(time.seconds) s of its time"
        case .tooMuchWork(let error): error.description
        case .tooMuchData(let limit, let time): "an answer grew beyond \(limit) by \(time.seconds) s of the run's time"
        case .cancelled(let time): "the run was cancelled at \(time.seconds) s of its time"
        case .invalidIntervention(let place, let error):
            "intervention \(place + 1): " + error.problems.map(\.message).joined(separator: "; ")
        case .fixedDuringRun(let place, let what): "intervention \(place + 1): \(what) cannot change during a run"
        case .impossiblePolicy(let layer, let reason): "\(layer): \(reason)"
        case .unknownBackend(let place, let name): "intervention \(place + 1): there is no backend '\(name)'"
        case .unknownCache(let place, let name): "intervention \(place + 1): there is no cache '\(name)'"
        }
    }
}
