import Scenario

/// What will be done to the system and when: the scenario's own interventions and the given ones, checked and in order.
struct Timetable {
    enum Action {
        /// The whole scenario as it is from then on, and the servers that the change has told to be members or not.
        case adopt(Scenario, label: String, members: [ServerMembership])
        case kill(backend: String)
        case restore(backend: String)
        case inject(Fault, backend: String)
        /// The cache loses its memory.
        case crash(cache: String)
        /// The cache flushes, and then begins with an empty memory.
        case restart(cache: String)
        /// The injection at ``Entry/place`` ends.
        case end(backend: String)
        case join(server: String)
        case leave(server: String)
    }

    struct Entry {
        var at: Duration
        /// In the scenario's interventions followed by the given ones, from 0.
        var place: Int
        var action: Action
    }

    /// By time; at the same time in the order of the list.
    private(set) var entries: [Entry] = []

    init() {}

    init(_ document: ScenarioDocument, _ interventions: [Intervention]) throws(RunError) {
        let list = document.scenario.interventions + interventions
        let order = list.indices.sorted { (list[$0].at, $0) < (list[$1].at, $1) }
        var current = document
        for place in order {
            let at = list[place].at
            switch list[place].action {
            case .set(let path, let value):
                current = try Self.change(current, path, value, place)
                let members = current.scenario.members(writtenAt: path)
                add(at, place, .adopt(current.scenario, label: "\(path) = \(value)", members: members))
            case .kill(let backend):
                try Self.check(backend, current, place)
                add(at, place, .kill(backend: backend))
            case .restore(let backend):
                try Self.check(backend, current, place)
                add(at, place, .restore(backend: backend))
            case .inject(let fault, let backend, let duration):
                try Self.check(backend, current, place)
                add(at, place, .inject(fault, backend: backend))
                if let duration { add(at + duration, place, .end(backend: backend)) }
            case .join(let server):
                try Self.check(server: server, current, place)
                add(at, place, .join(server: server))
            case .leave(let server):
                try Self.check(server: server, current, place)
                add(at, place, .leave(server: server))
            case .crash(let cache):
                try Self.check(cache: cache, current, place)
                add(at, place, .crash(cache: cache))
            case .restart(let cache):
                try Self.check(cache: cache, current, place)
                add(at, place, .restart(cache: cache))
            }
        }
        let unsorted = entries
        entries = unsorted.indices.sorted { (unsorted[$0].at, $0) < (unsorted[$1].at, $1) }.map { unsorted[$0] }
    }

    private mutating func add(_ at: Duration, _ place: Int, _ action: Action) {
        entries.append(Entry(at: at, place: place, action: action))
    }

    private static func change(
        _ document: ScenarioDocument, _ path: String, _ value: String, _ place: Int
    ) throws(RunError) -> ScenarioDocument {
        let changed: ScenarioDocument
        do { changed = try document.setting(path, to: value) } catch { throw .invalidIntervention(place: place, error) }
        if let what = fixedPart(document.scenario, changed.scenario) {
            throw .fixedDuringRun(place: place, what: what)
        }
        return changed
    }

    private static func check(_ backend: String, _ document: ScenarioDocument, _ place: Int) throws(RunError) {
        if !document.scenario.everyBackend.contains(where: { $0.name == backend }) {
            throw .unknownBackend(place: place, name: backend)
        }
    }

    private static func check(server: String, _ document: ScenarioDocument, _ place: Int) throws(RunError) {
        let servers = document.scenario.backends.flatMap { $0.pool?.servers ?? [] }
        if !servers.contains(where: { $0.backend.name == server }) {
            throw .unknownBackend(place: place, name: server)
        }
    }

    private static func check(cache: String, _ document: ScenarioDocument, _ place: Int) throws(RunError) {
        if !document.scenario.caches.contains(where: { $0.name == cache }) {
            throw .unknownCache(place: place, name: cache)
        }
    }

    /// What differs although it is decided when a run starts.
    private static func fixedPart(_ old: Scenario, _ new: Scenario) -> String? {
        if old.name != new.name { return "the scenario's name" }
        if old.seed != new.seed { return "the seed" }
        if old.duration != new.duration { return "the duration" }
        if old.limits != new.limits { return "limits" }
        if old.marks != new.marks { return "marks" }
        if old.interventions != new.interventions { return "the list of interventions" }
        if old.backends.map(\.name) != new.backends.map(\.name) { return "the list of backends" }
        if old.backends.map(\.servers) != new.backends.map(\.servers) { return "the list of servers" }
        if old.caches.map(\.name) != new.caches.map(\.name) { return "the list of caches" }
        if old.policies.map(\.shape) != new.policies.map(\.shape) { return "the list of policies and of their layers" }
        if old.flows.map(\.name) != new.flows.map(\.name) { return "the list of flows" }
        if old.clients.map(\.name) != new.clients.map(\.name) { return "the list of clients" }
        return nil
    }
}

extension Backend {
    /// The names of a pool's servers.
    fileprivate var servers: [String]? { pool?.servers.map(\.backend.name) }
}

extension Policy {
    /// Its name, and those of its layers with what kind they are.
    fileprivate var shape: [String] { [name] + layers.map { "\($0.name): \($0.rule.kind)" } }
}
