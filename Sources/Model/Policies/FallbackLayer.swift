import Scenario
import Trace

/// Answers something else when what is inside fails.
final class FallbackLayer: PolicyLayer, @unchecked Sendable {
    private var rule: FallbackRule
    private let keptAnswers = KeptAnswers()

    init(_ rule: FallbackRule, _ identity: LayerIdentity) {
        self.rule = rule
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let source = FallbackSource(rule, keptAnswers, key: inside.step.key)
        let before = strand.answers
        let failure: Stopped
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            if let answer { source.keep(answer, for: strand, component) }
            return answer
        } catch {
            failure = error
        }
        return try strand.substitute(source, for: failure, component, answers: before, slot: inside.step.slot)
    }

    override func adopt(_ rule: Layer.Rule, cause: EventID) {
        if case .fallback(let rule) = rule { self.rule = rule }
    }
}
