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

    @Test func withReducedMotionNothingTravels() {
        func picture(at milliseconds: Double, isReduced: Bool) -> String {
            var context = PanelContext(TraceSketch.allAtOnce(hop: 100), at: milliseconds)
            context.reducedMotion = isReduced
            return drawn(panel, context, width: 60, height: 9)
        }
        #expect(picture(at: 20, isReduced: false) != picture(at: 80, isReduced: false))
        #expect(picture(at: 20, isReduced: true) == picture(at: 80, isReduced: true))
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

    /// Clients call the balancer, and that calls its servers.
    @Test func aBalancerStandsBeforeItsServers() {
        let context = PanelContext(TraceSketch.pool(), at: 150)
        let text = drawn(panel, context, width: 60, height: 5)
        #expect(
            text == """
                                       ╭━ get_page ━━━▶ w1  █░░░ 1/4
                web ━━━━━━━━━━╮        ├──────────────▶ w2  ░░░░ 0/4
                10 in flight  ╰━▶ web ━┼━ get_pa… ×9 ●▶ w3  ████ 4/4 ▒▒▒▒ 5
                                  ×10  ├──────────────▶ w4  ░░░░ 0/4
                                       ╰──────────────▶ w5  ░░░░ 0/4
                """)
        #expect(drawn(panel, context, width: 60, height: 3).contains("+3 more"))
    }

    /// Nobody waits for what a cache does in the background: it stands between the cache and the backend.
    @Test func backgroundCallsLeaveTheCache() {
        let context = PanelContext(TraceSketch.refresh, at: 1050)
        #expect(
            drawn(panel, context, width: 60, height: 6) == """
                              ╭──────────────────▶╭ sql
                web ──────────┤                   ┊ █ 1
                0 in flight   │                   ┊
                              ╰──────────────────▶╰ products ◇ 1/1  100 %
                                                    → get_product
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

    /// Services stand under those who call them, and only the outermost are on the clients' line.
    @Test func servicesStandUnderTheirCallers() {
        let trace = TraceSketch.services()
        let context = PanelContext(trace, at: 1400)
        let callers = ServiceTree(context, trace.components(.backend).map(\.name)).callers
        #expect(!callers.isEmpty)
        let layout = TopologyLayout(context, in: Rect(x: 0, y: 0, width: 78, height: 20))
        for node in layout.nodes {
            #expect(node.caller == callers[node.name])
            guard let caller = layout.nodes.first(where: { $0.name == node.caller }) else { continue }
            #expect(node.rect.x == caller.rect.x + 2 && node.rect.y > caller.rect.y)
            #expect(!layout.rows.contains(node.rect.y))
        }
    }
}
