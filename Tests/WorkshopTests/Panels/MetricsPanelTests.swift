import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct MetricsPanelTests {
    private let panel = MetricsPanel()

    @Test func twoRowsHoldTheFlowAndTheSystem() {
        let context = PanelContext(TraceSketch.oneAfterAnother, at: 1250)
        #expect(
            drawn(panel, context, width: 76, height: 2) == """
                dashboard  requests 1  ok 0  failed 0  p50      –  p99      –  in flight  1
                sql ▁▁▁▁▁▁██ 500 ms       cosmos ▁▁▁▁▁▁▁█ 500 ms    rest ▁▁▁▁▁▁▁█ –
                """)
    }

    @Test func withMoreRoomThereAreTables() {
        let context = PanelContext(TraceSketch.fanOut, at: 250, .spanish)
        #expect(
            drawn(panel, context, width: 76, height: 8) == """
                flujo      peticiones  bien  fallidas  en curso  p50  p95  p99  ritmo
                dashboard           1     0         0         1    –    –    –    4/s

                servicio  llamadas  errores  ocupadas  cola   uso     p50  en servicio
                sql              1        0         0     0     –  100 ms  ▁▁▁▁▁▁▁▁▁▁██
                cosmos          10        0       5/5     5  60 %       –  ▁▁▁▁▁▁▁▁▁▁▁█
                """)
    }

    @Test func narrowTablesKeepWhatMattersMost() {
        let context = PanelContext(TraceSketch.cached, at: 2500, .english, .ascii)
        #expect(
            drawn(panel, context, width: 40, height: 10) == """
                flow       requests  failed     p99
                dashboard         2       0  500 ms

                backend  calls  errors  busy  queue
                sql          1       0     0      0
                cosmos       0       0     0      0
                rest         0       0     0      0

                cache      hits  misses  hit ratio
                summaries     1       1       50 %
                """)
    }

    /// What a challenge measures is not below the edge of a small panel.
    @Test func whatTheGoalsMeasureComesFirst() {
        var context = PanelContext(TraceSketch.oneAfterAnother, at: 1250)
        context.measured = [Measured(kind: .client, name: "web"), Measured(kind: .backend, name: "rest")]
        let short = drawn(panel, context, width: 76, height: 2).split(separator: "\n")
        #expect(short.first?.hasPrefix("web  requests 1") == true, "\(short)")
        #expect(short.last?.hasPrefix("rest ") == true, "\(short)")
        let tables = drawn(panel, context, width: 76, height: 9).split(separator: "\n").map { $0.prefix(9) }
        #expect(tables[1...2] == ["web      ", "dashboard"])
        #expect(tables[4] == "rest     ")
    }

    /// How many flows have no row is said in the last one.
    @Test func flowsWithoutARowAreCounted() {
        var sketch = TraceSketch(backends: ["sql"])
        for flow in ["one", "two", "three"] { sketch.end(sketch.request(at: 0, flow: flow), at: 10) }
        let context = PanelContext(sketch.finished(), at: 10)
        let text = drawn(panel, context, width: 76, height: 2).split(separator: "\n")
        #expect(text.first?.hasPrefix("one ") == true && text.first?.hasSuffix("+2") == true, "\(text)")
    }

    /// What fails at once is fast: where failures count, the percentiles say so.
    @Test func percentilesSayThatFailuresCount() {
        func head(_ outcome: Outcome) -> Substring {
            var sketch = TraceSketch(backends: ["sql"])
            sketch.end(sketch.request(at: 0), at: 10, outcome)
            let text = drawn(panel, PanelContext(sketch.finished(), at: 10), width: 76, height: 8)
            return text.prefix { $0 != "\n" }
        }
        #expect(head(.failed).contains("p50 +✗"))
        #expect(head(.ok).contains("p50") && !head(.ok).contains("✗"))
    }

    /// Nothing is cut without a sign: how much more there is stands in the last row, and can be scrolled to.
    @Test func whatHasNoRoomIsCounted() throws {
        let rules = ["lru", "fifo", "sieve", "lru", "fifo", "sieve", "lru", "fifo"]
        let run = TraceSketch.busyCaches(capacity: 20, reads: 20, rules: rules)
        var context = PanelContext(run, at: 90)
        let text = drawn(panel, context, width: 76, height: 8)
        #expect(text.contains("lru-1") && text.hasSuffix("+6 more"), "\(text)")
        context.scroll = 3
        let below = drawn(panel, context, width: 76, height: 8)
        #expect(below.contains("lru-4") && below.hasSuffix("3 above, 3 below"), "\(below)")
        #expect(panel.extent(context, in: Size(width: 76, height: 8))?.range == 3..<5)
        let short = drawn(panel, PanelContext(run, at: 90), width: 76, height: 3)
        #expect(short.split(separator: "\n").last?.contains("sieve-3") == true && short.hasSuffix(" +5"), "\(short)")
    }

    @Test func theLongestTablesGiveWay() {
        #expect(MetricsTables.heights([2, 4, 9], in: 16) == [2, 4, 9])
        #expect(MetricsTables.heights([2, 4, 9], in: 12) == [2, 4, 6])
        #expect(MetricsTables.heights([2, 6, 9], in: 9) == [2, 4, 3])
        #expect(MetricsTables.heights([2, 6, 9], in: 7) == [2, 3])
        #expect(MetricsTables.heights([6], in: 4) == [4])
    }

    @Test func twoRunsStandBesideEachOtherWithTheirDifference() {
        var context = PanelContext(TraceSketch.allAtOnce(), at: 2000)
        context.earlier = RunView(TraceSketch.oneAfterAnother)
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                                          before   after  change
                dashboard  p50             1.5 s  500 ms   −67 %
                dashboard  p99             1.5 s  500 ms   −67 %
                rest       errors              0       1       +
                dashboard  ok                  1       1       =
                dashboard  failed              0       0       =
                sql        calls               1       1       =
                sql        errors              0       0       =
                sql        longest queue       0       0       =
                cosmos     calls               1       1       =
                cosmos     errors              0       0       =
                cosmos     longest queue       0       0       =
                """)
        #expect(
            drawn(panel, context, width: 76, height: 2) == """
                dashboard  p50 1.5 s → 500 ms  −67 %   p99 1.5 s → 500 ms  −67 %
                rest  errors 0 → 1  +
                """)
    }

    @Test func theWindowSlidesAndTheTitleSaysHowLongItIs() {
        var context = PanelContext(TraceSketch.cached, at: 2500)
        #expect(panel.note(context) == "so far")
        context.window = .seconds(1)
        #expect(panel.note(context) == "last 1 s")
        #expect(MetricsNumbers(context).now.flows.first?.requests == 1)
    }
}
