import Scenario
import Trace

final class CacheInstruction {
    let cache: CacheModel
    let key: Formula
    let ttl: Duration?
    let weight: Int
    let tags: [Formula]
    let steps: [Instruction]
    let slot: Int?
    let drawKey: DrawKey

    init(
        _ step: CacheStep, _ cache: CacheModel, key: Formula, tags: [Formula], steps: [Instruction], slot: Int?,
        drawKey: DrawKey
    ) {
        self.cache = cache
        self.key = key
        self.tags = tags
        self.steps = steps
        self.slot = slot
        self.drawKey = drawKey
        ttl = step.ttl
        weight = step.weight
    }
}

final class WriteInstruction {
    let cache: CacheModel
    let key: Formula
    /// `nil`: what the steps answer.
    let value: Formula?
    let weight: Int
    let tags: [Formula]
    /// Other keys whose data it changes.
    let changes: [Formula]
    let steps: [Instruction]
    let drawKey: DrawKey

    init(
        _ step: WriteStep, _ cache: CacheModel, key: Formula, value: Formula?, tags: [Formula], changes: [Formula],
        steps: [Instruction], drawKey: DrawKey
    ) {
        self.cache = cache
        self.key = key
        self.value = value
        self.tags = tags
        self.changes = changes
        self.steps = steps
        self.drawKey = drawKey
        weight = step.weight
        for call in Instruction.lastCalls(of: steps) { call.completesWrite = true }
    }
}

extension Instruction {
    /// The calls with which steps have done their work: the last that is written, on each way through them. What a
    /// cache loads is no part of it.
    fileprivate static func lastCalls(of steps: [Instruction]) -> [CallInstruction] {
        for step in steps.reversed() {
            let calls = step.lastCalls
            if !calls.isEmpty { return calls }
        }
        return []
    }

    private var lastCalls: [CallInstruction] {
        switch self {
        case .call(let call): return [call]
        case .send(let message): return [message.call]
        case .choose(let choice): return choice.branches.flatMap { Self.lastCalls(of: $0.steps) }
        case .sequence(let block), .repeat(let block, _): return Self.lastCalls(of: block.steps)
        case .parallel(let block): return block.steps.flatMap(\.lastCalls)
        case .forEach(let loop): return Self.lastCalls(of: loop.block.steps)
        case .guarded(let step): return Self.lastCalls(of: step.steps)
        case .write(let step): return Self.lastCalls(of: step.steps)
        case .fallback(let step):
            guard case .steps(let others) = step.otherwise else { return Self.lastCalls(of: step.steps) }
            return Self.lastCalls(of: step.steps) + Self.lastCalls(of: others)
        case .cache, .merge, .invalidate, .wait: return []
        }
    }
}

final class InvalidateInstruction {
    enum Target {
        case everything
        case keys([Formula])
        case pattern(Formula)
        case tag(Formula)
    }

    let cache: CacheModel
    let target: Target
    /// The event that tells the cache, and how long that is on its way; `nil`: the flow does it itself.
    let announcement: (name: NameID, delay: Sampler)?
    let drawKey: DrawKey

    init(_ cache: CacheModel, _ target: Target, announcement: (name: NameID, delay: Sampler)?, drawKey: DrawKey) {
        self.cache = cache
        self.target = target
        self.announcement = announcement
        self.drawKey = drawKey
    }
}
