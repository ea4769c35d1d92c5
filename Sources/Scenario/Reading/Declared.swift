/// The names that flows and clients may use, whether or not what they name could be read.
struct Declared {
    /// A backend as flows see it.
    struct Callee {
        var name: String
        /// Empty when the backend answers to any operation.
        var operations: [CalledOperation]
        fileprivate var places: [String: Int]

        init(name: String, operations: [CalledOperation]) {
            self.name = name
            self.operations = operations
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
    }

    let backends: [Callee]
    let policies: [String]
    let caches: [String]
    let flows: [String]
    private let backendPlaces: [String: Int]
    /// The policies that could be read.
    private let readPolicies: [String: Policy]
    private let policyPlaces: [String: Int]
    private let cachePlaces: [String: Int]
    private let flowPlaces: [String: Int]

    /// The names in a file, and of its backends and policies those that could be read.
    init(
        backends: (entries: [YAMLEntry], read: [Backend]), policies: (entries: [YAMLEntry], read: [Policy]),
        caches: [YAMLEntry], flows: [YAMLEntry]
    ) {
        let known = Self.places(backends.read.map(\.name))
        let callees = backends.entries.map { entry in
            let names = entry.value["operations"]?.entries?.map(\.key) ?? []
            let operations = known[entry.key].map { backends.read[$0].operations } ?? []
            let returns = Self.places(operations.map(\.name))
            return Callee(
                name: entry.key,
                operations: names.map { name in
                    CalledOperation(name: name, returns: returns[name].map { operations[$0].returns })
                })
        }
        self.init(
            callees, policies: policies.entries.map(\.key), read: policies.read, caches: caches.map(\.key),
            flows: flows.map(\.key))
    }

    /// The backends of a scenario, for changes to it.
    init(backends: [Backend]) {
        self.init(backends.map { Callee(name: $0.name, operations: []) }, policies: [], read: [], caches: [], flows: [])
    }

    private init(_ backends: [Callee], policies: [String], read: [Policy], caches: [String], flows: [String]) {
        self.backends = backends
        self.policies = policies
        self.caches = caches
        self.flows = flows
        backendPlaces = Self.places(backends.map(\.name))
        readPolicies = Dictionary(read.map { ($0.name, $0) }) { first, _ in first }
        policyPlaces = Self.places(policies)
        cachePlaces = Self.places(caches)
        flowPlaces = Self.places(flows)
    }

    func backend(_ name: String) -> Callee? { backendPlaces[name].map { backends[$0] } }
    func hasPolicy(_ name: String) -> Bool { policyPlaces[name] != nil }
    /// `nil` when it could not be read.
    func policy(_ name: String) -> Policy? { readPolicies[name] }
    func hasCache(_ name: String) -> Bool { cachePlaces[name] != nil }
    func hasFlow(_ name: String) -> Bool { flowPlaces[name] != nil }

    private static func places(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}
