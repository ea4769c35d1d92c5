import Resilience
import Scenario
import Simulation
import Trace

/// A load balancer and its servers: `Resilience`'s cores decide who gets a call, who is down, who is left out.
///
/// It learns of a call's end when the caller does, and a health check takes no slot of its server.
/// Confined to the run's thread.
final class PoolModel: @unchecked Sendable {
    let world: World
    let name: String
    let component: NameID
    /// In the order of the scenario, those that are not in the pool included.
    let servers: [PoolServer]
    var spec: Pool
    var core: LoadBalancerCore<VirtualTime>
    var outliers: OutlierDetectionCore<VirtualTime>?
    var sweepTimer = Timer.none
    /// By the balancer's numbers: who has or had that number.
    var numbered: [PoolServer] = []
    /// By outlier detection's numbers.
    var hosts: [PoolServer] = []
    /// What began the panic that lasts; none: there is none.
    var panic = EventID.none
    private var settings: [(detail: String, value: Int64)] = []
    /// Who owns each sector of the key space.
    private var threshold = PanicThreshold.istio
    private var owners = [NameID](repeating: .none, count: EventKind.sectors)
    /// Where each key's last call went. For look-up alone.
    private var homes: [String: PoolServer] = [:]
    private let pickStream: RandomStream
    var ejectionStream: RandomStream

    /// - Parameter component: declared before those of its servers.
    init(
        _ backend: Backend, _ spec: Pool, _ servers: [BackendModel], component: NameID, world: World
    ) throws(RunError) {
        self.world = world
        self.spec = spec
        self.component = component
        name = backend.name
        self.servers = zip(spec.servers, servers).enumerated().map { PoolServer($1.0, $1.1, place: $0) }
        pickStream = world.simulation.stream(backend.name, "pick")
        ejectionStream = world.simulation.stream(backend.name, "ejection")
        do throws(PolicyError) {
            core = try LoadBalancerCore(LoadBalancerAlgorithm(spec.algorithm), servers: [])
        } catch {
            throw .impossiblePolicy(layer: backend.name, reason: error.description)
        }
    }

    /// Before the run: records the settings and who is in the pool, and plans what time alone will bring.
    func start() {
        announce(cause: .none)
        attempt { () throws(PolicyError) in
            threshold = try PanicThreshold(spec.panic)
            if let rule = spec.outliers {
                outliers = OutlierDetectionCore(try OutlierDetectionRules(rule), at: world.now)
            }
            try admitFirst()
        }
        update(cause: .none)
        for server in servers { plan(server) }
    }

    /// Goes on with another description. Calls on their way stay counted.
    func adopt(_ new: Pool, cause: EventID) {
        let old = spec
        spec = new
        announce(cause: cause)
        for (server, spec) in zip(servers, new.servers) {
            let isPlannedAnew = (spec.joins, spec.leaves) != (server.spec.joins, server.spec.leaves)
            server.spec = spec
            if isPlannedAnew { plan(server) }
        }
        attempt { () throws(PolicyError) in
            threshold = try PanicThreshold(new.panic)
            if new.algorithm != old.algorithm { try core.change(LoadBalancerAlgorithm(new.algorithm)) }
            if new.passive != old.passive { try adoptPassive(new.passive, cause: cause) }
            if new.accrual != old.accrual { adoptAccrual(cause: cause) }
            if new.outliers != old.outliers { try adoptOutliers(new.outliers, cause: cause) }
        }
        if new.slowStart == old.slowStart { for server in servers { weigh(server, cause: cause) } }
        updateSubset(cause: cause)
        if new.health != old.health { adoptHealth(cause: cause) }
        if new.slowStart != old.slowStart || new.health != old.health {
            attempt { () throws(PolicyError) in try adoptSlowStart(new.slowStart, cause: cause) }
            for server in servers { weigh(server, cause: cause) }
        }
        update(cause: cause)
    }

    /// What the scenario's reader lets through no rule refuses; if one does, the run ends with its reason.
    func attempt(_ work: () throws(PolicyError) -> Void) {
        do throws(PolicyError) { try work() } catch {
            world.stop(.impossiblePolicy(layer: name, reason: error.description))
        }
    }

    /// Lets go of what is left when the run is over.
    func clear() {
        homes = [:]
        numbered = []
        hosts = []
    }

    // MARK: Events

    @discardableResult func record(
        _ kind: EventKind, _ server: PoolServer, _ outcome: Outcome = .none, cause: EventID, value: Int64 = 0
    ) -> EventID {
        world.record(kind, outcome, component: component, detail: server.component, cause: cause, value: value)
    }

    /// Records the settings that are new, and those that are gone.
    private func announce(cause: EventID) {
        let current = spec.settings
        let gone = settings.filter { old in
            !old.detail.contains("=") && !current.contains { $0.detail == old.detail }
        }
        for setting in gone.map({ ($0.detail, Int64(-1)) }) + current
        where !settings.contains(where: { $0.detail == setting.0 && $0.value == setting.1 }) {
            world.record(
                .balancerConfigured, component: component, detail: world.name(setting.0), cause: cause,
                value: setting.1)
        }
        settings = current
    }

    /// Tells the balancer who may be chosen now, and records what that changes: panic, and who owns which keys.
    func update(cause: EventID) {
        let seen = servers.filter { $0.number != nil }
        let healthy = seen.count(where: \.isHealthy)
        let isPanic = !seen.isEmpty && threshold.isPanic(available: healthy, of: seen.count)
        if isPanic, panic == .none {
            let share = Int64(millionths: Double(healthy) / Double(seen.count))
            panic = world.record(.panicStarted, component: component, cause: cause, value: share)
        } else if !isPanic, panic != .none {
            world.record(.panicEnded, component: component, cause: cause)
            panic = .none
        }
        for server in seen {
            guard let number = server.number else { continue }
            // Whom nginx leaves out the balancer leaves out by itself, and lets back in when it looks.
            let isAvailable = spec.passive == nil ? server.isHealthy : server.isUp
            core.setAvailable(number, isPanic || isAvailable)
        }
        updateOwners(cause: cause)
    }

    func updateOwners(cause: EventID) {
        for sector in owners.indices {
            let middle = (Double(sector) + 0.5) / Double(EventKind.sectors)
            let owner = core.owner(of: middle).map { numbered[$0].component } ?? .none
            if owner == owners[sector] { continue }
            owners[sector] = owner
            world.record(.sectorOwned, component: component, detail: owner, cause: cause, value: Int64(sector))
        }
    }
}

// MARK: Calls

/// Where a balancer sends a call.
struct PoolPick {
    let pool: PoolModel
    let server: PoolServer
    /// The server's number in the balancer.
    let number: Int
    let event: EventID
}

extension PoolModel {
    /// Chooses a server for a call of this strand; `nil`: nobody is there. The newest event says which.
    ///
    /// - Parameters:
    ///   - key: the identity of the call.
    ///   - subject: what the call is about, if it is about a key.
    func pick(_ strand: Strand, _ key: DrawKey, about subject: String?) -> (pick: PoolPick?, event: EventID) {
        followReturns()
        var draws = 0
        let pick = core.pick(key: subject.map { LoadBalancerKey($0) }, at: world.now) {
            defer { draws += 1 }
            return pickStream.uniform(at: key.part(draws).value)
        }
        guard let pick else {
            return (nil, record(.balancerRefused, .none, .refused, for: strand, cause: strand.cause))
        }
        for candidate in pick.considered {
            record(
                .balancerCompared, numbered[candidate.server].component, for: strand, cause: strand.cause,
                value: size(of: candidate.score))
        }
        let server = numbered[pick.server]
        core.started(pick.server, at: world.now)
        let pending = Int64(core.pending(pick.server))
        let event = record(
            .balancerPicked, server.component, for: strand, cause: strand.cause, value: pending)
        startAccrual(server, cause: event)
        if let subject { follow(subject, to: server, strand, cause: event) }
        return (PoolPick(pool: self, server: server, number: pick.server, event: event), event)
    }

    /// Notices a key that goes elsewhere than before.
    private func follow(_ subject: String, to server: PoolServer, _ strand: Strand, cause: EventID) {
        guard core.algorithm.usesKeys else { return }
        let home = homes.updateValue(server, forKey: subject)
        if let home, home !== server { record(.keyMoved, world.name(subject), for: strand, cause: cause) }
    }

    /// The caller has the answer, or waits no longer. `cause`: the event that says so.
    func finished(_ pick: PoolPick, _ outcome: Outcome, took: Duration, cause: EventID) {
        // Nobody measures what was cancelled for the sake of another call.
        let failed = countsAsFailure(outcome)
        core.finished(pick.number, took: outcome == .cancelled ? nil : took, failed: failed, at: world.now)
        guard !world.isOver else { return }
        if outcome != .cancelled, let estimate = core.estimate(pick.number, at: world.now) {
            record(.serverScored, pick.server, cause: cause, value: estimate.wholeNanoseconds)
        }
        followFailures(pick, failed: failed, cause: cause)
        observe(pick, outcome, cause: cause)
    }

    /// What was compared, as the trace holds it: millionths of a request, or ns.
    private func size(of score: Double) -> Int64 {
        switch core.algorithm {
        case .ewma, .peakEWMA: score < 0x1p62 ? Int64(score.rounded()) : .max
        default: Int64(millionths: score)
        }
    }

    @discardableResult private func record(
        _ kind: EventKind, _ detail: NameID, _ outcome: Outcome = .none, for strand: Strand, cause: EventID,
        value: Int64 = 0
    ) -> EventID {
        world.record(
            kind, outcome, component: component, detail: detail, request: strand.request, span: strand.span,
            cause: cause, value: value)
    }
}
