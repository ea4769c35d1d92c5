import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct TopologyPanelTests {
    private let panel = TopologyPanel()

    @Test func callsTravelAlongTheLines() {
        let context = PanelContext(TraceSketch.allAtOnce(hop: 100), at: 230)
        #expect(
            drawn(panel, context, width: 60, height: 9) == """
                              ╭━━━━━━━━━━━━━━━━━━●▶ sql
                              │ calculate_metrics   █ 1
                              │
                web ━━━━━━━━━━┼━━━━━━━━━━━━━━━━━━●▶ cosmos
                1 in flight   │ analyze_users       █ 1
                              │
                              ╰━━━━━━━━━✗━━━━━━━━━▶ rest
                                check_stock         idle
                """)
    }

    @Test func slotsAndQueueShowAtTheBackend() {
        let context = PanelContext(TraceSketch.fanOut, at: 250)
        #expect(
            drawn(panel, context, width: 46, height: 7) == """

                              ╭───────────▶ sql
                web ━━━━━━━━━━┤             idle
                1 in flight   │
                              ╰━━━━━━━━━━●▶ cosmos
                                analyz… ×10 █████ 5/5 ▒▒▒▒ 5
                """)
    }

    @Test func aBackendThatIsDownSaysSoAndItsLineIsCut() {
        let context = PanelContext(TraceSketch.trouble, at: 650, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 46, height: 8) == """

                             +------------> sql
                             |              . 0/1
                web =========+===========O> cosmos
                1 en curso   | analyze_use~ # 1
                             +------------X rest  ! caído
                                            libre
                """)
    }

    @Test func aCacheShowsItsEntriesAndHowLongTheyLive() {
        let context = PanelContext(TraceSketch.cached, at: 2500)
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                              ╭───────────────────▶ sql
                              │                     idle
                              │
                              ├───────────────────▶ cosmos
                web ──────────┤                     idle
                0 in flight   │
                              ├───────────────────▶ rest
                              │                     idle
                              │
                              ╰───────────────────▶ summaries ◇ 1/2  50 %
                                                    █████▉ sales  4 min 58 s
                """)
    }

    @Test func withoutRoomEachPartHasOneRow() {
        let context = PanelContext(TraceSketch.fanOut, at: 250)
        #expect(
            drawn(panel, context, width: 30, height: 2) == """
                web ━━━━━━━━┬───▶ sql  idle
                1 in flig…  ╰━━●▶ cosmos  5/5…
                """)
    }
}
