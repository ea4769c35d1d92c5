import Analysis
import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct CachePanelTests {
    private let panel = CachePanel()
    private let five = TraceSketch.fiveReads()

    /// Capacity 2: what came, what went, and the counts.
    @Test func fiveReadsTellTheirStory() {
        #expect(
            drawn(panel, PanelContext(five, at: 3500), width: 46, height: 13) == """
                LRU  2 of 2            1 hit  3 misses  25.0 %
                  user:3 ███████▉ 59.6 s
                ↓ user:2 ███████▉ 58.6 s
                ↓ next out user:2: unused for longest

                user:1 MISS in
                user:1 HIT  900 ms old
                user:2 MISS in
                user:3 MISS in, user:1 out
                """)
    }

    @Test func inSpanishWithPlainCharacters() {
        #expect(
            drawn(panel, PanelContext(five, at: 6000, .spanish, .ascii), width: 46, height: 13) == """
                LRU  2 de 2        1 acierto  4 fallos  20,0 %
                  user:1 #######. 58,1 s
                v user:3 #######. 57,1 s
                v sale la próxima user:3

                user:1 FALLO   entra
                user:1 ACIERTO de hace 900 ms
                user:2 FALLO   entra
                user:3 FALLO   entra, sale user:1
                user:1 FALLO   entra, sale user:2
                """)
    }

    @Test func whileTheFirstKeyIsLoadedThePlacesAreFree() {
        #expect(
            drawn(panel, PanelContext(five, at: 50), width: 46, height: 13) == """
                LRU  0 of 2              0 hits  1 miss  0.0 %
                  ·
                  ·
                room for 2 more

                user:1 MISS loading
                """)
    }

    @Test func withoutRoomTheLastLookUpsAndTheNumbersStay() {
        #expect(
            drawn(panel, PanelContext(five, at: 6000), width: 30, height: 4) == """
                LRU  2 of 2        1/5  20.0 %
                 █user:1 ↓█user:3
                user:3 MISS in, user:1 out
                user:1 MISS in, user:2 out
                """)
        #expect(drawn(panel, PanelContext(five, at: 6000), width: 40, height: 1).contains("20.0 %  2 of 2"))
    }

    /// The names of the field: T1 and T2 with their values, B1 and B2 without.
    @Test func severalListsAreToldApart() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.arc, at: 20_000), width: 62, height: 12) == """
                ARC  100 of 100                            0 hits  0 misses  –
                T1 38 ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▆ ▆▆▆▆▆▆▆▆▆▆ ▆▆▆▆▆▆▆▆
                T2 62 ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇
                      ▇▇▇▇▇▇▇▇▇▇ ▇↓
                B1 60 ░░░░░░░░░░ ░░░░░░░░░░ ░░░░░░░░░░ ░░░░░░░░░░ ░░░░░░░░░░
                      ░░░░░░░░░░
                B2 12 ░░░░░░░░░░ ░░
                ↓ next out product-39: last in T2   T1 aims at 45
                """)
        let queues = TraceSketch.listed("s3fifo", [(.small, 3), (.main, 12), (.ghost, 9)])
        #expect(
            drawn(panel, PanelContext(queues, at: 4000), width: 62, height: 7) == """
                S3-FIFO  15 of 15                          0 hits  0 misses  –
                small 3 ▃▃↓
                main 12 ▃▃▃▃▃▃▃▃▃▃ ▃▃
                ghost 9 ░░░░░░░░░
                ↓ next out product-1: oldest in small, hardly used
                """)
    }

    @Test func marksTheHandAndWhoIsNextStandAtTheirKeys() {
        let run = TraceSketch.busyCaches(capacity: 20, reads: 300, rules: ["sieve"])
        #expect(
            drawn(panel, PanelContext(run, at: 1200), width: 62, height: 9) == """
                SIEVE  20 of 20                   135 hits  106 misses  56.0 %
                 ▃20  ↓▃18   ▃11   █36•  █16•  ▃57   █53•  █9•   █12•  █17•
                 █2•   █45•  ▃19   █10•  ▃47   █54•  █5•   █3•   █1•   █4•
                ↓ next out product-18: no mark   → hand at product-18
                █ asked for again  ▃ not

                   1.190  product-18 MISS in, product-24 out
                   1.195  product-20 MISS in, product-8 out
                   1.200  product-2  HIT  1.03 s old
                """)
    }

    /// What the panel calls next is what goes next, in the model's own caches, when a key comes that is new to them.
    @Test(arguments: ["fifo", "lru", "lfu", "clock", "sieve", "s3fifo", "arc", "wTinyLFU"], [12, 40])
    func whoIsNextOutGoesNext(rule: String, capacity: Int) throws {
        let scenario = """
            seed: 3
            duration: 20s
            keys: { product: { zipf: 0.7, count: 2000 } }
            backends: { sql: { latency: 1ms } }
            caches: { products: { capacity: \(capacity), eviction: \(rule) } }
            flows: { read: [ { cache: { in: products, key: $key, do: { call: sql.read } } } ] }
            clients: { web: { flow: read, keys: product, arrivals: { rate: 40/s } } }
            """
        let run = try Run(ScenarioDocument(yaml: scenario, file: "rule.yaml")).trace()
        let index = TraceIndex(run)
        var evictions = 0
        for event in run.events where event.kind == .cacheEvicted && evictions < 150 {
            let before = run.cursor(after: EventID(event.cause.rawValue - 1))
            let state = try #require(CacheState(index, event.component, at: before))
            let newcomer = run[event.cause]?.detail
            // The newcomer itself may have to go, and a ghost that comes back shifts what the lists aim at.
            guard newcomer != event.detail, !state.ghosts.contains(where: { $0.key == newcomer }) else { continue }
            #expect(state.nextOut.contains(event.detail), "\(rule) \(evictions)")
            evictions += 1
        }
        #expect(evictions > 100)
    }

    @Test func aThousandEntriesAreAMapOfOneSignOrAFewForEach() {
        let run = TraceSketch.busyCaches(capacity: 1000, reads: 3000, every: 1)
        var context = PanelContext(run, at: 3500)
        let wide = drawn(panel, context, width: 78, height: 16)
        #expect(wide.contains("↓ next out product-"), "\(wide)")
        let signs = wide.split(separator: "\n").dropFirst().reduce(0) { $0 + $1.count { "▃▄▅▆▇█↓".contains($0) } }
        #expect(signs == 1000 + 1, "\(wide)")
        #expect(drawn(panel, context, width: 38, height: 12).contains("1 sign: 3 keys"))
        context.glyphs = .ascii
        let plain = drawn(panel, context, width: 78, height: 16)
        #expect(!plain.contains { !$0.isASCII }, "\(plain)")
    }

    @Test func severalCachesShareTheRoomOrStandInALineEach() {
        let run = TraceSketch.busyCaches(capacity: 20, reads: 300, rules: ["lru", "fifo", "sieve"])
        var context = PanelContext(run, at: 1200)
        let grid = drawn(panel, context, width: 100, height: 16)
        for name in ["lru-1  LRU  20 of 20", "fifo-2  FIFO  20 of 20", "sieve-3  SIEVE  20 of 20"] {
            #expect(grid.contains(name), "\(grid)")
        }
        context.scroll = 1
        #expect(panel.note(context) == "fifo-2 2 of 3")
        let list = drawn(panel, context, width: 46, height: 14)
        #expect(list.hasPrefix("fifo-2  FIFO  20 of 20"), "\(list)")
        #expect(
            list.hasSuffix(
                """
                  lru-1          ██████▋░░░░░ 55.2 %  20 of 20
                ▸ fifo-2         ██████▍░░░░░ 52.9 %  20 of 20
                  sieve-3        ██████▊░░░░░ 55.8 %  20 of 20
                """), "\(list)")
    }

    @Test func theArrowKeysWalkFromLookUpToLookUp() {
        var context = PanelContext(five, at: 6000)
        var told: [String] = []
        for step in [-1, -1, -1, 1] {
            context.selection = panel.selection(movedBy: step, context)
            let event = context.selection.event.flatMap { context.trace[$0] }
            told.append(event.map { "\($0.kind) \(context.trace.name($0.detail))" } ?? "")
        }
        #expect(told == ["cacheMiss user:1", "cacheMiss user:3", "cacheMiss user:2", "cacheMiss user:3"])
    }

    /// In a map without keys the selected one has a mark.
    @Test func theSelectedKeyHasAMark() throws {
        let run = TraceSketch.busyCaches(capacity: 100, reads: 800)
        var context = PanelContext(run, at: 4000)
        context.selection = panel.selection(movedBy: -1, context)
        let narrow = drawn(panel, context, width: 38, height: 12)
        #expect(narrow.count { $0 == "●" } == 1, "\(narrow)")
    }

    @Test func aChangeShowsTheCountsBeforeIt() {
        let run = TraceSketch.busyCaches(capacity: 30, reads: 300)
        var context = PanelContext(run, at: 2000)
        context.earlier = RunView(TraceSketch.busyCaches(capacity: 10, reads: 300))
        let text = drawn(panel, context, width: 78, height: 12)
        #expect(text.contains("hits") && text.contains(" → ") && text.contains(" %"), "\(text)")
    }

    /// Keys are cut only where there is no room for them.
    @Test func longKeysStandWholeWhereTheyFit() {
        var sketch = TraceSketch(backends: ["sql"], caches: ["users"])
        var cache = ToyCache("users", capacity: 3, ttl: 60_000)
        cache.configure(&sketch)
        for key in ["customers/1234567/profile", "orders/99/total"] { cache.read(key, at: 0, &sketch) }
        let context = PanelContext(sketch.finished(end: 1000), at: 500)
        #expect(drawn(panel, context, width: 46, height: 12).contains("customers/1234567/profile ███████▉ 59.6 s"))
        #expect(drawn(panel, context, width: 30, height: 12).contains("…"))
    }

    @Test func keysLoseWhatTheyShare() {
        let keys = CacheKeys(["product-7", "product-12", "product-1234567890123"])
        #expect(keys.prefix == "product-")
        #expect(keys.short("product-12", to: 6, ellipsis: "…") == "12")
        #expect(keys.short("product-1234567890123", to: 6, ellipsis: "…") == "…90123")
        #expect(CacheKeys(["a:1", "b:1"]).prefix.isEmpty)
        #expect(CacheKeys(["user:", "user:1"]).prefix.isEmpty)
        #expect(CacheKeys(["list"]).short("list", to: 8, ellipsis: "…") == "list")
    }
}
