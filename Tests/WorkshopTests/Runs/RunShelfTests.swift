import Model
import Scenario
import Testing
import Trace

@testable import Workshop

@Suite("Kept runs")
struct RunShelfTests {
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

    /// A run of ten events.
    private func view() -> Result<RunView, RunError> {
        let event = Event(time: .zero, kind: .mark)
        return .success(RunView(Trace(events: Array(repeating: event, count: 10)), marks: []))
    }

    @Test("the run that nobody has asked for the longest goes first")
    func leastRecentlyUsedGoes() {
        var shelf = RunShelf(mostEvents: 25)
        shelf.keep(view(), of: run(1))
        shelf.keep(view(), of: run(2))
        #expect(shelf.result(of: run(1)) != nil)
        shelf.keep(view(), of: run(3))
        #expect(shelf.result(of: run(2)) == nil)
        #expect(shelf.result(of: run(1)) != nil)
        #expect(shelf.result(of: run(3)) != nil)
    }

    @Test("a run larger than the shelf is kept, alone")
    func largeRunIsKept() {
        var shelf = RunShelf(mostEvents: 5)
        shelf.keep(view(), of: run(1))
        #expect(shelf.result(of: run(1)) != nil)
        shelf.keep(view(), of: run(2))
        #expect(shelf.result(of: run(1)) == nil)
        #expect(shelf.result(of: run(2)) != nil)
    }

    @Test("keeping a run twice takes its room once")
    func sameRunTwice() {
        var shelf = RunShelf(mostEvents: 25)
        for _ in 1...3 { shelf.keep(view(), of: run(1)) }
        shelf.keep(view(), of: run(2))
        #expect(shelf.result(of: run(1)) != nil)
    }
}
