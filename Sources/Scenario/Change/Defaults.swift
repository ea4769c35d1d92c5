/// What keys stand for when a file does not write them.
enum Defaults {
    static func value(at path: [String], in scenario: Scenario) -> String? {
        switch path.first {
        case _ where path.suffix(2) == ["send", "lost"]: "0%"
        case "name" where path.count == 1: scenario.name
        case "seed" where path.count == 1: String(scenario.seed)
        case "limits" where path.dropFirst() == ["maxEvents"]: String(scenario.limits.maxEvents)
        case "network" where isLatency(path.dropFirst(), "hop"): "0s"
        case "backends":
            scenario.backends.first { $0.name == path.dropFirst().first }
                .flatMap { backend(Array(path.dropFirst(2)), of: $0, scenario) }
        case "caches":
            scenario.caches.first { $0.name == path.dropFirst().first }
                .flatMap { cache(Array(path.dropFirst(2)), of: $0) }
        case "policies": policy(path.dropFirst(), scenario)
        case "clients": client(path.dropFirst(), scenario)
        default: nil
        }
    }

    private static func client(_ path: ArraySlice<String>, _ scenario: Scenario) -> String? {
        guard let client = scenario.clients.first(where: { $0.name == path.first }) else { return nil }
        switch client.workload {
        case .users: return isLatency(path.dropFirst(), "think") ? "0s" : nil
        case .once: return path.dropFirst() == ["times"] ? "1" : nil
        case .arrivals: return nil
        }
    }

    static func isLatency(_ path: ArraySlice<String>, _ key: String) -> Bool {
        path == [key] || path == [key, "fixed"]
    }
}
