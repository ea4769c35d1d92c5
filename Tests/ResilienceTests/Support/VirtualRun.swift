import Simulation
import Trace

/// What happened and when, written by the tasks of one simulation: `120 text`, in milliseconds.
final class Diary: @unchecked Sendable {
    private let simulation: Simulation
    private(set) var lines: [String] = []

    init(_ simulation: Simulation) { self.simulation = simulation }

    func note(_ text: String) {
        guard !simulation.isFinished else { return }
        let now = simulation.now.milliseconds
        lines.append((now == now.rounded() ? "\(Int(now))" : "\(now)") + " " + text)
    }

    /// Sleeps so many milliseconds.
    func pause(_ milliseconds: Int) async throws {
        try await simulation.sleep(forNanoseconds: Int64(milliseconds) * 1_000_000)
    }

    /// Sleeps, and does not care about cancellation.
    func insist(_ milliseconds: Int) async {
        let end = simulation.now.advanced(by: .milliseconds(milliseconds))
        // A sleep that was cancelled ends at once, so it is waited on behalf of another task.
        await withCheckedContinuation { continuation in
            simulation.schedule(at: end) { continuation.resume() }
        }
    }

    /// Lets another task run at a time from now.
    func later(_ milliseconds: Int, _ action: @escaping () -> Void) {
        simulation.schedule(after: Int64(milliseconds) * 1_000_000, action)
    }
}

/// Runs a piece of work in virtual time and gives what it wrote; an error that it throws is its last line.
func virtually(
    until end: VirtualTime = .seconds(1_000_000),
    _ work: @escaping @Sendable (VirtualClock, Diary) async throws -> Void
) throws -> [String] {
    let simulation = Simulation(seed: 1)
    let diary = Diary(simulation)
    simulation.spawn {
        do { try await work(simulation.clock, diary) } catch { diary.note("\(error)") }
    }
    try simulation.run(until: end)
    return diary.lines
}
