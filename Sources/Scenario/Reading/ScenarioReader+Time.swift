/// Finds clients that would send without end at one moment of virtual time.
extension ScenarioReader {
    func checkTime(in scenario: Scenario, clients: [YAMLEntry]) {
        for client in scenario.clients {
            guard case .users(_, let think) = client.workload, think.isAlwaysZero,
                let flow = scenario.flows.first(where: { $0.name == client.flow }),
                scenario.mayTakeNoTime(flow.steps), let entry = clients.first(where: { $0.key == client.name })
            else { continue }
            reader.report(
                "client \(SafeText.quoted(client.name)) would send without end at one moment: "
                    + "it does not think, and flow \(SafeText.quoted(flow.name)) may take no time",
                at: entry.keyMark, suggestion: "write think: 1s")
        }
    }
}

extension Scenario {
    /// Whether the steps may all end at the moment at which they begin.
    fileprivate func mayTakeNoTime(_ steps: [Step]) -> Bool {
        steps.allSatisfy { step in
            switch step {
            case .call(let call): takesNoTime(call)
            case .sequence(let steps), .parallel(let steps), .repeat(_, let steps): mayTakeNoTime(steps)
            case .forEach(let each): mayTakeNoTime(each.steps)
            case .merge, .invalidate: true
            case .cache(let step): caches.first { $0.name == step.cache }?.latency.isAlwaysZero ?? true
            case .wait(let latency): latency.isAlwaysZero
            }
        }
    }

    private func takesNoTime(_ call: Call) -> Bool {
        guard let backend = backends.first(where: { $0.name == call.backend }) else { return true }
        let operation = backend.operations.first { $0.name == call.operation }
        return (operation?.latency ?? backend.latency).isAlwaysZero && (backend.hop ?? hop).isAlwaysZero
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
