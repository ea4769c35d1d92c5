import Scenario
import Testing
import Trace

/// How entries are taken away.
@Suite struct InvalidationTests {
    func run(_ invalidate: String, extra: String = "") throws -> Trace {
        try rehearse(
            """
            duration: 1m
            keys: { id: ["orders:1", "orders:2", list] }
            backends: { sql: { latency: 10ms } }
            caches: { near: { ttl: 60s \(extra) } }
            flows:
              read: [ { cache: { in: near, key: $key, tags: [catalogue, "of:$key"], do: { call: sql.get } } } ]
              drop: [ { invalidate: \(invalidate) }, call: sql.after ]
            clients:
              web: { flow: read, keys: id, at: [0s, 1s, 2s, 5s, 6s, 7s] }
              boss: { flow: drop, at: [3s] }
            """)
    }

    static let kinds: [EventKind] = [.cacheInvalidated, .cacheRemoved, .cacheHit, .cacheMiss]

    func story(_ trace: Trace) -> [String] {
        trace.events.filter { Self.kinds.contains($0.kind) && $0.time >= .seconds(3) }.map {
            trace.line($0).replacing("cache", with: "").replacing("near ", with: "")
        }
    }

    @Test func byKeys() throws {
        let trace = try run("{ in: near, keys: [list, \"orders:2\", nothing] }")
        #expect(
            story(trace) == [
                "3000 Invalidated list", "3000 Removed list", "3000 Invalidated orders:2", "3000 Removed orders:2",
                "3000 Invalidated nothing", "5000 Hit orders:1", "6000 Miss orders:2", "7000 Miss list",
            ])
        #expect(trace.values(.cacheInvalidated) == [1, 1, 0])
        let miss = try #require(trace.all(.cacheMiss).last)
        #expect(trace.why(miss).prefix(2) == ["near cacheMiss", "near cacheInvalidated"])
    }

    @Test func byPattern() throws {
        let trace = try run("{ in: near, pattern: \"orders:*\" }")
        #expect(
            story(trace).prefix(3) == [
                "3000 Invalidated orders:*", "3000 Removed orders:2", "3000 Removed orders:1",
            ])
        #expect(trace.values(.cacheInvalidated) == [2])
        #expect(trace.all(.cacheHit).count == 1)
    }

    @Test func byTag() throws {
        let all = try run("{ in: near, tag: catalogue }")
        #expect(
            story(all).prefix(4) == [
                "3000 Invalidated tag:catalogue", "3000 Removed orders:1", "3000 Removed orders:2",
                "3000 Removed list",
            ])
        let one = try run("{ in: near, tag: \"of:list\" }")
        #expect(one.values(.cacheInvalidated) == [1] && one.all(.cacheHit).count == 2)
    }

    /// Which tags a load has shows when it ends: what was invalidated meanwhile is not kept.
    @Test func byTagWhileItLoads() throws {
        let trace = try rehearse(
            """
            duration: 10s
            caches: { c: { ttl: 60s, coalesce: true } }
            backends: { db: { latency: 1s } }
            flows:
              read: [ cache: { in: c, key: p, tags: [t], do: { call: db.get } } ]
              other: [ cache: { in: c, key: q, tags: [u], do: { call: db.get } } ]
              drop: [ invalidate: { in: c, tag: t } ]
            clients:
              reader: { flow: read, at: [0s, 2s, 5s] }
              visitor: { flow: other, at: [0s, 2s] }
              boss: { flow: drop, at: 500ms }
            """)
        #expect(trace.all(.cacheMiss).map { trace.name($0.detail) } == ["p", "q", "p"])
        #expect(trace.all(.cacheHit).map { trace.name($0.detail) } == ["q", "p"])
    }

    @Test func everything() throws {
        let trace = try run("{ in: near }", extra: ", capacity: 10")
        #expect(trace.values(.cacheInvalidated) == [3] && trace.all(.cacheRemoved).count == 3)
        #expect(trace.all(.cacheHit).isEmpty)
    }

    @Test func byEventThatTakesItsTime() throws {
        let trace = try run("{ in: near, key: list, event: ProductUpdated, after: 3500ms }")
        #expect(
            trace.story(.backgroundStarted, .cacheInvalidated, .backgroundFinished) == [
                "3000 backgroundStarted near ProductUpdated", "6500 cacheInvalidated near list",
                "6500 backgroundFinished near ProductUpdated ok",
            ])
        // The flow did not wait for it.
        #expect(trace.all(.callSent).contains { trace.line($0) == "3000 callSent sql after" })
        #expect(trace.all(.cacheHit).count == 2)
    }

    /// A cache behind another: what was loaded from a stale one is as stale.
    @Test func layersPassOnWhatIsOutOfDate() throws {
        let trace = try rehearse(
            """
            duration: 1m
            backends: { sql: { latency: 10ms } }
            caches: { cdn: { ttl: 2s }, app: { ttl: 30s, writes: around } }
            flows:
              read:
                - cache: { in: cdn, key: a, do: [ { cache: { in: app, key: a, do: { call: sql.get } } } ] }
              update: [ { write: { in: app, key: a, do: { call: sql.update } } } ]
            clients:
              web: { flow: read, at: [0s, 1500ms, 4s, 5s] }
              boss: { flow: update, at: [1s] }
            """)
        #expect(
            trace.story(.cacheStaleServed) == [
                "1500 cacheStaleServed cdn a", "4000 cacheStaleServed app a", "5000 cacheStaleServed cdn a",
            ])
    }
}
