import Scenario
import Testing
import Trace

@Suite struct CacheFlowTests {
    /// Reads through a cache, and a writer that invalidates.
    func run(
        reads: String, writes: String = "1h", invalidate: String = "{ in: sales, key: today }", ttl: String = "10s",
        interventions: [Intervention] = []
    ) throws -> Trace {
        try rehearse(
            """
            duration: 1h
            backends: { sql: { latency: 500ms } }
            caches: { sales: { latency: 50ms, ttl: \(ttl) } }
            flows:
              summary: [ { cache: { in: sales, key: today, do: [ { call: sql.sum } ] } } ]
              order: [ { call: sql.create_order }, { invalidate: \(invalidate) } ]
            clients:
              reader: { flow: summary, at: [ \(reads) ] }
              writer: { flow: order, at: [ \(writes) ] }
            """, interventions: interventions)
    }

    @Test func entryIsGoodForItsTimeToLiveFromItsStore() throws {
        // Stored at 600 ms; looked up 50 ms after each request.
        let trace = try run(reads: "0s, 10549ms, 10550ms, 30s")
        #expect(
            trace.story(.cacheHit, .cacheMiss, .cacheStored) == [
                "50 cacheMiss sales today", "600 cacheStored sales today", "10599 cacheHit sales today",
                "10600 cacheMiss sales today", "11150 cacheStored sales today", "30050 cacheMiss sales today",
                "30600 cacheStored sales today",
            ])
        #expect(trace.all(.cacheMiss).map(\.value) == [0, 1, 1])
        #expect(trace.all(.cacheHit).map(\.value) == [9_999_000_000])
        #expect(trace.all(.cacheStored).map(\.value) == [10_000_000_000, 10_000_000_000, 10_000_000_000])
        #expect(trace.why(trace.all(.cacheHit).first).prefix(2) == ["sales cacheHit", "sales cacheStored"])
        #expect(trace.why(trace.all(.cacheMiss)[1]).prefix(2) == ["sales cacheMiss", "sales cacheStored"])
    }

    /// A new order makes the next reader miss, and the trace says why.
    @Test(arguments: ["{ in: sales, key: today }", "{ in: sales }"])
    func invalidationCausesTheNextMiss(invalidate: String) throws {
        let trace = try run(reads: "0s, 3s", writes: "1500ms", invalidate: invalidate)
        #expect(
            trace.story(.cacheHit, .cacheMiss, .cacheInvalidated).dropFirst() == [
                invalidate == "{ in: sales }" ? "2000 cacheInvalidated sales" : "2000 cacheInvalidated sales today",
                "3050 cacheMiss sales today",
            ])
        #expect(trace.all(.cacheInvalidated).map(\.value) == [1])
        #expect(trace.all(.cacheMiss).map(\.value) == [0, 0])
        #expect(
            trace.why(trace.all(.cacheMiss)[1]).prefix(3) == [
                "sales cacheMiss", "sales cacheInvalidated", "sql callFinished",
            ])
    }

    @Test func invalidatingAnExpiredOrForeignKeyRemovesNothing() throws {
        let expired = try run(reads: "0s, 20s", writes: "15s")
        #expect(expired.all(.cacheInvalidated).map(\.value) == [0])
        #expect(expired.all(.cacheMiss).map(\.value) == [0, 1])
        let foreign = try run(reads: "0s, 3s", writes: "1s", invalidate: "{ in: sales, key: yesterday }")
        #expect(foreign.all(.cacheInvalidated).map(\.value) == [0])
        #expect(foreign.all(.cacheHit).count == 1)
    }

    /// Cache-aside's known race: a value read before the write is stored after the invalidation.
    @Test func readUnderWayStoresAStaleValueAfterTheInvalidation() throws {
        let trace = try run(reads: "0s, 2s", writes: "50ms")
        #expect(
            trace.story(.cacheInvalidated, .cacheStored, .cacheHit) == [
                "550 cacheInvalidated sales today", "600 cacheStored sales today", "2050 cacheHit sales today",
            ])
    }

    @Test func storedEntriesKeepTheTimeToLiveTheyWereStoredWith() throws {
        let trace = try run(
            reads: "0s, 5s, 20s, 22s", interventions: [at(4000, .set(path: "caches.sales.ttl", value: "1s"))])
        #expect(
            trace.story(.cacheHit, .cacheMiss) == [
                "50 cacheMiss sales today", "5050 cacheHit sales today", "20050 cacheMiss sales today",
                "22050 cacheMiss sales today",
            ])
    }

    @Test func keysAreMadeOfData() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends:
              sql: { latency: 10ms, operations: { get: { returns: { id: 42, ratio: 0.5, vip: true, name: Ana } } } }
            caches: { pages: { ttl: 10s } }
            flows:
              page:
                - call: { to: sql.get, as: user }
                - forEach:
                    in: [7, b]
                    as: item
                    do:
                      - cache:
                          in: pages
                          key: "u:$user.id:$user.ratio:$user.vip:$user.name:$item"
                          do: [ { call: sql.get } ]
            clients: { web: { flow: page, at: [0s, 1s] } }
            """)
        #expect(
            trace.story(.cacheMiss, .cacheHit) == [
                "10 cacheMiss pages u:42:0.5:true:Ana:7", "10 cacheMiss pages u:42:0.5:true:Ana:b",
                "1010 cacheHit pages u:42:0.5:true:Ana:7", "1010 cacheHit pages u:42:0.5:true:Ana:b",
            ])
    }
}
