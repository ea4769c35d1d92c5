import Analysis
import Model
import Scenario
import Testing
import Trace

@testable import Workshop

/// What the picture shows of a breaker's window is what the breaker judges by.
@Suite struct BreakerWindowTests {
    @Test(arguments: ["3s", "700ms", "20"], 1...3) func theShareOfFailuresIsThatOfTheResultsShown(
        window: String, seed: Int
    ) throws {
        let yaml = """
            seed: \(seed)
            duration: 60s
            backends:
              pay: { latency: { exponential: 100ms }, faults: [ { from: 5s, to: 50s, errors: 30% } ] }
            policies:
              guarded: [ breaker: { ratio: 45%, window: \(window), minimum: 5, open: 2s } ]
            flows: { page: [ call: { to: pay.charge, with: guarded } ] }
            clients: { web: { flow: page, arrivals: { poisson: 15/s } } }
            """
        guard case .finished(let run) = try Run(ScenarioDocument(yaml: yaml, file: "window.yaml")).outcome() else {
            return #expect(Bool(false), "the run does not finish")
        }
        let trace = run.trace
        let index = RunView(run.trace).index
        var compared = 0
        for (place, event) in trace.events.enumerated() where event.kind == .breakerRecorded && event.value >= 0 {
            let cursor = trace.cursor(after: EventID(UInt32(place + 1)))
            let state = try #require(BreakerState(index, event.component, at: cursor, cells: .max))
            guard state.position == .closed else { continue }
            let share = Double(state.window.count { $0.outcome != .ok }) / Double(state.window.count)
            #expect(abs(share * 1e6 - Double(event.value)) <= 1, "at \(event.time), \(state.window.count) results")
            compared += 1
        }
        #expect(compared > 100)
    }
}
