import Model
import Scenario
import Testing
import Trace

@testable import Workshop

@Suite("Kept runs")
struct RunShelfTests {
    private typealias Shelf = RunShelf<RunOutcome>
    private let document: ScenarioDocument

    init() throws {
        let yaml = """
            duration: 1s
            backends: { sql: { latency: 1ms } }
            flows: { page: [ call: sql.read ] }
            clients: { web: { flow: page, at: 0s } }
            """
        document = try ScenarioDocument(yaml: yaml, file: "small.yaml")
    }

    private func run(_ seed: UInt64) -> Run { Run(document, seed: seed) }

    /// Keeps runs of ten events.
    private func keep(_ seeds: UInt64..., on shelf: inout Shelf) {
        let events = Array(repeating: Event(time: .zero, kind: .mark), count: 10)
        let view = RunView(Trace(events: events), marks: [])
        for seed in seeds { shelf.keep(.finished(view), view, of: run(seed)) }
    }

    /// Which of these runs are there. Asking counts as use, so a test asks once.
    private func kept(_ seeds: ClosedRange<UInt64>, on shelf: inout Shelf) -> [UInt64] {
        seeds.filter { shelf.outcome(of: run($0)) != nil }
    }

    @Test("the run that nobody has asked for the longest goes first")
    func leastRecentlyUsedGoes() {
        var shelf = Shelf(mostEvents: 35)
        keep(1, 2, 3, on: &shelf)
        #expect(shelf.outcome(of: run(1)) != nil)
        keep(4, on: &shelf)
        let kept = kept(1...4, on: &shelf)
        #expect(kept == [1, 3, 4])
    }

    @Test("no more runs are kept than were allowed, however small")
    func mostRuns() {
        var shelf = Shelf(mostRuns: 3, mostEvents: 1_000_000)
        keep(1, 2, 3, 4, 5, on: &shelf)
        shelf.keep(.failed("no"), nil, of: run(6))
        let kept = kept(1...6, on: &shelf)
        #expect(kept == [4, 5, 6])
    }

    @Test("a run that undo goes back and forth to stays, whatever is tried in between")
    func usedRunsStay() {
        var shelf = Shelf(mostRuns: 3, mostEvents: 1_000_000)
        keep(1, on: &shelf)
        for seed in UInt64(2)...20 {
            keep(seed, on: &shelf)
            #expect(shelf.outcome(of: run(1)) != nil)
        }
    }

    @Test("the two used last are kept, however large: both may be on the screen")
    func twoLargeRunsAreKept() {
        var shelf = Shelf(mostEvents: 5)
        keep(1, 2, on: &shelf)
        #expect(shelf.outcome(of: run(2)) != nil)
        #expect(shelf.outcome(of: run(1)) != nil)
        keep(3, on: &shelf)
        let kept = kept(1...3, on: &shelf)
        #expect(kept == [1, 3])
    }

    @Test("keeping a run twice takes its room once")
    func sameRunTwice() {
        var shelf = Shelf(mostEvents: 35)
        keep(1, 1, 1, 2, 3, on: &shelf)
        #expect(shelf.count == 3)
    }
}
