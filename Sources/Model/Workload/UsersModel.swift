import Scenario
import Simulation
import Trace

/// A closed loop: each user sends, waits for the answer, thinks, and sends again.
///
/// Users are numbered from 1; a user's requests and thinking draw by that number, so another number of users leaves
/// the others' draws as they were. Users who are removed finish their request and leave.
final class UsersModel: WorkloadModel, @unchecked Sendable {  // Confined to the run's thread.
    private var count: Int
    private var think: Latency
    private var thinking: Sampler?
    /// By user: whether the loop runs, and how many requests were sent.
    private var isActive: [Bool] = []
    private var sent: [Int] = []

    init(_ count: Int, _ think: Latency) {
        self.count = count
        self.think = think
    }

    func start(_ client: ClientModel, cause: EventID) {
        thinking = Sampler(think, client.world.simulation.stream(client.spec.name, "think"))
        fill(client, cause: announce(client, cause: cause))
    }

    func adopt(_ workload: Workload, _ client: ClientModel, cause: EventID) -> Bool {
        guard case .users(let count, let think) = workload else { return false }
        thinking?.adopt(think)
        self.think = think
        if count != self.count {
            self.count = count
            fill(client, cause: announce(client, cause: cause))
        }
        return true
    }

    func stop(_ client: ClientModel, cause: EventID) {
        count = 0
        _ = announce(client, cause: cause)
    }

    private func announce(_ client: ClientModel, cause: EventID) -> EventID {
        client.world.record(.capacityChanged, component: client.component, cause: cause, value: Int64(count))
    }

    /// Starts the users who are not at work.
    private func fill(_ client: ClientModel, cause: EventID) {
        for user in 0..<max(count, 0) {
            if client.world.isOver { return }
            if user == isActive.count {
                isActive.append(false)
                sent.append(0)
            }
            if isActive[user] { continue }
            isActive[user] = true
            client.world.simulation.spawn { await self.work(user, client, cause: cause) }
        }
    }

    nonisolated(nonsending) private func work(_ user: Int, _ client: ClientModel, cause: EventID) async {
        let simulation = client.world.simulation
        let key = client.key.part(user + 1)
        var cause = cause
        while user < count, client.isOpen {
            let request = Request(client, key: key.part(sent[user]), cause: cause)
            sent[user] += 1
            cause = await request.run()
            guard let pause = thinking?.sample(key.part(sent[user])), pause > 0 else { continue }
            let end = client.world.now.advanced(byNanoseconds: pause)
            if case .cancelled = await simulation.wait(until: end, { _ in }) { break }
        }
        isActive[user] = false
    }
}
