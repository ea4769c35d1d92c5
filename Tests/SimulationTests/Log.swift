import Simulation
import Trace

/// What happened and when, written by tasks of one simulation.
final class Log: @unchecked Sendable {
    private let simulation: Simulation
    private(set) var lines: [String] = []

    init(_ simulation: Simulation) { self.simulation = simulation }

    func note(_ text: String) {
        if !simulation.isFinished { lines.append("\(simulation.now.nanoseconds) \(text)") }
    }
}
