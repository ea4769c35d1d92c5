/// The names that flows, clients and changes may use, whether or not what they name could be read.
struct Declared {
    /// A backend as flows see it.
    struct Callee {
        var name: String
        /// Empty when the backend answers to any operation.
        var operations: [CalledOperation]
        /// Whether servers do its work.
        var isPool = false
        var servers: [String] = []
        fileprivate var places: [String: Int]

        init(name: String, operations: [CalledOperation], isPool: Bool = false, servers: [String] = []) {
            self.name = name
            self.operations = operations
            self.isPool = isPool
            self.servers = servers
            places = Declared.places(operations.map(\.name))
        }

        /// What an operation answers; `nil` when it is not known.
        func returns(_ operation: String) -> Value? { operations.isEmpty ? .null : self.operation(operation)?.returns }

        func operation(_ name: String) -> CalledOperation? { places[name].map { operations[$0] } }
    }

    struct CalledOperation {
        var name: String
        /// `nil` when it could not be read.
        var returns: Value?
        /// Whether it answers only to keys that it knows.
        var needsKey = false
    }

    let backends: [Callee]
    let policies: [String]
    let caches: [String]
    let keys: [String]
    let flows: [String]
    private let backendPlaces: [String: Int]
    /// The place of each server's pool.
    private let serverPlaces: [String: Int]
    /// The policies that could be read.
    private let readPolicies: [String: Policy]
    private let policyPlaces: [String: Int]
    private let cachePlaces: [String: Int]
    private let flowPlaces: [String: Int]
    /// By flow: the first of its clients without keys.
    private let keyless: [String: String]

    /// The names in a file, and of its backends and policies those that could be read.
    init(_ parts: NamedParts, backends: [Backend], policies: [Policy]) {
        let known = Self.places(backends.map(\.name))
        let callees = parts.backends.map { entry in
            let names = entry.value["operations"]?.entries?.map(\.key) ?? []
            let operations = known[entry.key].map { backends[$0].operations } ?? []
            let read = Self.places(operations.map(\.name))
            return Callee(
                name: entry.key,
                operations: names.map { name in
                    let operation = read[name].map { operations[$0] }
                    return CalledOperation(
                        name: name, returns: operation?.returns, needsKey: operation?.knows != nil)
                },
                isPool: entry.value["servers"] != nil, servers: entry.servers.map(\.name))
        }
        let clients = parts.clients.filter { $0.value["keys"] == nil }
        self.init(
            callees, policies: parts.policies.map(\.key), read: policies, caches: parts.caches.map(\.key),
            keys: parts.keys.map(\.key), flows: parts.flows.map(\.key),
            keyless: Dictionary(clients.compactMap { client in client.value["flow"]?.text.map { ($0, client.key) } }) {
                first, _ in first
            })
    }

    /// What a scenario has, for changes to it.
    init(_ scenario: Scenario) {
        let callees = scenario.backends.map { backend in
            Callee(
                name: backend.name, operations: [], isPool: backend.pool != nil,
                servers: backend.pool?.servers.map(\.backend.name) ?? [])
        }
        self.init(
            callees, policies: [], read: [], caches: scenario.caches.map(\.name), keys: [], flows: [], keyless: [:])
    }

    private init(
        _ backends: [Callee], policies: [String], read: [Policy], caches: [String], keys: [String], flows: [String],
        keyless: [String: String]
    ) {
        self.backends = backends
        self.policies = policies
        self.caches = caches
        self.keys = keys
        self.flows = flows
        self.keyless = keyless
        backendPlaces = Self.places(backends.map(\.name))
        serverPlaces = Dictionary(
            backends.enumerated().flatMap { place, backend in backend.servers.map { ($0, place) } }
        ) { first, _ in first }
        readPolicies = Dictionary(read.map { ($0.name, $0) }) { first, _ in first }
        policyPlaces = Self.places(policies)
        cachePlaces = Self.places(caches)
        flowPlaces = Self.places(flows)
    }

    func backend(_ name: String) -> Callee? { backendPlaces[name].map { backends[$0] } }
    /// The pool that a server belongs to.
    func pool(of server: String) -> Callee? { serverPlaces[server].map { backends[$0] } }
    func hasPolicy(_ name: String) -> Bool { policyPlaces[name] != nil }
    /// `nil` when it could not be read.
    func policy(_ name: String) -> Policy? { readPolicies[name] }
    func hasCache(_ name: String) -> Bool { cachePlaces[name] != nil }
    func hasFlow(_ name: String) -> Bool { flowPlaces[name] != nil }
    /// A client that runs a flow without keys; `nil`: none does.
    func keylessClient(of flow: String) -> String? { keyless[flow] }

    private static func places(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}
