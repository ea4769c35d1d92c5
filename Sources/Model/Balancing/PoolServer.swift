import Resilience
import Scenario
import Simulation
import Trace

/// A server of a pool, as its balancer sees it: in or out, up or down, left out or not. Confined to the run's thread.
final class PoolServer {
    let backend: BackendModel
    /// Its place in the scenario.
    let place: Int
    var spec: Pool.Server
    /// Whether it belongs to the pool; a balancer with a subset may not see it all the same.
    var isMember: Bool
    /// Its joining and leaving that the scenario plans.
    var plan: [Timer] = []

    // While the balancer sees it.
    /// Its number in the balancer; `nil`: it does not see it.
    var number: Int?
    /// Its number in outlier detection, where there is one.
    var host: Int?
    var slowStart: SlowStart<VirtualTime>?
    var slowStartTimer = Timer.none
    /// What began it.
    var slowStartCause = EventID.none
    /// The weight that it was last said to have, in millionths.
    var announcedWeight: Int64 = 0

    // Health.
    var health: HealthCheckCore?
    var isUp = true
    var checkTimer = Timer.none
    /// When the next check is sent; `nil`: one is on its way, or there are none.
    var nextCheck: VirtualTime?
    var checks = 0
    /// How many checks in a row have ended like the last one.
    var streak = (isOK: true, length: 0)

    // What it answers.
    var accrual: FailureAccrualCore<VirtualTime>?
    var accrualTimer = Timer.none
    /// What left it out; none: it is not.
    var ejection = EventID.none
    /// The newest call of it that has failed.
    var lastFailure = EventID.none

    init(_ spec: Pool.Server, _ backend: BackendModel, place: Int) {
        self.spec = spec
        self.backend = backend
        self.place = place
        isMember = spec.isMember
    }

    var component: NameID { backend.component }
    var isEjected: Bool { ejection != .none }
    /// Whether a call decides whether it is trusted again, so that it gets no other.
    var isOnTrial: Bool { accrual?.state == .onTrial }
    /// Whether the balancer may choose it, panic aside.
    var isHealthy: Bool { isUp && !isEjected && !isOnTrial }
}
