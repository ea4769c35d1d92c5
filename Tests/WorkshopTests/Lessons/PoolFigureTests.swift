import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Figures of caches, pools and their servers: how they are read, and what they are.
@Suite struct PoolFigureTests {
    private let scope: MetricScope
    private let runs: LessonRuns

    init() throws {
        let yaml = SmallLesson.yaml
            .replacing(
                "sql: { latency: 100ms, concurrency: 1 }",
                with: """
                    sql: { latency: 100ms, concurrency: 1 }
                        shop: { latency: 10ms, balancer: roundRobin, servers: { s1: {}, s2: {} } }
                      caches:
                        memory: { ttl: 60s }
                    """
            )
            .replacing(
                "page: [ { call: sql.read } ]",
                with: """
                    page: [ { call: sql.read }, { cache: { in: memory, key: a, do: { call: shop.get } } } ]
                    """)
        let lesson = try LessonReader.read(SmallLesson.source(yaml: yaml))
        var scope = lesson.scope(of: nil)
        scope.tryingChanges = true
        self.scope = scope
        runs = LessonRuns(lesson)
    }

    private func shown() -> ShownRun {
        var sketch = TraceSketch(flows: ["page"], caches: ["memory"])
        sketch.declare("shop", .balancer)
        for name in ["s1", "s2"] { sketch.declare(name, .backend) }
        for name in ["s1", "s2"] { sketch.event(.serverJoined, at: 0, "shop", name, value: 1_000_000) }
        for (time, name) in [(10.0, "s1"), (20, "s1"), (30, "s2"), (600, "s1")] {
            sketch.event(.balancerPicked, at: time, "shop", name, value: 1)
        }
        sketch.event(.keyMoved, at: 30, "shop", "a")
        sketch.event(.serverDown, at: 700, "shop", "s2")
        sketch.event(.balancerRefused, at: 800, "shop")
        for (time, kind) in [(1.0, EventKind.cacheMiss), (2, .cacheHit), (3, .cacheHit), (4, .cacheHit)] {
            sketch.event(kind, at: time, "memory", "a")
        }
        sketch.event(.cacheStored, at: 5, "memory", "a", value: 1)
        sketch.event(.cacheDirtied, at: 5, "memory", "a", value: 1)
        sketch.event(.cacheLost, at: 600, "memory", "a")
        return ShownRun(scenario: "one", index: TraceIndex(sketch.finished(end: 1000)))
    }

    @Test(arguments: [
        ("cache.memory.ratio", MetricValue(0.75, .share)), ("cache.memory.hits until 3ms", MetricValue(2, .number)),
        ("cache.memory.maxDirty", MetricValue(1, .number)), ("cache.memory.dirty", MetricValue(0, .number)),
        ("cache.memory.dirty until 500ms", MetricValue(1, .number)), ("cache.memory.lost", MetricValue(1, .number)),
        ("cache.memory.entries", MetricValue(1, .number)), ("balancer.shop.picks", MetricValue(4, .number)),
        ("balancer.shop.picks after 100ms", MetricValue(1, .number)),
        ("balancer.shop.refused", MetricValue(1, .number)), ("balancer.shop.moved", MetricValue(1, .number)),
        ("balancer.shop.imbalance", MetricValue(1.5, .number)), ("server.s1.share", MetricValue(0.75, .share)),
        ("server.s2.picks", MetricValue(1, .number)), ("server.s2.down", MetricValue(1, .number)),
        ("server.s2.downTime", MetricValue(300, .time)),
        ("server.s2.downTime until 800ms", MetricValue(100, .time)), ("backend.s1.calls", MetricValue(0, .number)),
    ])
    func figures(text: String, expected: MetricValue) throws {
        let found = try runs.value(of: MetricParser.expression(text, in: scope).expression, shown: shown())
        #expect(found.unit == expected.unit && abs(found.amount - expected.amount) < 1e-9, "\(found)")
    }

    /// What the figures of one run have to do with each other, whatever they are.
    @Test(arguments: [
        "cache.memory.lookups = flow.page.requests", "cache.memory.hits + cache.memory.misses = cache.memory.lookups",
        "cache.memory.ratio = 50%", "cache.memory.stored = cache.memory.misses", "cache.memory.entries = 1",
        "balancer.shop.picks = cache.memory.misses", "server.s1.picks + server.s2.picks = balancer.shop.picks",
        "backend.s1.calls = server.s1.picks", "server.s1.share + server.s2.share = 100%",
        "balancer.shop.imbalance = 2", "balancer.shop.refused = 0", "server.s1.downTime = 0ms",
    ])
    func figuresOfARealRunAgree(text: String) throws {
        var scope = scope
        scope.scenario = "two"
        let condition = try MetricParser.condition(text, in: scope)
        let left = try runs.value(of: condition.left).amount
        #expect(try runs.holds(condition), "left is \(left)")
    }

    @Test(arguments: [
        ("cache.memry.hits", 6, "scenario \"one\" has no cache \"memry\"", "memory"),
        ("cache.memory.eviction", 13, "unknown measure \"eviction\" of a cache", "evictions"),
        ("balancer.sql.picks", 9, "scenario \"one\" has no balancer \"sql\"", ""),
        ("balancer.shop.pick", 14, "unknown measure \"pick\" of a balancer", "picks"),
        ("server.s3.picks", 7, "scenario \"one\" has no server \"s3\"", ""),
        ("backend.shop.calls", 8, "scenario \"one\" has no backend \"shop\"", "balancer.shop"),
        ("1 + cache.memory.ratio", 4, "a percentage cannot be added to a number", ""),
    ])
    func mistakesAreLocated(text: String, offset: Int, message: String, suggestion: String) throws {
        let error = try #require(throws: MetricSyntaxError.self) { try MetricParser.expression(text, in: scope) }
        #expect(error.message == message && error.offset == offset)
        #expect(suggestion.isEmpty || error.suggestion?.contains(suggestion) == true, "\(error.suggestion ?? "none")")
    }

    @Test(arguments: [
        ("cache.memory.ratio >= 90%", "memory, hit ratio >= 90\u{a0}%", "memory, tasa de aciertos >= 90\u{a0}%"),
        ("cache.memory.lost = 0", "memory, lost = 0", "memory, perdidas = 0"),
        ("balancer.shop.moved < 9", "shop, keys moved < 9", "shop, claves movidas < 9"),
        (
            "server.s2.downTime <= 1s", "s2, time down <= 1000\u{a0}ms", "s2, tiempo caído <= 1000\u{a0}ms"
        ),
    ])
    func goalsSpeakOfThem(text: String, english: String, spanish: String) throws {
        let condition = try MetricParser.condition(text, in: scope)
        func phrase(_ language: Language) -> String {
            GoalPhrase(condition: condition, controls: [], language: language, isUnicode: false).text
        }
        #expect(phrase(.english) == english && phrase(.spanish) == spanish)
    }
}
