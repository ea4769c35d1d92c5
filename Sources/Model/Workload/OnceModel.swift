import Scenario
import Simulation
import Trace

/// Some requests at each of some times: each is a user's of its own, whose request `n` is that at time `n`.
final class OnceModel: WorkloadModel {
    private var times: [Duration]
    private var copies: Int
    private var timers: [Timer] = []

    init(_ times: [Duration], _ copies: Int) {
        self.times = times
        self.copies = copies
    }

    func start(_ client: ClientModel, cause: EventID) {
        for (index, time) in times.enumerated() {
            let time = VirtualTime.zero.advanced(by: time)
            if time < client.world.now { continue }
            timers.append(
                client.world.simulation.schedule(at: time) { [copies] in
                    for user in 0..<copies where client.isOpen {
                        client.launch(client.key.part(user).part(index), cause: cause)
                    }
                })
        }
    }

    func adopt(_ workload: Workload, _ client: ClientModel, cause: EventID) -> Bool {
        guard case .once(let times, let copies) = workload else { return false }
        stop(client, cause: cause)
        self.times = times
        self.copies = copies
        start(client, cause: cause)
        return true
    }

    func stop(_ client: ClientModel, cause: EventID) {
        for timer in timers { client.world.simulation.cancel(timer) }
        timers = []
    }
}
