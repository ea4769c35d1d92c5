import Scenario
import Simulation
import Trace

/// Everything in a scenario, built and put to work. Confined to the run's thread.
final class Stage {
    private let world: World
    private var scenario: Scenario
    /// Those of the scenario and the servers of its pools, in its order.
    private let backends: [BackendModel]
    private let pools: [PoolModel]
    private let caches: [CacheModel]
    private let policies: [PolicyModel]
    private let keptAnswers = KeptAnswers()
    private var clients: [ClientModel] = []
    private var programs: [Program] = []

    init(_ scenario: Scenario, _ world: World) throws(RunError) {
        self.world = world
        self.scenario = scenario
        let clientNames = scenario.clients.map { world.declare($0.name, .client) }
        for flow in scenario.flows { _ = world.declare(flow.name, .flow) }
        (backends, pools) = try Self.backends(scenario, world)
        let truth = Truth()
        var caches: [CacheModel] = []
        for cache in scenario.caches {
            let component = world.declare(cache.name, .cache)
            caches.append(try CacheModel(cache, component: component, truth: truth, world: world))
        }
        self.caches = caches
        var policies: [PolicyModel] = []
        for policy in scenario.policies { policies.append(try PolicyModel(policy, world)) }
        self.policies = policies
        programs = compile(scenario)
        let end = VirtualTime.zero.advanced(by: scenario.duration)
        for (client, name) in zip(scenario.clients, clientNames) {
            clients.append(
                ClientModel(
                    client, keys: scenario.keys(of: client), program: program(client.flow), component: name,
                    world: world, end: end))
        }
    }

    /// Puts what will be done to the system before everything else at the same time: interventions, faults, marks.
    func schedule(_ timetable: Timetable) {
        for backend in backends {
            _ = backend.announce()
            if backend.spec.clock != .zero { backend.announceClock() }
        }
        for pool in pools { pool.start() }
        for cache in caches { cache.announce() }
        for policy in policies { policy.start() }
        for entry in timetable.entries {
            world.simulation.schedule(at: .zero.advanced(by: entry.at)) { self.perform(entry) }
        }
        for backend in backends { backend.scheduleWindows() }
        for mark in scenario.marks {
            world.simulation.schedule(at: .zero.advanced(by: mark.at)) { [world] in
                world.record(.mark, detail: world.name(mark.label.en))
            }
        }
    }

    func start() {
        world.simulation.schedule(at: .zero) {
            for client in self.clients { client.start() }
        }
    }

    /// Lets go of what is left when the run is over.
    func clear() {
        for backend in backends { backend.clear() }
        for pool in pools { pool.clear() }
        for cache in caches { cache.buffer.clear() }
    }

    private func compile(_ scenario: Scenario) -> [Program] {
        let compiler = Compiler(
            world: world, backends: backends, pools: pools, caches: Array(zip(scenario.caches.map(\.name), caches)),
            policies: policies, keptAnswers: keptAnswers)
        compileSteps(of: scenario, compiler)
        return scenario.flows.map { compiler.compile($0) }
    }

    /// Gives operations what they do. Calls under way go on with what they began.
    private func compileSteps(of scenario: Scenario, _ compiler: Compiler) {
        var rest = backends[...]
        for backend in scenario.backends {
            // The servers of a pool draw and keep alike: whichever is picked, its work is the same.
            let models = rest.prefix(backend.pool?.servers.count ?? 1)
            rest = rest.dropFirst(models.count)
            for operation in backend.operations {
                let program =
                    operation.steps.isEmpty
                    ? nil : compiler.compile(operation.steps, of: "\(backend.name).\(operation.name)")
                for model in models { model.operation(operation.name).program = program }
            }
        }
    }

    /// Every backend, a pool's servers in its place.
    private static func backends(
        _ scenario: Scenario, _ world: World
    ) throws(RunError) -> (backends: [BackendModel], pools: [PoolModel]) {
        var backends: [BackendModel] = []
        var pools: [PoolModel] = []
        func model(_ spec: Backend) -> BackendModel {
            BackendModel(spec, hop: scenario.hop, component: world.declare(spec.name, .backend), world: world)
        }
        for backend in scenario.backends {
            guard let pool = backend.pool else {
                backends.append(model(backend))
                continue
            }
            let component = world.declare(backend.name, .balancer)
            let servers = pool.servers.map { model($0.backend) }
            backends += servers
            pools.append(try PoolModel(backend, pool, servers, component: component, world: world))
        }
        return (backends, pools)
    }

    private func program(_ flow: String) -> Program {
        let index = scenario.flows.firstIndex { $0.name == flow }
        return index.map { programs[$0] } ?? Program(label: .none, body: [], slotCount: 0)
    }

    private func perform(_ entry: Timetable.Entry) {
        switch entry.action {
        case .adopt(let scenario, let label, let members):
            let event = world.record(.parameterSet, detail: world.name(label), value: Int64(entry.place))
            adopt(scenario, cause: event)
            for member in members {
                server(member.server) { pool, server in pool.setMember(server, member.isMember, cause: event) }
            }
        case .kill(let name): backend(name)?.begin(.down, .kill)
        case .restore(let name): backend(name)?.restore()
        case .inject(let fault, let name): backend(name)?.begin(fault, .injection(entry.place))
        case .end(let name): backend(name)?.end(.injection(entry.place))
        case .join(let name): server(name) { pool, server in pool.setMember(server, true, cause: .none) }
        case .leave(let name): server(name) { pool, server in pool.setMember(server, false, cause: .none) }
        case .crash(let name): cache(name)?.buffer.crash()
        case .restart(let name): cache(name)?.buffer.beginRestart()
        }
    }

    private func backend(_ name: String) -> BackendModel? { backends.first { $0.name == name } }

    private func server(_ name: String, _ work: (PoolModel, PoolServer) -> Void) {
        for pool in pools {
            for server in pool.servers where server.backend.name == name { work(pool, server) }
        }
    }

    private func cache(_ name: String) -> CacheModel? { caches.first { $0.name == name } }

    private func adopt(_ new: Scenario, cause: EventID) {
        let old = scenario
        scenario = new
        for (backend, spec) in zip(backends, new.everyBackend) { backend.adopt(spec, hop: new.hop, cause: cause) }
        for (pool, spec) in zip(pools, new.backends.compactMap(\.pool)) { pool.adopt(spec, cause: cause) }
        do throws(RunError) {
            for (cache, spec) in zip(caches, new.caches) { try cache.adopt(spec, cause: cause) }
            for (policy, spec) in zip(policies, new.policies) { try policy.adopt(spec, cause: cause) }
        } catch {
            return world.stop(error)
        }
        if new.flows != old.flows || new.steps != old.steps { programs = compile(new) }
        for (client, spec) in zip(clients, new.clients) {
            client.adopt(spec, keys: new.keys(of: spec), program: program(spec.flow), cause: cause)
        }
    }
}

extension Scenario {
    /// What operations do.
    fileprivate var steps: [[[Step]]] { backends.map { $0.operations.map(\.steps) } }

    fileprivate func keys(of client: Client) -> KeySource? {
        client.keys.flatMap { name in keys.first { $0.name == name } }
    }
}
