/// What keys stand for when a file does not write them.
enum Defaults {
    static func value(at path: [String], in scenario: Scenario) -> String? {
        switch path.first {
        case "name" where path.count == 1: scenario.name
        case "seed" where path.count == 1: String(scenario.seed)
        case "limits" where path.dropFirst() == ["maxEvents"]: String(scenario.limits.maxEvents)
        case "network" where isLatency(path.dropFirst(), "hop"): "0s"
        case "backends" where scenario.backends.contains { $0.name == path.dropFirst().first }:
            backend(path.dropFirst(2), scenario)
        case "caches" where scenario.caches.contains { $0.name == path.dropFirst().first }:
            isLatency(path.dropFirst(2), "latency") ? "0s" : nil
        case "policies": policy(path.dropFirst(), scenario)
        case "clients": client(path.dropFirst(), scenario)
        default: nil
        }
    }

    private static func backend(_ path: ArraySlice<String>, _ scenario: Scenario) -> String? {
        switch path {
        case ["hop"]: scenario.hop.written
        case ["concurrency"], ["queue"]: "unlimited"
        case ["errors"]: "0%"
        case ["answer"], ["answer", "status"]: ErrorAnswer.failed.written
        case _ where path.count == 3 && path.first == "operations" && path.last == "idempotent": "true"
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

    private static func isLatency(_ path: ArraySlice<String>, _ key: String) -> Bool {
        path == [key] || path == [key, "fixed"]
    }
}
