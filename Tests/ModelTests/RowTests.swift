import Scenario
import Testing
import Trace

/// Optimistic concurrency: SEMANTICS 2.2.
@Suite struct RowTests {
    func run(_ steps: String, policies: String = "", at times: String, count: Int = 1) throws -> Trace {
        try rehearse(
            """
            duration: 60s
            network: { hop: 10ms }
            backends: { db: { latency: 0s, operations: { read: { reads: row }, write: { updates: row } } } }
            policies: { unused: [ { timeout: 1s } ]\(policies) }
            flows: { update: [ \(steps) ] }
            clients: { herd: { flow: update, at: [ \(times) ], times: \(count) } }
            """)
    }

    @Test func ofTwoWhoReadTheSameVersionOneWrites() throws {
        let trace = try run("{ call: db.read }, { call: db.write }", at: "0s", count: 5)
        #expect(
            trace.all(.callFinished).filter { trace.name($0.detail) == "write" }.map(\.outcome) == [
                .ok, .conflict, .conflict, .conflict, .conflict,
            ])
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .failed, .failed, .failed, .failed])
    }

    @Test func whoReadsAfterAWriteWrites() throws {
        let trace = try run("{ call: db.read }, { call: db.write }", at: "0s, 100ms, 200ms")
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .ok, .ok])
    }

    @Test func ownWritesAreKnown() throws {
        let trace = try run("{ call: db.read }, { call: db.write }, { call: db.write }", at: "0s")
        #expect(trace.ends() == ["60 ok"])
    }

    @Test func whoHasReadNothingWritesAnyway() throws {
        let trace = try run("{ call: db.write }", at: "0s", count: 3)
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .ok, .ok])
    }

    /// Each round the first to write wins: N requests that retry at once make N (N + 1) / 2 writes.
    @Test func retriesThatReadAgainAllWriteInTheEnd() throws {
        let trace = try run(
            "{ guard: { with: guarded, do: [ { call: db.read }, { call: db.write } ] } }",
            policies: ", guarded: [ { retry: { attempts: 100, backoff: none, on: [409] } } ]", at: "0s", count: 10)
        #expect(trace.all(.requestFinished).map(\.outcome) == Array(repeating: .ok, count: 10))
        #expect(trace.all(.callSent).filter { trace.name($0.detail) == "write" }.count == 55)
    }
}
