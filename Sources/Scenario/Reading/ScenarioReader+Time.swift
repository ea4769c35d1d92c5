/// Finds clients that would send without end at one moment of virtual time.
extension ScenarioReader {
    func checkTime(of scenario: Scenario, clients: [YAMLEntry]) {
        let eager = scenario.clients.indices.filter { index in
            if case .users(_, let think) = scenario.clients[index].workload { think.isAlwaysZero } else { false }
        }
        if eager.isEmpty { return }
        let time = FlowTime(scenario)
        for index in eager where time.mayBeNone(of: scenario.clients[index].flow) {
            let client = scenario.clients[index]
            reader.report(
                "client \(SafeText.quoted(client.name)) would send without end at one moment: "
                    + "it does not think, and flow \(SafeText.quoted(client.flow)) may take no time",
                at: clients[index].keyMark, suggestion: "write think: 1s")
        }
    }
}

/// Which flows may end at the moment at which they begin.
private struct FlowTime {
    private let backends: [String: Backend]
    private let caches: [String: Cache]
    private let hop: Latency
    private var flows: [String: Bool] = [:]

    init(_ scenario: Scenario) {
        backends = Dictionary(scenario.backends.map { ($0.name, $0) }) { first, _ in first }
        caches = Dictionary(scenario.caches.map { ($0.name, $0) }) { first, _ in first }
        hop = scenario.hop
        for flow in scenario.flows { flows[flow.name] = mayBeNone(flow.steps) }
    }

    func mayBeNone(of flow: String) -> Bool { flows[flow] ?? false }

    private func mayBeNone(_ steps: [Step]) -> Bool {
        steps.allSatisfy { step in
            switch step {
            case .call(let call): isNone(call)
            case .sequence(let steps), .parallel(let steps), .repeat(_, let steps): mayBeNone(steps)
            case .forEach(let each): each.items.isEmptyList || mayBeNone(each.steps)
            case .merge, .invalidate: true
            case .cache(let step): caches[step.cache]?.latency.isAlwaysZero ?? true
            case .wait(let latency): latency.isAlwaysZero
            case .guarded(let guarded): mayBeNone(guarded.steps)
            case .fallback(let step): mayBeNone(step.steps)
            }
        }
    }

    private func isNone(_ call: Call) -> Bool {
        guard let backend = backends[call.backend] else { return true }
        let operation = backend.operations.first { $0.name == call.operation }
        return (operation?.latency ?? backend.latency).isAlwaysZero && (backend.hop ?? hop).isAlwaysZero
    }
}

extension Expression {
    fileprivate var isEmptyList: Bool {
        switch self {
        case .literal(.list(let items)): items.isEmpty
        case .literal(.generated(_, let count)): count == 0
        default: false
        }
    }
}

extension Latency {
    /// Whether no draw is above zero.
    var isAlwaysZero: Bool {
        switch self {
        case .fixed(let duration), .uniform(_, let duration), .exponential(let duration): duration == .zero
        case .normal(let mean, let deviation): mean == .zero && deviation == .zero
        case .lognormal, .pareto, .weibull: false
        case .empirical(let values): values.allSatisfy { $0 == .zero }
        case .bimodal(let fast, let slow, _): fast.isAlwaysZero && slow.isAlwaysZero
        }
    }
}
