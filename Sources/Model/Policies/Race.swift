import Resilience
import Simulation
import Trace

/// The copies of one piece of work, each on a strand of its own. Confined to the run's thread.
final class Race: Fork, @unchecked Sendable {
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
