import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct HitsPanelTests {
    private let panel = HitsPanel()

    @Test func theBestCacheStandsFirstWithTheSignOfItsLine() {
        let run = TraceSketch.busyCaches(capacity: 20, reads: 300, rules: ["sieve", "fifo", "lru"])
        #expect(
            drawn(panel, PanelContext(run, at: 1200), width: 60, height: 12).hasSuffix(
                """
                cache                           ratio  hits  misses  evicted
                ● sieve-1 ██████████▋░░░░░░░░  56.0 %   135     106       86
                ■ lru-3   ██████████▌░░░░░░░░  55.0 %   132     108       88
                ◆ fifo-2  ██████████░░░░░░░░░  52.9 %   127     113       93
                """))
        #expect(
            drawn(panel, PanelContext(run, at: 1200, .spanish, .ascii), width: 30, height: 3) == """
                o sieve-1 #######.....  56,0 %
                x lru-3   #######.....  55,0 %
                * fifo-2  ######......  52,9 %
                """)
    }

    /// A part of five look-ups would say nothing: the line is that of all so far.
    @Test func fewLookUpsAreCountedFromTheStart() {
        let text = drawn(panel, PanelContext(TraceSketch.fiveReads(), at: 6000), width: 60, height: 12)
        #expect(text.hasPrefix("% of all so far"), "\(text)")
        #expect(text.hasSuffix("20.0 %     1       4        2"), "\(text)")
        let busy = TraceSketch.busyCaches(capacity: 20, reads: 300)
        #expect(drawn(panel, PanelContext(busy, at: 1200), width: 60, height: 12).hasPrefix("% of the last 188 ms"))
    }

    /// Out-of-date answers are the news: they show where not everything has room.
    @Test func outOfDateAnswersKeepTheirColumn() {
        var sketch = TraceSketch(backends: ["sql"], caches: ["products"])
        ToyCache("products", capacity: 20).configure(&sketch)
        for place in 0..<4 {
            let request = sketch.request(at: Double(place) * 10)
            sketch.lookup("products", "product-1", at: Double(place) * 10, in: request, age: 5)
            sketch.event(
                .cacheStaleServed, at: Double(place) * 10, "products", "product-1", in: request, cause: sketch.last,
                value: 1000)
        }
        let text = drawn(panel, PanelContext(sketch.finished(end: 100), at: 100), width: 34, height: 12)
        #expect(text.contains("stale"), "\(text)")
    }

    @Test func eightCachesHaveSignsOfTheirOwn() {
        let rules = ["lru", "fifo", "sieve", "lru", "fifo", "sieve", "lru", "fifo"]
        let run = TraceSketch.busyCaches(capacity: 20, reads: 100, rules: rules)
        for glyphs in [Glyphs.unicode, .ascii] {
            let text = drawn(panel, PanelContext(run, at: 450, .english, glyphs), width: 60, height: 8)
            #expect(Set(text.split(separator: "\n").compactMap(\.first)).count == 8, "\(text)")
        }
    }

    @Test func aChangeShowsBothRatios() {
        var context = PanelContext(TraceSketch.busyCaches(capacity: 30, reads: 300), at: 1400)
        context.earlier = RunView(TraceSketch.busyCaches(capacity: 10, reads: 300))
        let text = drawn(panel, context, width: 78, height: 14)
        #expect(text.contains("● before  ◆ after"), "\(text)")
        #expect(text.contains("┃") && text.contains(" → "), "\(text)")
    }
}
