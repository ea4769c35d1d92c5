/// The parts of a file that have names of the author's, as they are written.
struct NamedParts {
    var backends: [YAMLEntry] = []
    var caches: [YAMLEntry] = []
    var policies: [YAMLEntry] = []
    var keys: [YAMLEntry] = []
    var flows: [YAMLEntry] = []
    var clients: [YAMLEntry] = []

    /// What views tell apart by its name, in the order in which names are taken.
    var components: [(kind: String, name: String, mark: SourceMark)] {
        backends.map { ("backend", $0.key, $0.keyMark) } + backends.flatMap(\.servers).map { ("server", $0, $1) }
            + caches.map { ("cache", $0.key, $0.keyMark) } + policies.map { ("policy", $0.key, $0.keyMark) }
            + clients.map { ("client", $0.key, $0.keyMark) }
    }
}

extension YAMLEntry {
    /// The names of a backend's servers, without checking them.
    var servers: [(name: String, mark: SourceMark)] {
        guard let servers = value["servers"] else { return [] }
        guard let count = servers["count"], let text = count.text else {
            return (servers.entries ?? []).map { ($0.key, $0.keyMark) }
        }
        let most = min(Int(text) ?? 0, ScenarioReader.mostServers)
        return most < 1 ? [] : (1...most).map { (ScenarioReader.madeUpServer($0, of: key), count.mark) }
    }
}
