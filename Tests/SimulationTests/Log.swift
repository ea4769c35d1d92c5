import Simulation
import Trace

/// What happened and when, written by the tasks of one simulation.
final class Log: @unchecked Sendable {
    private let simulation: Simulation
    private(set) var lines: [String] = []

    init(_ simulation: Simulation) { self.simulation = simulation }

    func note(_ text: String) {
        if !simulation.isFinished { lines.append("\(simulation.now.nanoseconds) \(text)") }
    }
}

final class Flag: @unchecked Sendable {
    var isSet = false
}

extension Simulation {
    /// Runs a piece of work to its end and gives what it wrote.
    static func lines(
        until end: VirtualTime = .seconds(1), _ work: @escaping @Sendable (Simulation, Log) async throws -> Void
    ) throws -> [String] {
        let simulation = Simulation(seed: 1)
        let log = Log(simulation)
        simulation.spawn {
            do { try await work(simulation, log) } catch { log.note("\(type(of: error))") }
        }
        try simulation.run(until: end)
        return log.lines
    }

    /// Sleeps and says how long, for sums.
    func pause(_ delay: Int64) async -> Int64 {
        try? await sleep(forNanoseconds: delay)
        return delay
    }
}

extension VirtualTime {
    static func ns(_ nanoseconds: Int64) -> VirtualTime { VirtualTime(nanoseconds: nanoseconds) }
}
