import Trace

/// When requests come, and what is wrong with the backend when: the same for the model and for the wrappers.
struct Schedule {
    enum Trouble: String, CaseIterable {
        case down = "down: true"
        case unavailable = "errors: 100%, answer: 503"
        case errors = "errors: 100%"
        case slow = "slow: 9x"
    }

    struct Window {
        var from: Int
        var to: Int
        var trouble: Trouble
    }

    static let latency = Duration.milliseconds(100)

    /// In nanoseconds, so that no two things happen at once by chance.
    var requests: [Int64]
    /// In milliseconds, one after another.
    var windows: [Window]

    init(seed: UInt64, requests count: Int) {
        var random = TestRandom(state: seed)
        requests = (0..<count).map { _ in Int64.random(in: 0..<30_000_000_000, using: &random) }.sorted()
        windows = []
        var time = 0
        while time < 29_000 {
            let from = time + Int.random(in: 0..<3000, using: &random)
            let to = from + Int.random(in: 1..<4000, using: &random)
            windows.append(
                Window(from: from, to: to, trouble: Trouble.allCases[Int.random(in: 0..<4, using: &random)]))
            time = to
        }
    }

    func trouble(at time: VirtualTime) -> Trouble? {
        windows.first { Double($0.from) <= time.milliseconds && time.milliseconds < Double($0.to) }?.trouble
    }

    /// The scenario with one backend, and one call of each request inside a policy.
    func yaml(_ layers: String) -> String {
        let times = requests.map { "\($0 / 1_000_000_000).\(String(1_000_000_000 + $0 % 1_000_000_000).dropFirst())s" }
        let faults = windows.map { "{ from: \($0.from)ms, to: \($0.to)ms, \($0.trouble.rawValue) }" }
        return """
            duration: 1000s
            backends: { db: { latency: 100ms, faults: [ \(faults.joined(separator: ", ")) ] } }
            policies: { guarded: [ \(layers) ] }
            flows: { page: [ { call: { to: db.run, with: guarded } } ] }
            clients: { web: { flow: page, at: [ \(times.joined(separator: ", ")) ] } }
            """
    }
}
