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

        func operation(_ name: String) -> CalledOperation? { places[name].map { operations[$0] } }
    }

    struct CalledOperation {
        var name: String
        /// `nil` when it could not be read.
        var returns: Value?
    }

    let backends: [Callee]
    let caches: [String]
    let flows: [String]
    private let backendPlaces: [String: Int]
    private let cachePlaces: [String: Int]
    private let flowPlaces: [String: Int]

    /// The names in a file, and of its backends those that could be read.
    init(backends entries: [YAMLEntry], read: [Backend], caches: [YAMLEntry], flows: [YAMLEntry]) {
        let known = Self.places(read.map(\.name))
        let callees = entries.map { entry in
            let names = entry.value["operations"]?.entries?.map(\.key) ?? []
            let operations = known[entry.key].map { read[$0].operations } ?? []
            let returns = Self.places(operations.map(\.name))
            return Callee(
                name: entry.key,
                operations: names.map { name in
                    CalledOperation(name: name, returns: returns[name].map { operations[$0].returns })
                })
        }
        self.init(callees, caches: caches.map(\.key), flows: flows.map(\.key))
    }

    /// The backends of a scenario, for changes to it.
    init(backends: [Backend]) {
        self.init(backends.map { Callee(name: $0.name, operations: []) }, caches: [], flows: [])
    }

    private init(_ backends: [Callee], caches: [String], flows: [String]) {
        self.backends = backends
        self.caches = caches
        self.flows = flows
        backendPlaces = Self.places(backends.map(\.name))
        cachePlaces = Self.places(caches)
        flowPlaces = Self.places(flows)
    }

    func backend(_ name: String) -> Callee? { backendPlaces[name].map { backends[$0] } }
    func hasCache(_ name: String) -> Bool { cachePlaces[name] != nil }
    func hasFlow(_ name: String) -> Bool { flowPlaces[name] != nil }

    private static func places(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}
