/// What interventions act on. Without a scenario any name may stand.
extension ScenarioReader {
    /// A backend that does its own work, or a server of a pool.
    func backendName(_ node: YAMLNode, _ verb: String) -> String? {
        guard let name = reader.text(node, "the name of a backend") else { return nil }
        guard let declared, declared.pool(of: name) == nil else { return name }
        guard let backend = declared.backend(name) else {
            if declared.hasCache(name) {
                return refuse(name, "a cache", verb, at: node.mark, suggestion: "write crash or restart")
            }
            let known = declared.backends.flatMap { $0.isPool ? $0.servers : [$0.name] }
            reader.report(
                .missing("backend", "ningún backend", name), at: node.mark,
                hint: Suggestion.text(for: name, in: known))
            return nil
        }
        if !backend.isPool { return name }
        let shown = backend.servers.prefix(Self.shownServers).joined(separator: ", ")
        let rest = backend.servers.count > Self.shownServers ? ", ..." : ""
        return refuse(
            name, "a pool", verb, at: node.mark, suggestion: "name one of its servers: \(shown)\(rest)")
    }

    func cacheName(_ node: YAMLNode, _ verb: String) -> String? {
        guard let name = reader.text(node, "the name of a cache") else { return nil }
        guard let declared, !declared.hasCache(name) else { return name }
        if declared.backend(name) != nil || declared.pool(of: name) != nil {
            let kind = declared.backend(name) == nil ? "a server" : "a backend"
            return refuse(name, kind, verb, at: node.mark, suggestion: "write kill or restore")
        }
        reader.report(
            .missing("cache", "ninguna caché", name), at: node.mark,
            hint: Suggestion.text(for: name, in: declared.caches))
        return nil
    }

    func serverName(_ node: YAMLNode, _ verb: String) -> String? {
        guard let name = reader.text(node, "the name of a server") else { return nil }
        guard let declared, declared.pool(of: name) == nil else { return name }
        let servers = declared.backends.flatMap(\.servers)
        reader.report(
            "there is no server \(SafeText.quoted(name)) that could \(verb) a pool", at: node.mark,
            suggestion: Suggestion.sentence(for: name, in: servers)
                ?? (servers.isEmpty ? "give a backend servers: { count: 3 }" : nil))
        return nil
    }

    private static let shownServers = 6

    private func refuse(_ name: String, _ kind: String, _ verb: String, at mark: SourceMark, suggestion: String)
        -> String?
    {
        reader.report(
            "\(SafeText.quoted(name)) is \(kind), and \(verb) is not for one", at: mark, suggestion: suggestion)
        return nil
    }
}
