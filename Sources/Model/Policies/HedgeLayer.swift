import Resilience
import Scenario
import Simulation
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

/// The copies of one piece of work, each on a strand of its own. Confined to the run's thread.
private final class Race: Fork, @unchecked Sendable {
    private var core: HedgeCore<VirtualTime>
    private let inside: Inside
    private let component: NameID
    private let callsBefore: Int
    private var running: [Strand?]
    private var timer = Timer.none
    private var ended: Strand?
    private(set) var winner: (strand: Strand, answer: Datum?)?

    init(_ parent: Strand, _ core: HedgeCore<VirtualTime>, _ inside: Inside, _ component: NameID) {
        self.core = core
        self.inside = inside
        self.component = component
        callsBefore = parent.unrepeatableCalls
        running = [Strand?](repeating: nil, count: core.rules.copies + 1)
        super.init(parent, count: core.rules.copies + 1, limit: 1)
    }

    private var simulation: Simulation { parent.world.simulation }

    override func begin(_ index: Int) {
        let number = core.startNext(at: parent.world.now)
        let strand = parent.branch()
        running[index] = strand
        // The first copy draws what the work draws without the layer.
        if number > 0 { strand.key = inside.key(parent).part(number) }
        simulation.spawn {
            let result: Result<Datum?, Stopped>
            do throws(Stopped) { result = .success(try await self.run(number, strand)) } catch {
                result = .failure(error)
            }
            self.running[index] = nil
            self.ended = strand
            self.end(index, result, cause: strand.cause)
        }
        arm()
    }

    nonisolated(nonsending) private func run(_ number: Int, _ strand: Strand) async throws(Stopped) -> Datum? {
        let outer = strand.span
        let start = parent.world.now
        strand.span = parent.world.newSpan()
        strand.record(.copyStarted, of: component, parent: outer, value: Int64(number))
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            // Another one may have answered at this same moment.
            strand.record(
                .copyFinished, isCancelled ? .cancelled : .ok, of: component, parent: outer,
                value: strand.nanoseconds(since: start))
            return answer
        } catch {
            strand.cause = error.event
            strand.record(
                .copyFinished, error.outcome, of: component, parent: outer, value: strand.nanoseconds(since: start))
            throw error.after(strand.cause)
        }
    }

    override func settle(_ index: Int, _ result: Result<Datum?, Stopped>) {
        if isCancelled { return }
        let failure: Failure? = if case .failure(let stopped) = result { stopped.failure } else { nil }
        switch core.finished(failure, at: parent.world.now) {
        case .wait: arm()
        case .startNext: startNext(result)
        case .decided: decide(result)
        }
    }

    private func startNext(_ result: Result<Datum?, Stopped>?) {
        if parent.unrepeatableCalls == callsBefore {
            beginNext()
        } else if case .decided = core.stop(), let result {
            decide(result)
        }
    }

    private func decide(_ result: Result<Datum?, Stopped>) {
        simulation.cancel(timer)
        switch result {
        case .success(let answer): if let ended { winner = (ended, answer) }
        case .failure(let stopped): failure = stopped
        }
        cancel(Stopped(outcome: .cancelled, event: parent.cause))
    }

    private func arm() {
        simulation.cancel(timer)
        guard let due = core.due, hasNext else { return }
        timer = simulation.schedule(at: due) { if !self.isCancelled { self.startNext(nil) } }
    }

    override func cancel(_ index: Int, _ stop: Stopped) {
        simulation.cancel(timer)
        running[index]?.cancel(stop)
    }
}
