/// Who can wait for whom without end: requests that hold a place in a bulkhead or load a key for others, and wait for
/// such a place or load meanwhile.
///
/// A circle of these waits in which no time-out stands can bring them all to a stop. A look-up in the load of the same
/// cache waits for nobody: it loads by itself.
struct WaitGraph {
    enum Part: Hashable {
        /// A place in a policy's bulkhead.
        case place(policy: String)
        /// A load that look-ups of the same key wait for.
        case load(cache: String)
    }

    /// What a flow holds while it waits for something else.
    struct Wait: Hashable {
        var holding: Part
        var awaited: Part
    }

    private struct Hold: Hashable {
        var part: Part
        /// As many time-outs round it do not count: it can be held without them, in the background.
        var free = 0
    }

    /// The steps of an operation, and what is held while they run.
    private struct Visit: Hashable {
        var backend: String
        var operation: String
        var holds: [Hold]
        var timeouts: Int
    }

    private let scenario: Scenario
    /// What operations with steps do, by backend and operation. For look-up only.
    private let services: [[String]: [Step]]
    private var visited: Set<Visit> = []
    /// Each once, with the first flow that has it.
    private var waits: [(wait: Wait, flow: String)] = []
    private var known: Set<Wait> = []

    init(_ scenario: Scenario) {
        self.scenario = scenario
        services = (scenario.backends + scenario.everyBackend).reduce(into: [:]) { services, backend in
            for operation in backend.operations where !operation.steps.isEmpty {
                services[[backend.name, operation.name]] = operation.steps
            }
        }
        for flow in scenario.flows { visit(flow.steps, [], timeouts: 0, flow.name) }
    }

    /// Waits for a load that can be a part of a circle.
    var circles: [(wait: Wait, flow: String)] {
        waits.filter { entry in
            guard case .load = entry.wait.awaited else { return false }
            return reaches(entry.wait.holding, from: entry.wait.awaited)
        }
    }

    private func reaches(_ goal: Part, from start: Part) -> Bool {
        var (seen, next): (Set<Part>, [Part]) = ([start], [start])
        while let part = next.popLast() {
            if part == goal { return true }
            for (wait, _) in waits where wait.holding == part && seen.insert(wait.awaited).inserted {
                next.append(wait.awaited)
            }
        }
        return false
    }

    // MARK: Flows

    private mutating func visit(_ steps: [Step], _ holds: [Hold], timeouts: Int, _ flow: String) {
        for step in steps { visit(step, holds, timeouts, flow) }
    }

    private mutating func visit(_ step: Step, _ holds: [Hold], _ timeouts: Int, _ flow: String) {
        switch step {
        case .call(var call):
            if let policy = call.policy {
                call.policy = nil
                enter(policy, [.call(call)], holds, timeouts, flow)
            } else {
                serve(call, holds, timeouts, flow)
            }
        case .send(let send): serve(send.call, [], 0, flow)
        case .choose(let choose):
            for branch in choose.branches { visit(branch.steps, holds, timeouts: timeouts, flow) }
        case .guarded(let step): enter(step.policy, step.steps, holds, timeouts, flow)
        case .cache(let step): load(step, holds, timeouts, flow)
        case .write(let step):
            // Written back, it is done by nobody's request.
            let isLater = scenario.caches.contains { $0.name == step.cache && $0.writes == .back }
            visit(step.steps, isLater ? [] : holds, timeouts: isLater ? 0 : timeouts, flow)
        case .sequence(let steps), .parallel(let steps), .repeat(_, let steps):
            visit(steps, holds, timeouts: timeouts, flow)
        case .forEach(let loop): visit(loop.steps, holds, timeouts: timeouts, flow)
        case .fallback(let step):
            visit(step.steps, holds, timeouts: timeouts, flow)
            if case .steps(let others) = step.otherwise { visit(others, holds, timeouts: timeouts, flow) }
        case .merge, .invalidate, .wait: break
        }
    }

    /// What a service does for a call, while its caller holds what it holds.
    private mutating func serve(_ call: Call, _ holds: [Hold], _ timeouts: Int, _ flow: String) {
        guard let steps = services[[call.backend, call.operation]] else { return }
        let visit = Visit(backend: call.backend, operation: call.operation, holds: holds, timeouts: timeouts)
        guard visited.insert(visit).inserted else { return }
        self.visit(steps, holds, timeouts: timeouts, flow)
    }

    private mutating func enter(
        _ name: String, _ steps: [Step], _ holds: [Hold], _ timeouts: Int, _ flow: String
    ) {
        let layers = scenario.policies.first { $0.name == name }?.layers.map(\.rule) ?? []
        let place = Part.place(policy: name)
        for (index, layer) in layers.enumerated() where layer.keepsWaiting {
            let outer = layers[..<index].count(where: \.endsWaits)
            wait(for: place, holds, timeouts + outer, flow)
        }
        let inside = holds + (layers.contains(where: \.isBulkhead) ? [Hold(part: place)] : [])
        visit(steps, inside, timeouts: timeouts + layers.count(where: \.endsWaits), flow)
    }

    private mutating func load(_ step: CacheStep, _ holds: [Hold], _ timeouts: Int, _ flow: String) {
        var inside = holds
        if let cache = scenario.caches.first(where: { $0.name == step.cache }), cache.coalesces {
            let load = Part.load(cache: cache.name)
            if !holds.contains(where: { $0.part == load }) {
                wait(for: load, holds, timeouts, flow)
                inside.append(Hold(part: load, free: cache.reloadsEarly ? timeouts : 0))
            }
        }
        visit(step.steps, inside, timeouts: timeouts, flow)
    }

    private mutating func wait(for part: Part, _ holds: [Hold], _ timeouts: Int, _ flow: String) {
        for hold in holds where timeouts <= hold.free && hold.part != part {
            let wait = Wait(holding: hold.part, awaited: part)
            if known.insert(wait).inserted { waits.append((wait, flow)) }
        }
    }
}

extension Layer.Rule {
    /// Whether work may stand in its queue as long as it takes.
    fileprivate var keepsWaiting: Bool {
        guard case .bulkhead(let rule) = self else { return false }
        return rule.maxWait == nil && (rule.queue > 0 || rule.whenFull == .wait)
    }

    /// Whether it gives up what takes too long inside.
    fileprivate var endsWaits: Bool {
        switch self {
        case .timeout(let rule): rule.total != nil
        case .deadline: true
        default: false
        }
    }
}

extension Cache {
    /// Whether keys are loaded again in the background.
    fileprivate var reloadsEarly: Bool { refreshAhead != nil || staleFor != nil || early != nil }
}

extension ScenarioReader {
    /// Refuses flows that could wait for each other for ever.
    func checkWaits(of scenario: Scenario, flows: [YAMLEntry]) {
        for (wait, flow) in WaitGraph(scenario).circles {
            guard case .load(let cache) = wait.awaited, let entry = flows.first(where: { $0.key == flow }) else {
                continue
            }
            let name = SafeText.quoted(cache)
            switch wait.holding {
            case .place(let policy):
                let policy = SafeText.quoted(policy)
                reader.report(
                    "this flow can wait for ever: with a place in \(policy) it waits for a load of cache \(name), "
                        + "which can wait for that place", at: entry.keyMark,
                    suggestion: "put a timeout round it, or load and look up on the same side of \(policy)")
            case .load(let other):
                reader.report(
                    "this flow can wait for ever: while it loads for cache \(SafeText.quoted(other)) it waits for a "
                        + "load of cache \(name), which can wait for that one", at: entry.keyMark,
                    suggestion: "put a timeout round it, or look the caches up in the same order everywhere")
            }
        }
    }
}
