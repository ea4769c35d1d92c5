import Scenario
import Testing
import Trace

/// Which keys requests are about.
@Suite struct KeyTests {
    static func trace(
        _ keys: String, clients: String = "web: { flow: page, keys: k, arrivals: { rate: 100/s } }",
        duration: String = "10s", interventions: [Intervention] = []
    ) throws -> Trace {
        try rehearse(
            """
            duration: \(duration)
            keys: { k: \(keys) }
            backends: { sql: { latency: 1ms, operations: { get: { knows: { list: k, count: 3 } } } } }
            flows: { page: [ call: sql.get ] }
            clients: { \(clients) }
            """, interventions: interventions)
    }

    static func keys(_ trace: Trace) -> [String] { trace.all(.requestKeyed).map { trace.name($0.detail) } }

    @Test func listedKeysComeInOrderOverAndOver() throws {
        let list = "[user:1, user:1, user:2, user:3, user:1]"
        let trace = try Self.trace(list, duration: "60ms")
        #expect(Self.keys(trace) == ["user:1", "user:1", "user:2", "user:3", "user:1", "user:1"])
        #expect(trace.story()[1...2] == ["0 requestStarted web page", "0 requestKeyed web user:1"])
    }

    @Test func loopAndScanCount() throws {
        #expect(try Self.keys(Self.trace("{ loop: 3 }", duration: "50ms")) == ["k-1", "k-2", "k-3", "k-1", "k-2"])
        #expect(try Self.keys(Self.trace("scan", duration: "40ms")) == ["k-1", "k-2", "k-3", "k-4"])
    }

    @Test func zipfKeysAreAsPopularAsTheirRank() throws {
        let keys = try Self.keys(Self.trace("{ zipf: 1, count: 100 }", duration: "200s"))
        let count = { (key: String) in Double(keys.count { $0 == key }) / Double(keys.count) }
        // 1 / (k H(100)), H(100) = 5.18738.
        #expect(abs(count("k-1") - 0.1928) < 0.01)
        #expect(abs(count("k-10") - 0.0193) < 0.004)
    }

    @Test func uniformKeysAreAlike() throws {
        let keys = try Self.keys(Self.trace("{ uniform: 10 }", duration: "100s"))
        #expect(Set(keys).count == 10)
        #expect((1...10).allSatisfy { rank in abs(keys.count { $0 == "k-\(rank)" } - 1000) < 120 })
    }

    @Test func hotspotMovesOn() throws {
        let keys = try Self.keys(
            Self.trace("{ hotspot: { count: 100, hot: 10, share: 90%, every: 10s } }", duration: "20s"))
        let hot = { (range: Range<Int>, ranks: ClosedRange<Int>) in
            keys[range].count { key in ranks.contains { key == "k-\($0)" } }
        }
        #expect(abs(hot(0..<1000, 1...10) - 900) < 40)
        #expect(abs(hot(1000..<2000, 11...20) - 900) < 40)
        #expect(hot(1000..<2000, 1...10) < 40)
    }

    /// A draw belongs to its request: another client, or more requests, changes no other's.
    @Test func oneClientsKeysAreItsOwn() throws {
        let alone = try Self.trace("{ uniform: 1000 }")
        let clients = [("web", 100), ("zoo", 33)].map { name, rate in
            "\(name): { flow: page, keys: k, arrivals: { rate: \(rate)/s } }"
        }
        let both = try Self.trace("{ uniform: 1000 }", clients: clients.joined(separator: ", "))
        let web = both.all(.requestKeyed).filter { both.name($0.component) == "web" }.map { both.name($0.detail) }
        #expect(web == Self.keys(alone))
    }

    @Test func anotherPopularityGoesOnFromThere() throws {
        let trace = try Self.trace(
            "{ loop: 3 }", duration: "60ms", interventions: [at(25, .set(path: "keys.k.loop", value: "100"))])
        #expect(Self.keys(trace) == ["k-1", "k-2", "k-3", "k-4", "k-5", "k-6"])
    }

    @Test func unknownKeyIsNotFound() throws {
        let trace = try Self.trace("[k-1, k-3, k-4, other]", duration: "40ms")
        #expect(trace.all(.callFinished).map(\.outcome) == [.ok, .ok, .notFound, .notFound])
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok, .ok, .failed, .failed])
    }

    @Test func callsAndCachesSeeTheKey() throws {
        let trace = try rehearse(
            """
            duration: 30ms
            keys: { k: { loop: 3 } }
            backends: { sql: { latency: 1ms, operations: { get: { knows: [ "k-1", "x:k-2", "2" ] } } } }
            caches: { near: { ttl: 1s } }
            flows:
              page:
                - cache: { in: near, key: "page:$key", do: [ call: { to: sql.get, key: "x:$key" } ] }
              other: [ forEach: { in: [1, 2], as: item, do: [ call: { to: sql.get, key: $item } ] } ]
            clients:
              web: { flow: page, keys: k, arrivals: { rate: 100/s } }
              app: { flow: other, at: [ 5ms ] }
            """)
        #expect(trace.all(.cacheLookup).map { trace.name($0.detail) } == ["page:k-1", "page:k-2", "page:k-3"])
        #expect(trace.all(.callFinished).map(\.outcome) == [.notFound, .notFound, .ok, .notFound])
    }
}
