import Model
import Testing
import Trace

/// The trace of five services that the lesson on tracing shows: 320 ms that hold 120, 180 and 80 ms.
@Suite struct InsightsTests {
    static let yaml = """
        duration: 2s
        backends:
          insights:
            latency: 10ms
            operations:
              GetCustomerInsights:
                do:
                  - parallel: [ call: sales.history, call: behaviour.profile ]
                  - call: stock.check
                  - wait: 50ms
          sales: { latency: 0s, operations: { history: { do: [ call: sql.orders ] } } }
          behaviour: { latency: 0s, operations: { profile: { do: [ call: cosmos.events ] } } }
          stock: { latency: 0s, operations: { check: { do: [ call: rest.levels ] } } }
          gateway: { latency: 0s, operations: { get: { do: [ call: insights.GetCustomerInsights ] } } }
          sql: { latency: 120ms }
          cosmos: { latency: 180ms }
          rest: { latency: 80ms }
        flows: { page: [ call: gateway.get ] }
        clients: { web: { flow: page, at: 0s } }
        """

    @Test func theReferenceTraceCanBeWritten() throws {
        let trace = try rehearse(Self.yaml)
        func took(_ component: String) -> [Double] {
            trace.all(.callFinished, component).map { Double($0.value) / 1e6 }
        }
        #expect(took("insights") == [320])
        #expect(took("sql") == [120])
        #expect(took("cosmos") == [180])
        #expect(took("rest") == [80])
        #expect(trace.latencies == [320])
        // 120 and 180 overlap; 80 comes after: 10 + 180 + 80 + 50.
        #expect(trace.all(.callSent, "sql").first?.time == trace.all(.callSent, "cosmos").first?.time)
        #expect(trace.all(.callSent, "rest").first?.time == trace.all(.callFinished, "cosmos").first?.time)
    }

    @Test func eachCallIsInsideTheServiceThatMakesIt() throws {
        let trace = try rehearse(Self.yaml)
        var holder: [SpanID: (parent: SpanID, name: String)] = [:]
        for event in trace.events where event.kind.opensSpan {
            holder[event.span] = (event.parent, trace.name(event.kind == .callSent ? event.component : event.detail))
        }
        func path(_ span: SpanID) -> [String] {
            holder[span].map { [$0.name] + path($0.parent) } ?? []
        }
        let sql = try #require(trace.all(.callSent, "sql").first)
        #expect(path(sql.span) == ["sql", "sales", "parallel", "insights", "gateway", "page"])
    }
}
