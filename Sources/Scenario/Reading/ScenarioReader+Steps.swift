/// What operations do in their backend's own name: read once everything is known that they may call.
extension ScenarioReader {
    /// The same backends, their operations with steps.
    func withSteps(
        _ backends: [Backend], _ entries: [YAMLEntry], _ declared: Declared, _ log: CallLog
    ) -> [Backend] {
        let written = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
        return backends.map { backend in
            guard let entries = written[backend.name]?["operations"]?.entries else { return backend }
            let operations = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
            var backend = backend
            for place in backend.operations.indices {
                let name = backend.operations[place].name
                guard let body = operations[name]?["do"] else { continue }
                var flow = FlowReader(system: self, declared: declared, log: log)
                backend.operations[place].steps = flow.operation("\(backend.name).\(name)", body) ?? []
            }
            // Servers do what their pool does.
            for place in backend.pool?.servers.indices ?? 0..<0 {
                backend.pool?.servers[place].backend.operations = backend.operations
            }
            return backend
        }
    }
}
