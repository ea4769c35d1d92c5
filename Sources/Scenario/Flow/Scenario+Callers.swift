extension Scenario {
    /// The backends, caches and servers that no request ever comes to: no flow that a client runs uses them, and no
    /// operation that such a flow calls. O(steps).
    public var uncalled: Set<String> {
        var callers = Callers(self)
        let run = Set(clients.map(\.flow))
        for flow in flows where run.contains(flow.name) { callers.follow(flow.steps) }
        let idle = backends.filter { !callers.called.contains($0.name) }
        return Set(idle.map(\.name) + idle.flatMap { $0.pool?.servers.map(\.backend.name) ?? [] })
            .union(caches.map(\.name).filter { !callers.called.contains($0) })
    }
}

/// Follows steps to whatever they use.
private struct Callers {
    private(set) var called: Set<String> = []
    /// What operations do, by backend and operation. For look-up only.
    private var services: [[String]: [Step]] = [:]

    init(_ scenario: Scenario) {
        for backend in scenario.backends {
            for service in [backend] + (backend.pool?.servers.map(\.backend) ?? []) {
                for operation in service.operations {
                    services[[backend.name, operation.name], default: []] += operation.steps
                }
            }
        }
    }

    mutating func follow(_ steps: [Step]) {
        for step in steps { follow(step) }
    }

    private mutating func follow(_ step: Step) {
        switch step {
        case .call(let call): follow(call)
        case .send(let send): follow(send.call)
        case .sequence(let steps), .parallel(let steps), .repeat(_, let steps): follow(steps)
        case .forEach(let loop): follow(loop.steps)
        case .choose(let choose): for branch in choose.branches { follow(branch.steps) }
        case .guarded(let guarded): follow(guarded.steps)
        case .fallback(let step):
            follow(step.steps)
            if case .steps(let others) = step.otherwise { follow(others) }
        case .cache(let step):
            called.insert(step.cache)
            follow(step.steps)
        case .write(let step):
            called.insert(step.cache)
            follow(step.steps)
        case .invalidate(let step): called.insert(step.cache)
        case .merge, .wait: break
        }
    }

    /// An operation's steps are followed once.
    private mutating func follow(_ call: Call) {
        called.insert(call.backend)
        if let steps = services.removeValue(forKey: [call.backend, call.operation]) { follow(steps) }
    }
}
