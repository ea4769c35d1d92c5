import Scenario
import Simulation
import Trace

/// An open loop: requests come at a rate, whether or not earlier ones were answered.
///
/// Arrival `n` is the `n`th point of a process of rate 1 seen through the ``RateProfile``: even ones are at 0, 1, 2 and
/// so on, so the first comes as soon as the rate is above zero; Poisson ones are sums of exponential draws.
final class ArrivalsModel: WorkloadModel {
    private var arrivals: Arrivals
    private var profile: RateProfile
    /// Added to what the profile expects, so that a new profile goes on where the old one was.
    private var shift = 0.0
    private var timer = Timer.none
    private var sent = 0
    /// The next arrival of the process of rate 1.
    private var next = 0.0
    /// What the next arrival owes its time to, if not the scenario alone.
    private var cause = EventID.none
    /// Draws the distances between arrivals.
    private var stream: RandomStream?

    init(_ arrivals: Arrivals) {
        self.arrivals = arrivals
        profile = RateProfile(arrivals)
    }

    func start(_ client: ClientModel, cause: EventID) {
        self.cause = cause
        stream = client.world.simulation.stream(client.spec.name, "arrival")
        shift = -profile.expected(by: client.world.now)
        next = gap()
        schedule(client)
    }

    func adopt(_ workload: Workload, _ client: ClientModel, cause: EventID) -> Bool {
        guard case .arrivals(let arrivals) = workload else { return false }
        self.cause = cause
        let now = client.world.now
        let reached = profile.expected(by: now) + shift
        if arrivals.spacing != self.arrivals.spacing {
            self.arrivals = arrivals
            next = reached + gap()
        }
        self.arrivals = arrivals
        profile = RateProfile(arrivals)
        shift = reached - profile.expected(by: now)
        client.world.simulation.cancel(timer)
        schedule(client)
        return true
    }

    func stop(_ client: ClientModel, cause: EventID) { client.world.simulation.cancel(timer) }

    /// The distance to arrival ``sent`` from the one before.
    private func gap() -> Double {
        switch arrivals.spacing {
        case .rate: return sent == 0 ? 0 : 1
        case .poisson:
            return stream.map { Distribution.exponential(mean: 1).sample($0.draw(at: UInt64(sent))) } ?? 0
        }
    }

    private func schedule(_ client: ClientModel) {
        timer = .none
        guard let time = profile.time(of: next - shift) else { return }
        timer = client.world.simulation.schedule(at: time) {
            client.launch(client.key.part(0).part(self.sent), cause: self.cause)
            self.sent += 1
            self.next += self.gap()
            if client.isOpen { self.schedule(client) }
        }
    }
}
