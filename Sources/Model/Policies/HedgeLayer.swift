import Resilience
import Scenario
import Trace

/// Sends copies of slow work and takes the first answer: `Resilience`'s `HedgeCore` decides.
///
/// Work that must not be done twice has no copies once a call of it is on its way.
final class HedgeLayer: PolicyLayer, @unchecked Sendable {
    private var rule: HedgeRule
    private var rules: HedgeRules

    init(_ rule: HedgeRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        rules = try HedgeRules(after: rule.after, copies: rule.copies)
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let race = Race(strand, HedgeCore(rules), inside, component)
        _ = try await strand.join(race)
        guard let winner = race.winner else { throw Stopped(outcome: .cancelled, event: strand.cause) }
        // The copies that were overtaken ended after it.
        strand.cause = winner.strand.cause
        strand.answers += winner.strand.answers
        return winner.answer
    }

    override func currentSettings() -> [Setting] { [Setting("after", rule.after), Setting("copies", rule.copies)] }

    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .hedge(let rule) = rule, rule != self.rule else { return }
        rules = try HedgeRules(after: rule.after, copies: rule.copies)
        self.rule = rule
    }
}
