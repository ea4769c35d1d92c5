import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct AnswerPanelTests {
    private let panel = AnswerPanel()

    @Test func aCompleteAnswerIsFreshInAllItsParts() {
        let context = PanelContext(TraceSketch.shopPage, at: 500)
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                ✓ complete  page  80 ms
                 orders.list     ✓ fresh  80 ms
                 behaviour.read  ✓ fresh  40 ms
                 stock.read      ✓ fresh  40 ms
                 tips.read       ✓ fresh  40 ms

                █ complete 1   ◇ degraded 0   ✗ failed 0
                ████████████████████████████████████████████████████████████
                """)
    }

    @Test func aDegradedAnswerSaysWhatStandsForWhatAndWhy() {
        let context = PanelContext(TraceSketch.shopPage, at: 1500)
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                ◇ degraded  page  80 ms
                 orders.list     ✓ fresh           80 ms
                 behaviour.read  ◇ default value   40 ms
                   because behaviour.read answers 503 after 40 ms
                 stock.read      ◇ as of 24 h ago  40 ms
                   because stock.read answers 503 after 40 ms
                 tips.read       – left out        40 ms
                   because tips.read answers 503 after 40 ms

                █ complete 1   ◇ degraded 1   ✗ failed 0
                ██████████████████████████████◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇
                """)
    }

    @Test func withLittleRoomInSpanishWithPlainCharacters() {
        let context = PanelContext(TraceSketch.shopPage, at: 1500, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 40, height: 7) == """
                c degradada  page  80 ms
                 orders.list     + actual  80 ms
                 behaviour.read  c valor por defecto
                 stock.read      c de hace 24 h  40 ms
                 tips.read       - omitida  40 ms
                # completa 1  c degradada 1  x fallida 0
                ####################cccccccccccccccccccc
                """)
    }

    @Test func aFailedAnswerAndOneOnItsWay() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.shopPage, at: 2500), width: 50, height: 7) == """
                ✗ failed  page  300 ms
                 orders.list  ✗ 503  300 ms
                   because list goes wrong after 300 ms

                █ complete 1   ◇ degraded 1   ✗ failed 1
                ██████████████████◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇◇✗✗✗✗✗✗✗✗✗✗✗✗✗✗✗✗
                """)
        let selected = PanelContext(TraceSketch.shopPage, at: 2100, selection: Selection(request: RequestID(3)))
        let pending = drawn(panel, selected, width: 50, height: 7)
        #expect(pending.hasPrefix("… on its way  page\n orders.list  …\n"))
    }

    @Test func theLatestAnswerStaysUntilThereIsANewerOne() {
        let underWay = PanelContext(TraceSketch.shopPage, at: 2100)
        #expect(panel.note(underWay) == "request 2")
        #expect(drawn(panel, underWay, width: 50, height: 7).hasPrefix("◇ degraded  page"))
        #expect(panel.selection(movedBy: 1, underWay).request == RequestID(3))
    }
}
