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
        case "clients": think(path.dropFirst(), scenario)
        default: nil
        }
    }

    private static func backend(_ path: ArraySlice<String>, _ scenario: Scenario) -> String? {
        switch path {
        case ["hop"]: scenario.hop.written
        case ["concurrency"], ["queue"]: "unlimited"
        case ["errors"]: "0%"
        default: nil
        }
    }

    private static func think(_ path: ArraySlice<String>, _ scenario: Scenario) -> String? {
        guard let client = scenario.clients.first(where: { $0.name == path.first }), case .users = client.workload,
            isLatency(path.dropFirst(), "think")
        else { return nil }
        return "0s"
    }

    private static func isLatency(_ path: ArraySlice<String>, _ key: String) -> Bool {
        path == [key] || path == [key, "fixed"]
    }
}
