import Simulation
import Trace

extension Strand {
    /// Takes the branch on which the draw falls, if it falls on one.
    nonisolated(nonsending) func choose(_ step: ChooseInstruction) async throws(Stopped) -> Datum? {
        let draw = step.isForRequest ? origin.part(step.key) : key.part(step.key)
        let chosen = step.choice(step.stream.uniform(at: draw.value))
        record(
            .branchChosen, detail: chosen.map { step.branches[$0].label } ?? .none, value: Int64(chosen ?? -1))
        guard let chosen else { return nil }
        return try await run(step.branches[chosen].steps)
    }
}

final class ChooseInstruction {
    struct Branch {
        var label: NameID
        var share: Double
        var steps: [Instruction]
    }

    let branches: [Branch]
    /// Whether the draw is the request's own, so that choices by the same name fall alike.
    let isForRequest: Bool
    let key: DrawKey
    let stream: RandomStream

    init(branches: [Branch], isForRequest: Bool, key: DrawKey, stream: RandomStream) {
        self.branches = branches
        self.isForRequest = isForRequest
        self.key = key
        self.stream = stream
    }

    /// Shares one after another from 0 to 1: the branch that a number falls on.
    func choice(_ number: Double) -> Int? {
        var bound = 0.0
        for (place, branch) in branches.enumerated() {
            bound += branch.share
            // Shares that make up the whole may miss 1 by a rounding.
            if number < bound || bound > 1 - 1e-9 && branch.share > 0 { return place }
        }
        return nil
    }
}
