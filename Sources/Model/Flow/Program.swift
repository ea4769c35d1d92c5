import Scenario
import Simulation
import Trace

/// A flow, or what an operation does, made ready to run: names looked up, parts found, every step told apart from the
/// others.
final class Program: @unchecked Sendable {  // Never changes, and is confined to the run's thread.
    let label: NameID
    let body: [Instruction]
    /// How many names the flow saves answers under.
    let slotCount: Int
    /// Where the flow looks for the key that its request is about, if it does.
    let keySlot: Int?

    init(label: NameID, body: [Instruction], slotCount: Int, keySlot: Int? = nil) {
        self.label = label
        self.body = body
        self.slotCount = slotCount
        self.keySlot = keySlot
    }
}

/// One step of a ``Program``.
enum Instruction: @unchecked Sendable {  // As above.
    case call(CallInstruction)
    case send(SendInstruction)
    case sequence(Block)
    case parallel(Block)
    case forEach(ForEachInstruction)
    case merge(MergeInstruction)
    case cache(CacheInstruction)
    case write(WriteInstruction)
    case invalidate(InvalidateInstruction)
    case wait(Sampler, key: DrawKey)
    case `repeat`(Block, times: Int)
    case choose(ChooseInstruction)
    case guarded(GuardInstruction)
    case fallback(FallbackInstruction)
}

/// Steps that belong together.
final class Block {
    let label: NameID
    let steps: [Instruction]
    /// The steps, when each of them is a call.
    let calls: [CallInstruction]?

    init(label: NameID, steps: [Instruction]) {
        self.label = label
        self.steps = steps
        let calls = steps.compactMap { if case .call(let call) = $0 { call } else { nil } }
        self.calls = calls.count == steps.count ? calls : nil
    }
}

final class CallInstruction {
    let target: CallTarget
    /// Only what can fail: arguments that refer to earlier answers.
    let arguments: [Formula]
    /// What it is about; `nil`: what its request is about.
    let subject: Formula?
    let slot: Int?
    let key: DrawKey
    private let hasIdempotencyKey: Bool
    /// Whether the write that it is a part of is done with it. Set before the run.
    var completesWrite = false

    init(
        target: CallTarget, arguments: [Formula], subject: Formula?, slot: Int?, key: DrawKey, hasIdempotencyKey: Bool
    ) {
        self.target = target
        self.arguments = arguments
        self.subject = subject
        self.slot = slot
        self.key = key
        self.hasIdempotencyKey = hasIdempotencyKey
    }

    /// Whether it has to be looked at what the call sends: data can be missing.
    var isMadeOfData: Bool { !arguments.isEmpty || subject != nil }
    /// Whether a second copy of the call does no harm.
    var isRepeatable: Bool { target.isIdempotent || hasIdempotencyKey }
}

final class ForEachInstruction {
    let block: Block
    let items: Formula
    let itemSlot: Int
    let concurrency: Int
    let slot: Int?

    init(block: Block, items: Formula, itemSlot: Int, concurrency: Int, slot: Int?) {
        self.block = block
        self.items = items
        self.itemSlot = itemSlot
        self.concurrency = concurrency
        self.slot = slot
    }
}

final class MergeInstruction {
    let kind: Merge.Kind
    let label: NameID
    let parts: [Formula]
    let slot: Int?

    init(kind: Merge.Kind, label: NameID, parts: [Formula], slot: Int?) {
        self.kind = kind
        self.label = label
        self.parts = parts
        self.slot = slot
    }
}

final class GuardInstruction {
    let policy: PolicyModel
    /// `backend.operation` of a call; none for steps.
    let label: NameID
    /// What the policy guards: a call, or the steps of a `guard`.
    let steps: [Instruction]
    /// Where a call's answer is saved, and so what stands in for it.
    let slot: Int?
    /// Which work it is, for what a policy draws and keeps for each.
    let key: DrawKey

    init(policy: PolicyModel, label: NameID = .none, steps: [Instruction], slot: Int?, key: DrawKey) {
        self.policy = policy
        self.label = label
        self.steps = steps
        self.slot = slot
        self.key = key
    }
}

final class FallbackInstruction {
    let label: NameID
    let steps: [Instruction]
    let otherwise: Otherwise
    let slot: Int?

    enum Otherwise {
        case rule(FallbackSource)
        case steps([Instruction])
    }

    init(label: NameID, steps: [Instruction], otherwise: Otherwise, slot: Int?) {
        self.label = label
        self.steps = steps
        self.otherwise = otherwise
        self.slot = slot
    }
}
