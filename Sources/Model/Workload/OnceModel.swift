import Scenario
import Simulation
import Trace

/// One request at each of some times. Request `n` of the list draws as request `n`.
final class OnceModel: WorkloadModel {
    private var times: [Duration]
    private var timers: [Timer] = []

    init(_ times: [Duration]) { self.times = times }

    func start(_ client: ClientModel, cause: EventID) {
        for (index, time) in times.enumerated() {
            let time = VirtualTime.zero.advanced(by: time)
            if time < client.world.now { continue }
            timers.append(
                client.world.simulation.schedule(at: time) {
                    client.launch(client.key.part(0).part(index), cause: cause)
                })
        }
    }

    func adopt(_ workload: Workload, _ client: ClientModel, cause: EventID) -> Bool {
        guard case .once(let times, _) = workload else { return false }
        stop(client, cause: cause)
        self.times = times
        start(client, cause: cause)
        return true
    }

    func stop(_ client: ClientModel, cause: EventID) {
        for timer in timers { client.world.simulation.cancel(timer) }
        timers = []
    }
}
