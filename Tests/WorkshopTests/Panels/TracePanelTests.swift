import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct TracePanelTests {
    private let panel = TracePanel()

    @Test func barsTellNetworkServiceAndTheCriticalPathApart() {
        let context = PanelContext(TraceSketch.allAtOnce(hop: 100), at: 650)
        #expect(
            drawn(panel, context, width: 76, height: 9) == """
                                              0                  500 ms        self    total
                 dashboard                    ─────────────────────────│       0 ms  650 ms…
                  parallel                    ─────────────────────────│       0 ms  650 ms…
                   sql.calculate_metrics      ┄┄┄┄███████████████████┄┄│             650 ms…
                   cosmos.analyze_users       ┄┄┄┄━━━━━━━━━━━━━━━━━┄┄┄┄│              650 ms
                   rest.check_stock           ┄┄┄┄━━━┄┄┄┄              │            ✗ 280 ms


                █ critical path  ━ other work  ┄ network
                """)
    }

    @Test func queuesShowAndTheSelectedSpanHasAMark() {
        var context = PanelContext(TraceSketch.fanOut, at: 450, .spanish, .ascii)
        context.selection.span = SpanID(9)
        #expect(
            drawn(panel, context, width: 76, height: 16) == """
                                               0         200        400 ms   propio    total
                 dashboard                     _______________________|        0 ms  450 ms~
                  sql.get_top_customers        #####                  |               100 ms
                  forEach                           __________________|        0 ms  350 ms~
                   cosmos.analyze_user_behavi~      -----------       |               200 ms
                   cosmos.analyze_user_behavi~      -----------       |               200 ms
                   cosmos.analyze_user_behavi~      -----------       |               200 ms
                   cosmos.analyze_user_behavi~      -----------       |               200 ms
                   cosmos.analyze_user_behavi~      -----------       |               200 ms
                >  cosmos.analyze_user_behavi~      ===========#######|              350 ms~
                   cosmos.analyze_user_behavi~      ===========-------|              350 ms~
                   cosmos.analyze_user_behavi~      ===========-------|              350 ms~
                   cosmos.analyze_user_behavi~      ===========-------|              350 ms~
                   cosmos.analyze_user_behavi~      ===========-------|              350 ms~

                propio 350 ms  coincide con cosmos 350 ms  cosmos 350 ms  cosmos 350 ms
                """)
    }

    @Test func callsOfOneStepShareARowWhereRoomIsShort() {
        let context = PanelContext(TraceSketch.fanOut, at: 450)
        #expect(
            drawn(panel, context, width: 46, height: 8) == """
                                   0                500 ms
                 dashboard         ───────────────│    450 ms…
                  sql.get_top_cus… ███            │     100 ms
                  forEach             ────────────│    350 ms…
                   cosmos.ana… ×10    ▒▒▒▒▒▒▒█████│    350 ms…


                █ critical path  ▒ queue
                """)
    }

    @Test func theArrowKeysWalkDownTheTree() {
        var context = PanelContext(TraceSketch.fanOut, at: 450)
        var visited: [UInt32?] = []
        for step in [1, 1, 1, 1, -1, -1, -1, -1] {
            context.selection = panel.selection(movedBy: step, context)
            visited.append(context.selection.span?.rawValue)
        }
        #expect(visited == [1, 2, 3, 4, 3, 2, 1, 1])
        #expect(context.selection.request == RequestID(1))
    }
}
