import Scenario
import Simulation
import Trace

/// Makes a ``Program`` of a ``Flow``.
struct Compiler {
    private let world: World
    private let backends: [BackendModel]
    private let pools: [PoolModel]
    private let caches: [(name: String, model: CacheModel)]
    private let policies: [PolicyModel]
    private let keptAnswers: KeptAnswers
    private var flow = ""
    private var names: [String] = []
    /// How many times each kind of work has been met in the flow: see ``DrawKey``.
    private var met: [String: Int] = [:]

    init(
        world: World, backends: [BackendModel], pools: [PoolModel], caches: [(name: String, model: CacheModel)],
        policies: [PolicyModel], keptAnswers: KeptAnswers
    ) {
        self.world = world
        self.backends = backends
        self.pools = pools
        self.caches = caches
        self.policies = policies
        self.keptAnswers = keptAnswers
    }

    func compile(_ flow: Flow) -> Program { compile(flow.steps, of: flow.name) }

    /// - Parameter name: a flow, or `backend.operation`.
    func compile(_ steps: [Step], of name: String) -> Program {
        var compiler = self
        compiler.flow = name
        let body = compiler.compile(steps)
        return Program(
            label: world.name(name), body: body, slotCount: compiler.names.count,
            keySlot: compiler.names.firstIndex(of: "key"))
    }

    private mutating func compile(_ steps: [Step]) -> [Instruction] {
        var instructions: [Instruction] = []
        for step in steps {
            if let instruction = compile(step) { instructions.append(instruction) }
        }
        return instructions
    }

    /// `nil`: a step on a backend, cache or policy that is not there, which a valid scenario does not have.
    private mutating func compile(_ step: Step) -> Instruction? {
        switch step {
        case .call(let call): return compile(call)
        case .send(let send):
            let stream = world.simulation.stream(send.call.backend, "lost")
            return unguarded(send.call).map { .send(SendInstruction($0, lost: send.lost, stream: stream)) }
        case .sequence(let steps): return .sequence(block("sequence", steps))
        case .parallel(let steps): return .parallel(block("parallel", steps))
        case .forEach(let loop): return compile(loop)
        case .merge(let merge):
            let parts = merge.parts.map { formula($0) }
            return .merge(
                MergeInstruction(
                    kind: merge.kind, label: world.name(merge.kind.rawValue), parts: parts, slot: slot(merge.saveAs)))
        case .cache(let step): return compile(step)
        case .write(let step): return compile(step)
        case .invalidate(let step): return compile(step)
        case .wait(let latency):
            return .wait(Sampler(latency, world.simulation.stream("flow", "wait")), key: key("wait"))
        case .repeat(let times, let steps):
            let block = block("repeat", steps)
            return .repeat(block, times: block.steps.isEmpty ? 0 : times)
        case .choose(let choose): return compile(choose)
        case .guarded(let guarded): return compile(guarded)
        case .fallback(let step): return compile(step)
        }
    }

    private mutating func compile(_ call: Call) -> Instruction? {
        guard let instruction = unguarded(call) else { return nil }
        guard let name = call.policy else { return .call(instruction) }
        guard let policy = policy(name) else { return nil }
        return .guarded(
            GuardInstruction(
                policy: policy, label: world.name("\(call.backend).\(call.operation)"), steps: [.call(instruction)],
                slot: instruction.slot, key: placeKey("guard \(name)")))
    }

    private mutating func compile(_ guarded: Guarded) -> Instruction? {
        guard let policy = policy(guarded.policy) else { return nil }
        let key = placeKey("guard \(guarded.policy)")
        return .guarded(GuardInstruction(policy: policy, steps: compile(guarded.steps), slot: nil, key: key))
    }

    private mutating func compile(_ choose: Choose) -> Instruction {
        let key = choose.by.map { DrawKey("choice \($0)") } ?? self.key("choice")
        let branches = choose.branches.map { branch in
            ChooseInstruction.Branch(
                label: branch.label.map { world.name($0) } ?? .none, share: branch.share, steps: compile(branch.steps))
        }
        return .choose(
            ChooseInstruction(
                branches: branches, isForRequest: choose.by != nil, key: key,
                stream: world.simulation.stream("flow", "choice")))
    }

    private mutating func compile(_ step: FallbackStep) -> Instruction {
        let key = placeKey("fallback")
        let steps = compile(step.steps)
        let otherwise: FallbackInstruction.Otherwise =
            switch step.otherwise {
            case .rule(let rule): .rule(FallbackSource(rule, keptAnswers, key: key))
            case .steps(let steps): .steps(compile(steps))
            }
        return .fallback(
            FallbackInstruction(
                label: world.name("fallback"), steps: steps, otherwise: otherwise, slot: slot(step.saveAs)))
    }

    private mutating func unguarded(_ call: Call) -> CallInstruction? {
        guard let target = target(call) else { return nil }
        let arguments = call.arguments.map { formula($0.value) }.filter {
            if case .literal = $0 { false } else { true }
        }
        return CallInstruction(
            target: target, arguments: arguments, subject: call.key.map { formula($0) }, slot: slot(call.saveAs),
            key: key("call \(call.backend).\(call.operation)"),
            hasIdempotencyKey: call.hasIdempotencyKey)
    }

    private func target(_ call: Call) -> CallTarget? {
        if let pool = pools.first(where: { $0.name == call.backend }) {
            return .pool(pool, operation: call.operation)
        }
        return backends.first { $0.name == call.backend }.map { .backend($0, $0.operation(call.operation)) }
    }

    private mutating func compile(_ loop: ForEach) -> Instruction {
        let items = formula(loop.items)
        let itemSlot = slot(loop.itemName)
        let block = block("forEach \(loop.itemName)", loop.steps)
        return .forEach(
            ForEachInstruction(
                block: block, items: items, itemSlot: itemSlot, concurrency: max(loop.concurrency ?? .max, 1),
                slot: slot(loop.saveAs)))
    }

    private mutating func compile(_ step: CacheStep) -> Instruction? {
        guard let cache = cache(step.cache) else { return nil }
        let key = formula(step.key)
        let tags = step.tags.map { formula($0) }
        let drawKey = self.key("cache \(step.cache)")
        let steps = compile(step.steps)
        return .cache(
            CacheInstruction(
                step, cache, key: key, tags: tags, steps: steps, slot: slot(step.saveAs), drawKey: drawKey))
    }

    private mutating func compile(_ step: WriteStep) -> Instruction? {
        guard let cache = cache(step.cache) else { return nil }
        let key = formula(step.key)
        let value = step.value.map { formula($0) }
        let tags = step.tags.map { formula($0) }
        let changes = step.changes.map { formula($0) }
        let drawKey = self.key("write \(step.cache)")
        return .write(
            WriteInstruction(
                step, cache, key: key, value: value, tags: tags, changes: changes, steps: compile(step.steps),
                drawKey: drawKey))
    }

    private mutating func compile(_ step: Invalidate) -> Instruction? {
        guard let cache = cache(step.cache) else { return nil }
        let target: InvalidateInstruction.Target =
            switch step.target {
            case .everything: .everything
            case .keys(let keys): .keys(keys.map { formula($0) })
            case .pattern(let pattern): .pattern(formula(pattern))
            case .tag(let tag): .tag(formula(tag))
            }
        let announcement = step.event.map { event in
            let delay = step.after ?? .fixed(.zero)
            return (world.name(event), Sampler(delay, world.simulation.stream(step.cache, "event")))
        }
        let key = key("invalidate \(step.cache)")
        return .invalidate(InvalidateInstruction(cache, target, announcement: announcement, drawKey: key))
    }

    private mutating func block(_ label: String, _ steps: [Step]) -> Block {
        Block(label: world.name(label), steps: compile(steps))
    }

    private func cache(_ name: String) -> CacheModel? { caches.first { $0.name == name }?.model }
    private func policy(_ name: String) -> PolicyModel? { policies.first { $0.name == name } }

    /// The identity of a piece of work: what it is, and which of these in the flow.
    private mutating func key(_ name: String) -> DrawKey {
        let number = met[name, default: 0]
        met[name] = number + 1
        return DrawKey(name).part(number)
    }

    /// The same, told apart from that of other flows.
    private mutating func placeKey(_ name: String) -> DrawKey { DrawKey(flow).part(key(name)) }

    private mutating func slot(_ name: String) -> Int {
        if let known = names.firstIndex(of: name) { return known }
        names.append(name)
        return names.count - 1
    }

    private mutating func slot(_ name: String?) -> Int? {
        if let name { slot(name) } else { nil }
    }

    private mutating func formula(_ expression: Expression) -> Formula {
        switch expression {
        case .literal(let value): return .literal(Datum(value))
        case .reference(let path):
            return .reference(
                slot: slot(path.first ?? ""), path: path.dropFirst(), source: "$" + path.joined(separator: "."))
        case .joined(let parts): return .joined(parts.map { formula($0) })
        }
    }
}
