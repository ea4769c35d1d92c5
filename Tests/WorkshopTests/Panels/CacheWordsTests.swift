import Analysis
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// What is said of caches outside their own panels: the log, its reasons, the sequence, the system, the menu of faults.
@Suite struct CacheWordsTests {
    private func reason(
        _ trace: Trace, _ language: Language = .english, of kind: EventKind, last: Bool = true
    ) -> String {
        let context = PanelContext(trace, at: 1e6, language)
        let place = last ? trace.events.lastIndex { $0.kind == kind } : trace.events.firstIndex { $0.kind == kind }
        let id = EventID(UInt32((place ?? -1) + 1))
        return EventReasons(context: context).reasons(of: id, limit: 1).first?.plain ?? ""
    }

    @Test func aMissSaysHowItsKeyLeft() {
        let five = TraceSketch.fiveReads()
        #expect(reason(five, of: .cacheMiss) == "it was evicted 900 ms before, to make room for user:3")
        #expect(reason(five, of: .cacheMiss, last: false) == "user:1 was never in users")
        #expect(reason(five, .spanish, of: .cacheMiss) == "se desalojó 900 ms antes, para hacer sitio a user:3")
    }

    @Test func aMissAfterACrashSaysSo() {
        var sketch = TraceSketch(backends: ["sql"], caches: ["users"])
        var cache = ToyCache("users", capacity: 2)
        cache.configure(&sketch)
        cache.read("user:1", at: 0, &sketch)
        sketch.event(.cacheEmptied, at: 500, "users", "crash", value: 1)
        let request = sketch.request(at: 700)
        sketch.lookup("users", "user:1", at: 700, in: request)
        sketch.lookup("users", "user:2", at: 800, in: request)
        let trace = sketch.finished()
        #expect(reason(trace, of: .cacheMiss) == "user:2 was never in users")
        let context = PanelContext(trace, at: 1000)
        let misses = trace.events.indices.filter { trace.events[$0].kind == .cacheMiss }
        let second = EventReasons(context: context).reasons(of: EventID(UInt32(misses[1] + 1)), limit: 1)
        #expect(second.first?.plain == "users lost its memory 200 ms before")
    }

    @Test func aStaleHitNamesTheWriteThatItMissed() {
        var sketch = TraceSketch(caches: ["users"])
        let writer = sketch.request(at: 0)
        sketch.event(.cacheWritten, at: 100, "users", "user:1", in: writer)
        let reader = sketch.request(at: 300)
        sketch.lookup("users", "user:1", at: 300, in: reader, age: 250)
        sketch.event(
            .cacheStaleServed, at: 300, "users", "user:1", in: reader, cause: sketch.last,
            value: TraceSketch.nanoseconds(200))
        #expect(reason(sketch.finished(), of: .cacheStaleServed) == "request 1 wrote user:1 200 ms before")
    }

    @Test func anEvictionSaysThatThereWasNoRoomAndWhyItWasThisOne() {
        let five = TraceSketch.fiveReads()
        #expect(
            reason(five, of: .cacheEvicted) == "users holds 2, and LRU gives up user:2: unused for longest")
        #expect(
            reason(five, .spanish, of: .cacheEvicted)
                == "users solo guarda 2 y LRU renuncia a user:2: la que lleva más sin usarse")
    }

    @Test func aHitSaysWhoBroughtItIn() {
        #expect(reason(TraceSketch.fiveReads(), of: .cacheHit) == "request 1 stored it 900 ms before")
    }

    @Test func aLostKeyNamesItsLastWrite() {
        let text = reason(TraceSketch.writeBack(), of: .cacheLost)
        #expect(text.contains(" wrote it ") && text.hasSuffix(" before, and no flush has saved it"), "\(text)")
    }

    @Test func listsHaveTheirNamesWhereThereAreSeveral() {
        func sentence(_ trace: Trace) -> String {
            let context = PanelContext(trace, at: 1e6)
            return trace.events.last { $0.kind == .cachePlaced }.map { EventSentence($0, in: context).text.plain } ?? ""
        }
        #expect(sentence(TraceSketch.fiveReads()) == "user:1 goes to the head of users")
        #expect(sentence(TraceSketch.listed("arc", [(.recent, 2)])) == "product-2 goes to the head of T1 of products")
        let queues = TraceSketch.listed("s3fifo", [(.main, 1)])
        #expect(sentence(queues) == "product-1 goes to the head of main of products")
        #expect(
            sentence(TraceSketch.listed("arc", [(.recent, 2), (.ghostRecent, 1)]))
                == "products remembers product-3 as a ghost, in B1 of products")
    }

    @Test(arguments: [
        ("", Int64(0), "users had nothing to drop"), ("", 12, "users drops all it has: 12 entries"),
        ("user:1", 0, "users has no user:1 to drop"), ("user:1", 1, "users drops user:1"),
        ("orders:*", 3, "users drops 3 entries like orders:*"), ("tag:shop", 1, "users drops 1 entry tagged shop"),
    ])
    func anInvalidationSaysWhatItWasAbout(detail: String, count: Int64, sentence: String) {
        var sketch = TraceSketch(caches: ["users"])
        sketch.event(.cacheInvalidated, at: 0, "users", detail, value: count)
        let trace = sketch.finished()
        #expect(EventSentence(trace.events[0], in: PanelContext(trace, at: 1)).text.plain == sentence)
    }

    /// The cache calls, not the client: nobody waits for it.
    @Test func aLoadInTheBackgroundGoesFromTheCacheToTheBackend() {
        let run = TraceSketch.refresh
        #expect(
            drawn(SequencePanel(), PanelContext(run, at: 1900), width: 60, height: 14) == """
                   ms web           sql             products
                    0 ├─product-1────┼────────────────▶◇
                      │              │                 │
                    3 │              │                 │
                      │              │                 │
                    6 │              │                 │
                      │              │                 │
                    9 │              │                 │
                   10 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄◇ hit 10 ms
                      │              │                 ◇ loads again
                      ✓ 10 ms        │                 │
                      │              ┃◀get_product─────┤
                  110 │              ┃┄100 ms┄┄┄┄┄┄┄┄┄▶┤
                      │              │                 ◇ store 60 s
                """)
        let context = PanelContext(run, at: 1900)
        let told = run.events.filter { $0.kind == .callSent }.map { EventSentence($0, in: context).text.plain }
        #expect(told == ["products calls sql.get_product"])
    }

    @Test func theSystemShowsWhatIsInMemoryOnly() {
        let text = drawn(TopologyPanel(), PanelContext(TraceSketch.writeBack(), at: 4500), width: 60, height: 9)
        #expect(text.contains("orders ◇  ✱ 11"), "\(text)")
        #expect(text.contains("11 entries"), "\(text)")
        // What does not expire has no time left.
        #expect(text.contains("• order-18"), "\(text)")
    }

    @Test func cachesCrashAndRestartByTheMenuOfFaults() throws {
        let targets = [
            FaultMenu.Target(name: "sql", kind: .backend), FaultMenu.Target(name: "orders", kind: .cache),
        ]
        var menu = try #require(FaultMenu(targets))
        menu.moveItem(-1)
        #expect(menu.action == .restore(backend: "sql"))
        menu.moveTarget(1)
        #expect(menu.action == .restart(cache: "orders"))
        menu.moveItem(1)
        #expect(menu.action == .crash(cache: "orders"))
        for language in Language.allCases {
            var frame = Frame(size: Size(width: 80, height: 24))
            FaultView(menu: menu, language: language, glyphs: .unicode).draw(on: &frame)
            let lines = (0..<24).map { y in String((0..<80).map { frame[$0, y].character }) }
            #expect(lines.contains { $0.contains(" sql [orders]") })
            let labels = menu.items.map { $0.label(language) }
            let missing = labels.filter { label in !lines.contains { $0.contains(label) } }
            #expect(missing.isEmpty)
        }
        #expect(FaultMenu([]) == nil)
    }
}
