import Simulation
import Trace

/// A server with a few slots and a line before them.
final class ProbeBackend: @unchecked Sendable {
    private let simulation: Simulation
    private let recorder: TraceRecorder
    private let name: NameID
    private let latency: Distribution
    private let stream: RandomStream
    private var free: Int
    private var line: [Timer] = []

    init(_ name: String, _ latency: Distribution, slots: Int, _ simulation: Simulation, _ recorder: TraceRecorder) {
        self.simulation = simulation
        self.recorder = recorder
        self.name = recorder.declare(name, .backend)
        self.latency = latency
        free = slots
        stream = simulation.stream(name, "latency")
    }

    /// How long it served, in ns; -1 when the caller gave up.
    func call(_ request: UInt32) async -> Int64 {
        note(.callArrived, request)
        if free > 0 {
            free -= 1
        } else {
            note(.callQueued, request, Int64(line.count))
            if await simulation.wait({ line.append($0) }) == .cancelled {
                note(.callAbandoned, request)
                return -1
            }
        }
        let time = latency.nanoseconds(stream.draw(at: UInt64(request)))
        let served = await (try? simulation.sleep(forNanoseconds: time)) != nil
        note(served ? .serviceFinished : .callAbandoned, request, time)
        release()
        return served ? time : -1
    }

    /// Gives the slot to the first in line who still waits.
    private func release() {
        while !line.isEmpty {
            let next = line.removeFirst()
            if simulation.isPending(next) { return simulation.wake(next) }
        }
        free += 1
    }

    private func note(_ kind: EventKind, _ request: UInt32, _ value: Int64 = 0) {
        if simulation.isFinished { return }
        recorder.record(
            Event(time: simulation.now, kind: kind, component: name, request: RequestID(request), value: value))
    }
}
