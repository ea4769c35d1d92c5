import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct RetriesPanelTests {
    private let panel = RetriesPanel()

    @Test func oneRequestHasItsExactNumbers() {
        let context = PanelContext(TraceSketch.payment, at: 10_000)
        #expect(panel.note(context) == "1 of 1 tried again")
        #expect(
            drawn(panel, context, width: 76, height: 16) == """
                 request 1 ✗┄┄┄┄┄┄┄┄┄┄┄┄┄↻✗┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄↻✓          ✓ 5.8 s
                                         ├┴────┤                      ├───┴────────┤
                           ┬───────────────┬────────────────┬────────────────┬─────●
                           0               2                4                6 s

                 attempt 1    +0 ms  ✗ 503 80 ms    wait 1.82 s  of 1.6-2.4 s
                 attempt 2   +1.9 s  ✗ error 80 ms  wait 3.7 s   of 3.2-4.8 s
                 attempt 3  +5.68 s  ✓ 120 ms
                """)
    }

    @Test func whatIsStillToComeIsNotDrawn() {
        let context = PanelContext(TraceSketch.payment, at: 3000, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 48, height: 12) == """
                 1 x..........rx.......                        ~
                             +-+--+   :            +---+-----+
                   +-----------+------O-----+------------+----
                   0           2            4            6 s

                 intento 1   +0 ms  espera 1,82 s  de 1,6-2,4 s
                 intento 2  +1,9 s  espera 3,7 s   de 3,2-4,8 s
                """)
    }

    @Test func ofManyRequestsThoseAroundTheSelectionShowUnderALineOfAllAttempts() {
        var context = PanelContext(TraceSketch.herd(300), at: 30_000)
        context.selection.request = RequestID(41)
        #expect(
            drawn(panel, context, width: 60, height: 9) == """
                   attempts █    █          ▆                     ▃ ↑300
                 request 37 ✗┄┄┄↻✓                                  ✓ 2.1 s
                 request 38 ✗┄┄┄↻✗┄┄┄┄┄┄┄┄┄↻✓                       ✓ 6.15 s
                 request 39 ✗┄┄┄↻✗┄┄┄┄┄┄┄┄┄↻✗┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄↻✓ ✓ 14.2 s
                 request 40 ✗┄┄┄↻✓                                  ✓ 2.1 s
                ▸request 41 ✗┄┄┄↻✗┄┄┄┄┄┄┄┄┄↻✓                       ✓ 6.15 s
                 request 42 ✗┄┄┄↻✗┄┄┄┄┄┄┄┄┄↻✗┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄↻✓ ✓ 14.2 s
                            ┬────────────┬─────────────┬──────────●
                            0            5             10 s
                """)
        #expect(panel.selection(movedBy: 1, context).request == RequestID(42))
        #expect(panel.selection(movedBy: -1, context).request == RequestID(40))
    }

    @Test func jitterShowsTheSpanFromWhichItChose() {
        let context = PanelContext(TraceSketch.herd(4, jitter: true), at: 30_000)
        #expect(
            drawn(panel, context, width: 60, height: 7) == """
                 request 1 ✗↻✓───┤                                  ✓ 843 ms
                 request 2 ✗↻✗────────↻✓──┤                         ✓ 3.95 s
                 request 3 ✗───↻✗──────↻✗────────────────────↻✓───┤ ✓ 11 s
                 request 4 ✗↻✓───┤                                  ✓ 836 ms
                           ┬───────────────┬───────────────┬──────●
                           0               5               10 s
                """)
    }

    @Test func theReasonOfGivingUpStandsAtTheEnd() {
        let context = PanelContext(TraceSketch.givenUp, at: 10_000)
        #expect(
            drawn(panel, context, width: 60, height: 9) == """
                 request 1 ✗┄┄┄┄┄┄┄↻✗                          ✗ no try left
                 request 2     ✗┄┄┄┄┄┄┄↻✗                      ✗ no budget
                 request 3         ✗┄┄┄┄┄┄┄┄↻✗                 ✗ permanent
                 request 4                  ✗┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄◷ ◷ cut off
                           ┬────────────────┬────────────────●
                           0                2 s

                 attempt 1  +0 ms  ✗ 503 80 ms  wait 4 s
                """)
    }

    @Test func twoFuturesShareTheirScale() {
        var context = PanelContext(TraceSketch.herd(4, jitter: true), at: 30_000)
        context.peer = RunView(TraceSketch.herd(4))
        let wide = drawn(panel, context, width: 60, height: 7).split(separator: "\n").last
        var other = PanelContext(TraceSketch.herd(4), at: 30_000)
        other.peer = context.run
        #expect(drawn(panel, other, width: 60, height: 7).split(separator: "\n").last == wide)
    }

    @Test func withoutARetryItSaysSo() {
        let context = PanelContext(TraceSketch.oneAfterAnother, at: 100)
        #expect(drawn(panel, context, width: 60, height: 3) == "Nothing is retried here.")
        #expect(!panel.hasSubject(in: context.trace))
        #expect(panel.hasSubject(in: TraceSketch.payment))
    }
}
