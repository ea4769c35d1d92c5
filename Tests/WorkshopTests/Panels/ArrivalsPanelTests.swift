import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct ArrivalsPanelTests {
    private let panel = ArrivalsPanel()

    @Test func aHerdComesBackInPeaks() {
        let context = PanelContext(TraceSketch.herd(300), at: 30_000)
        #expect(
            drawn(panel, context, width: 76, height: 11) == """
                rows  900 calls  at most 300 in 250 ms  ┄┄ serves 50  ✓ drained at 14.2 s
                300 ┤█ 300   █
                    │█       █
                    │█       █               ▃
                200 ┤█       █               █
                    │█       █               █
                100 ┤█       █               █                               ▅
                    │█┄┄┄┄┄┄┄█┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄█┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄█┄┄┄
                    │█       █               █                               █
                  0 ┼────────────────────┬───────────────────┬──────────────────●
                     0                   5                   10 s
                """)
    }

    @Test func fullJitterSmearsIt() {
        let context = PanelContext(TraceSketch.herd(300, jitter: true), at: 5000, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 76, height: 11) == """
                rows  802 llamadas  como mucho 320 en 200 ms  última a los 4,96 s
                400 +
                    |: 320
                300 +#
                    |#
                200 +#
                    |#
                100 +#
                    |#-+=-*==*+.....:....:.................................................
                  0 +----------+---------+----O----+---------+---------+---------+---------
                     0         2         4         6         8         10        12 s
                """)
    }

    @Test func twoFuturesShareTheirScales() {
        var herd = PanelContext(TraceSketch.herd(300), at: 30_000)
        var smear = PanelContext(TraceSketch.herd(300, jitter: true), at: 30_000)
        (herd.peer, smear.peer) = (smear.run, herd.run)
        func scale(_ context: PanelContext) -> [Substring] {
            let lines = drawn(panel, context, width: 50, height: 12).split(separator: "\n")
            return lines.dropFirst().map { $0.prefix(5) } + lines.suffix(1)
        }
        #expect(scale(herd) == scale(smear))
    }

    @Test func severalBackendsStandBelowEachOther() {
        let context = PanelContext(TraceSketch.shopPage, at: 4000)
        #expect(
            drawn(panel, context, width: 60, height: 13) == """
                orders  3 calls  at most 1 in 40 ms  ✓ drained at 2 s
                1 ┤█ 1                      █                        █
                  │█                        █                        █
                  │█                        █                        █
                0 ┼────────────┬────────────┬───────────┬────────────┬─●
                   0.0         0.5          1.0         1.5        2.0 s
                behaviour  2 calls  at most 1 in 40 ms  ✓ drained at 1 s
                1 ┤█ 1                      █
                  │█                        █
                  │█                        █
                  │█                        █
                0 ┼────────────┬────────────┬───────────┬────────────┬─●
                   0.0         0.5          1.0         1.5        2.0 s
                """)
        var narrow = context
        narrow.scroll = 2
        #expect(drawn(panel, narrow, width: 40, height: 6).hasPrefix("stock"))
        narrow.selection.span = context.index.spans.first { $0.kind == .call && $0.detail != .none }?.id
        #expect(drawn(panel, narrow, width: 40, height: 6).hasPrefix("stock"))
    }
}
