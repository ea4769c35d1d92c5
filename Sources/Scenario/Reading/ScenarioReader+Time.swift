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
private final class FlowTime {
    /// How steps may end without taking any time.
    private struct Instant {
        var mayPass: Bool
        var mayFail = false
    }

    private let backends: [String: Backend]
    private let caches: [String: Cache]
    private let policies: [String: Policy]
    private let hop: Latency
    private var flows: [String: Bool] = [:]
    /// What operations do, by `backend.operation`.
    private var operations: [String: Instant] = [:]

    init(_ scenario: Scenario) {
        backends = Dictionary(scenario.backends.map { ($0.name, $0) }) { first, _ in first }
        caches = Dictionary(scenario.caches.map { ($0.name, $0) }) { first, _ in first }
        policies = Dictionary(scenario.policies.map { ($0.name, $0) }) { first, _ in first }
        hop = scenario.hop
        for flow in scenario.flows {
            let instant = instant(flow.steps)
            flows[flow.name] = instant.mayPass || instant.mayFail
        }
    }

    func mayBeNone(of flow: String) -> Bool { flows[flow] ?? false }

    /// One after another: a failure ends them, and is at once when all before it is.
    private func instant(_ steps: [Step]) -> Instant {
        var sum = Instant(mayPass: true)
        for step in steps where sum.mayPass {
            let next = instant(step)
            sum = Instant(mayPass: next.mayPass, mayFail: sum.mayFail || next.mayFail)
        }
        return sum
    }

    private func instant(_ step: Step) -> Instant {
        switch step {
        case .call(let call): return inside(call.policy, instant(call))
        case .sequence(let steps), .repeat(_, let steps): return instant(steps)
        case .parallel(let branches):
            let all = branches.map { instant($0) }
            return Instant(mayPass: all.allSatisfy(\.mayPass), mayFail: all.contains(where: \.mayFail))
        case .forEach(let each): return each.items.isEmptyList ? Instant(mayPass: true) : instant(each.steps)
        case .merge, .invalidate, .send: return Instant(mayPass: true)
        case .choose(let choose):
            let branches = choose.branches.filter { $0.share > 0 }
            let all = branches.map { instant($0.steps) }
            let none = branches.reduce(0) { $0 + $1.share } < 1
            return Instant(
                mayPass: none || all.contains(where: \.mayPass), mayFail: all.contains(where: \.mayFail))
        case .cache(let step):
            guard caches[step.cache]?.latency.isAlwaysZero ?? true else { return Instant(mayPass: false) }
            return Instant(mayPass: true, mayFail: instant(step.steps).mayFail)
        case .write(let step):
            guard let cache = caches[step.cache], cache.writes == .back else { return instant(step.steps) }
            return Instant(mayPass: cache.latency.isAlwaysZero)
        case .wait(let latency): return Instant(mayPass: latency.isAlwaysZero)
        case .guarded(let guarded): return inside(guarded.policy, instant(guarded.steps))
        case .fallback(let step):
            let work = instant(step.steps)
            guard work.mayFail else { return work }
            let other = otherwise(step.otherwise)
            return Instant(mayPass: work.mayPass || other.mayPass, mayFail: other.mayFail)
        }
    }

    private func instant(_ call: Call) -> Instant {
        guard let backend = backends[call.backend] else { return Instant(mayPass: true) }
        let operation = backend.operations.first { $0.name == call.operation }
        let isNone = (backend.pool?.servers.map(\.backend) ?? [backend]).contains { backend in
            (operation?.latency ?? backend.latency).isAlwaysZero && (backend.hop ?? hop).isAlwaysZero
        }
        guard isNone, let operation, !operation.steps.isEmpty else { return Instant(mayPass: isNone) }
        let name = "\(call.backend).\(call.operation)"
        if let known = operations[name] { return known }
        let steps = instant(operation.steps)
        operations[name] = steps
        return steps
    }

    /// Work inside a policy: its layers may turn it away at once, or answer for it.
    private func inside(_ policy: String?, _ work: Instant) -> Instant {
        let layers = policy.flatMap { policies[$0] }?.layers ?? []
        return layers.reversed().reduce(work) { work, layer in
            if layer.rule.turnsAway { return Instant(mayPass: work.mayPass, mayFail: true) }
            guard case .fallback(let rule) = layer.rule, work.mayFail else { return work }
            let other = otherwise(.rule(rule))
            return Instant(mayPass: work.mayPass || other.mayPass, mayFail: other.mayFail)
        }
    }

    private func otherwise(_ otherwise: FallbackStep.Otherwise) -> Instant {
        switch otherwise {
        case .rule(.stale): Instant(mayPass: true, mayFail: true)
        case .rule: Instant(mayPass: true)
        case .steps(let steps): instant(steps)
        }
    }
}

extension Layer.Rule {
    /// Whether it may fail a call at once, each time it is made.
    fileprivate var turnsAway: Bool {
        switch self {
        case .breaker, .rateLimit: true
        case .bulkhead(let rule): rule.whenFull != .wait
        case .timeout, .deadline, .retry, .hedge, .fallback: false
        }
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
