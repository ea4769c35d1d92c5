import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct LimitsPanelTests {
    private let panel = LimitsPanel()
    private let run = TraceSketch.limits()

    /// Buckets, windows and the budget of a retry, below half of which there are none.
    @Test func whatIsLeftAndTheLastDecisions() {
        #expect(
            drawn(panel, PanelContext(run, at: 4600), width: 46, height: 12) == """
                calls.rateLimit                  2/s, burst 10
                left    ▌░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0.1 of 10
                recent  ✓✓✓✓✓✓✓✓✓✓✓✓✓⊘⊘⊘✓✓✓⊘⊘⊘⊘⊘✓✓✓⊘⊘⊘
                        ⊘ rejected 11   ✓ passed 19
                calls.retry                       retry budget
                left    ░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░ 0 of 10
                recent  ↑↓↓↑↓↓↑↓⊘↑⊘⊘↑⊘⊘↑↑⊘⊘
                        no retries now, only above 5
                mails.rateLimit                     100 in 1 s
                left    ███████████████████████████ 100 of 100
                        ⊘ rejected 0   ✓ passed 0
                """)
    }

    @Test func permitsComeBackBetweenTheDecisions() {
        let text = drawn(panel, PanelContext(run, at: 8600), width: 46, height: 12)
        #expect(text.contains(" 5.1 of 10"), "\(text)")
    }

    @Test func inSpanishAndASCII() {
        #expect(
            drawn(panel, PanelContext(run, at: 1600, .spanish, .ascii), width: 46, height: 12) == """
                calls.rateLimit                 2/s, ráfaga 10
                quedan   #.......................... 0,1 de 10
                últimas  +++++++++++++@
                         @ rechazadas 1   + pasan 13
                calls.retry          presupuesto de reintentos
                quedan   ######........#............ 2,4 de 10
                últimas  ^vv^vv^v@^@@^
                         ahora no hay reintentos
                mails.rateLimit                     100 en 1 s
                quedan   ########################## 100 de 100
                         @ rechazadas 0   + pasan 0
                """)
    }

    @Test func withoutRoomEachHasOneLine() {
        #expect(
            drawn(panel, PanelContext(run, at: 4600), width: 40, height: 3) == """
                calls.rateLimit ▎░░░░░░░░░░░░░ 0.1 of 10
                calls.retry ░░░░░░░░░░┃░░░░░░░░░ 0 of 10
                mails.rateLimit █████████████ 100 of 100
                """)
    }

    @Test func aChangeShowsTheCountsBeforeIt() {
        var context = PanelContext(run, at: 4600)
        context.earlier = RunView(TraceSketch.limits(rate: 5))
        let text = drawn(panel, context, width: 60, height: 12)
        #expect(text.contains("⊘ rejected 0 → 11   ✓ passed 30 → 19"), "\(text)")
    }

    @Test func zoomedItTellsTheLastDecisions() {
        var context = PanelContext(run, at: 4600)
        context.isZoomed = true
        #expect(
            drawn(panel, context, width: 76, height: 22) == """
                calls.rateLimit                                                2/s, burst 10
                left    ▋░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0.1 of 10
                recent  ✓✓✓✓✓✓✓✓✓✓✓✓✓⊘⊘⊘✓✓✓⊘⊘⊘⊘⊘✓✓✓⊘⊘⊘
                        ⊘ rejected 11   ✓ passed 19
                4.600 s   ⊘ request 30
                4.580 s   ⊘ request 29
                4.560 s   ⊘ request 28
                4.540 s   ✓ request 27
                4.520 s   ✓ request 26
                calls.retry                                                     retry budget
                left    ░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░ 0 of 10
                recent  ↑↓↓↑↓↓↑↓⊘↑⊘⊘↑⊘⊘↑↑⊘⊘
                        no retries now, only above 5
                4.550 s   ⊘ request 27   0
                4.530 s   ⊘ request 26   0
                4.510 s   ↑ request 25   0.6
                3.050 s   ↑ request 19   0.5
                3.030 s   ⊘ request 18   0.4
                mails.rateLimit                                                   100 in 1 s
                left    ██████████████████████████████ 100 of 100
                        ⊘ rejected 0   ✓ passed 0
                """)
    }

    @Test func onlySystemsWithALimitHaveIt() {
        #expect(panel.hasSubject(in: run))
        #expect(!panel.hasSubject(in: TraceSketch.payment))
    }
}
