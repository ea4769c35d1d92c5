import Scenario
import Simulation
import Testing
import Trace

@testable import Model

@Suite struct LimitTests {
    func error(_ yaml: String, _ interventions: [Intervention] = []) -> RunError? {
        do { _ = try rehearse(yaml, interventions: interventions) } catch { return error as? RunError }
        return nil
    }

    func limits(
        _ flow: String, _ client: String, maxEvents: Int = 20_000, backend: String = "latency: 1s",
        duration: String = "100h"
    ) -> String {
        """
        duration: \(duration)
        limits: { maxEvents: \(maxEvents) }
        backends: { db: { \(backend) } }
        caches: { c: { ttl: 1h } }
        flows: { page: \(flow) }
        clients: { web: { flow: page, \(client) } }
        """
    }

    @Test func timesAreHeldWithinTheirType() {
        #expect(Int64(3).addingSaturating(4) == 7)
        #expect(Int64.max.addingSaturating(1) == .max && Int64(1).addingSaturating(.max) == .max)
        #expect(Int64.min.addingSaturating(-1) == .min)
    }

    @Test func overloadWithoutAQueueLimitMeetsTheEventLimit() {
        let yaml = limits(
            "[ { call: db.run } ]", "arrivals: { rate: 0.01/s }", backend: "latency: 1h, concurrency: 1")
        let found = error(yaml, [at(1000, .set(path: "clients.web.arrivals", value: "{ rate: 0.05/s }"))])
        guard case .tooManyEvents(20_000, let time) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(time > .seconds(3600) && time < .seconds(360_000))
    }

    /// Time that stands still: the limit has to bite although no timer fires.
    @Test(arguments: [
        "[ { repeat: { times: 1000, do: [ { repeat: { times: 10, do: [ { wait: 0s } ] } } ] } } ]",
        "[ { repeat: { times: 9000, do: [ { invalidate: { in: c } }, { merge: concat } ] } } ]",
        "[ { repeat: { times: 9000, do: [ { cache: { in: c, key: k, do: [ { merge: zip } ] } } ] } } ]",
    ])
    func endlessWorkAtOneMomentMeetsTheEventLimit(flow: String) {
        let yaml = limits(flow, "at: [ 5s, 5s, 5s ]")
        #expect(error(yaml) == .tooManyEvents(limit: 20_000, at: .seconds(5)))
        #expect("\(RunError.tooManyEvents(limit: 20_000, at: .seconds(5)))".contains("limits.maxEvents"))
    }

    @Test func exactlyAsManyEventsAsAllowedIsFine() throws {
        let flow = "[ { call: db.run } ]"
        let count = try rehearse(limits(flow, "at: 0s")).events.count
        #expect(try rehearse(limits(flow, "at: 0s", maxEvents: count)).events.count == count)
        #expect(
            error(limits(flow, "at: 0s", maxEvents: count - 1)) == .tooManyEvents(limit: count - 1, at: .seconds(1)))
    }

    @Test func fanOutThatCannotFitIsNotEvenMade() {
        let flow = """
            [ { forEach: { in: { list: x, count: 100 }, as: a, save: as, do:
              [ { forEach: { in: { list: x, count: 100 }, as: b, do: [ { call: db.run } ] } } ] } } ]
            """
        #expect(error(limits(flow, "at: [0s, 1s]")) == .tooManyEvents(limit: 20_000, at: .zero))
    }

    /// Lists built from lists could double with each round.
    @Test func answersThatOutgrowTheirBoundsStopTheRun() {
        let doubled = (0..<30).map { "{ merge: { how: concat, of: [ $a\($0), $a\($0) ], as: a\($0 + 1) } }" }
        for flow in [
            "[ { call: { to: db.get, as: a0 } }, \(doubled.joined(separator: ", ")) ]",
            "[ { call: db.get }, { repeat: { times: 300, do: [ { merge: zip } ] } } ]",
        ] {
            let backend = "latency: 1s, operations: { get: { returns: { list: x, count: 100 } } }"
            let found = error(limits(flow, "at: 0s", backend: backend))
            guard case .tooMuchData(_, .seconds(1)) = found else {
                Issue.record("\(String(describing: found))")
                continue
            }
        }
    }

    @Test func cancelledRunStopsAndSaysWhen() throws {
        let document = try ScenarioDocument(
            yaml: limits("[ { call: db.run } ]", "arrivals: { poisson: 1/s }", maxEvents: 10_000_000), file: "test.yaml"
        )
        let cancellation = Cancellation()
        var reached: [VirtualTime] = []
        #expect(throws: RunError.self) {
            try Run(document).trace(cancellation: cancellation) { time in
                reached.append(time)
                if reached.count == 3 { cancellation.cancel() }
            }
        }
        #expect(reached.count >= 3 && reached.count < 6 && reached == reached.sorted())
    }

    /// A student changes a control a hundred times: nothing of the earlier runs may stay.
    @Test func nothingOutlivesARun() throws {
        final class Sink: TraceSink {
            var count: UInt32 = 0
            func name(_ text: String) -> NameID { .none }
            func declare(_ component: String, _ kind: Component.Kind) -> NameID { .none }
            func record(_ event: Event) -> EventID {
                count += 1
                return EventID(count)
            }
            func finish(at end: VirtualTime) {}
        }
        for flow in [
            "[ { call: db.run }, { wait: 1s } ]",
            "[ { parallel: [ { call: db.run }, { call: db.run } ] } ]",
            "[ { parallel: [ [ { call: db.run }, { wait: 1s } ], { wait: 500h } ] } ]",
            "[ { forEach: { in: [a, b, c], as: x, do: [ { call: db.run } ], limit: 2 } } ]",
            "[ { cache: { in: c, key: k, do: [ { call: db.run } ] } } ]",
        ] {
            for client in ["users: 3, think: 10s", "arrivals: { poisson: 0.4/s }", "at: [ 0s, 600s ]"] {
                let yaml = limits(flow, client, backend: "latency: 2s, concurrency: 1", duration: "601s")
                let document = try ScenarioDocument(yaml: yaml, file: "test.yaml")
                weak var sink: Sink?
                do {
                    let strong = Sink()
                    sink = strong
                    let hang = at(300_500, .inject(.hang, backend: "db", duration: nil))
                    try Run(document, interventions: [hang]).record(into: strong)
                    #expect(strong.count > 10)
                }
                #expect(sink == nil, "\(flow) \(client)")
            }
        }
    }
}
