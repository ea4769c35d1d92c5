/// The names that flows and clients may use, whether or not what they name could be read.
struct Declared {
    /// A backend as flows see it.
    struct Callee {
        var name: String
        /// Empty when the backend answers to any operation.
        var operations: [CalledOperation]
    }

    struct CalledOperation {
        var name: String
        /// `nil` when it could not be read.
        var returns: Value?
    }

    var backends: [Callee] = []
    var caches: [String] = []
    var flows: [String] = []

    init(backends: [Backend]) {
        self.backends = backends.map { backend in
            let operations = backend.operations.map { CalledOperation(name: $0.name, returns: $0.returns) }
            return Callee(name: backend.name, operations: operations)
        }
    }

    init(backends entries: [YAMLEntry], read: [Backend], caches: [YAMLEntry], flows: [YAMLEntry]) {
        backends = entries.map { entry in
            let names = entry.value["operations"]?.entries?.map(\.key) ?? []
            let known = read.first { $0.name == entry.key }
            let operations = names.map { name in
                CalledOperation(name: name, returns: known?.operations.first { $0.name == name }?.returns)
            }
            return Callee(name: entry.key, operations: operations)
        }
        self.caches = caches.map(\.key)
        self.flows = flows.map(\.key)
    }
}
