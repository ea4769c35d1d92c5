import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct PoliciesPanelTests {
    private let panel = PoliciesPanel()

    /// What a breaker turns away does not reach the layers below; what a retry repeats does so again.
    @Test func workGoesDownThroughTheLayers() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.breaking(), at: 60_000), width: 46, height: 11) == """
                guarded     ▼  61  ▲ ✓ ok 6   ✗ failed 55
                ╭ timeout   ▼  61
                │  2 s
                │╭ breaker  ▼  61  ● OPEN  ⊘ 49  opened 2
                ││  5 failures, open 30 s
                ││ calls    ▼  12  20 % of what came

                reading     ▼  15  ▲ ✓ ok 15   ✗ failed 0
                ╭ breaker   ▼  15
                │  50 % failed or 60 % slow, open 10 s
                │ calls     ▼  15
                """)
        #expect(
            drawn(panel, PanelContext(TraceSketch.payment, at: 7000), width: 60, height: 6) == """
                guarded    ▼   1  ▲ ✓ ok 1   ✗ failed 0
                ╭ timeout  ▼   1
                │╭ retry   ▼   1  ↻ retried 2   ✓ recovered 1
                ││ calls   ▼   3  ×3 of what came
                """)
    }

    @Test func settingsStandBesideTheNamesWhereThereIsRoom() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.bulkheads(), at: 6000, .spanish), width: 100, height: 9) == """
                reads                 ━━━━━━━━━━━━━━━━━━━━ ▼ 151  ▲ ✓ bien 144   ✗ mal 0   ┊ dentro 7
                ╭ bulkhead  20 + 40   ━━━━━━━━━━━━━━━━━━━━ ▼ 151
                │ llamadas            ━━━━━━━━━━━━━━━━━━━━ ▼ 151

                ranks                 ━━━━━━━━━━━━━━━━━━━━ ▼ 151  ▲ ✓ bien 0   ✗ mal 1   ┊ dentro 150
                ╭ bulkhead  50 + 100  ━━━━━━━━━━━━━━━━━━━━ ▼ 151  ⊘ rechazadas 1   ▒ en cola 100
                │ llamadas            ━━━━━━━              ▼  50  33 % de lo que llegó
                """)
    }

    @Test func inASCII() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.limits(), at: 4600, .english, .ascii), width: 46, height: 11) == """
                calls        v  30  ^ + 19  x 10  : 1
                + rateLimit  v  30  @ rejected 11
                |  2/s, burst 10
                |+ retry     v  19
                ||  4 attempts
                || calls     v   0  0 % of what came

                mails        v   0  ^ + ok 0   x failed 0
                + rateLimit  v   0
                |  100 in 1 s
                | calls      v   0
                """)
    }

    @Test func withoutRoomEachHasOneLine() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.breaking(), at: 60_000), width: 40, height: 3) == """
                guarded  ▼ 61 → 12  ▲ ✓ 6  ✗ 55
                reading  ▼ 15 → 15  ▲ ✓ 15  ✗ 0
                """)
    }

    @Test func zoomedItHasRatesAndAChangeShowsTheCountsBeforeIt() {
        var context = PanelContext(TraceSketch.breaking(), at: 60_000)
        context.isZoomed = true
        context.earlier = RunView(TraceSketch.breaking(failures: 12))
        #expect(
            drawn(panel, context, width: 80, height: 12) == """
                guarded     ━━━━━━━━━ ▼  61    1/s  ▲ ✓ ok 6   ✗ failed 55
                ╭ timeout   ━━━━━━━━━ ▼  61    1/s
                │  2 s
                │╭ breaker  ━━━━━━━━━ ▼  61    1/s  ● OPEN   ⊘ failed fast 42 → 49   opened 2
                ││  5 failures, open 30 s
                ││ calls    ━━        ▼  12    0/s  20 % of what came

                reading     ━━        ▼  15  0.3/s  ▲ ✓ ok 15   ✗ failed 0
                ╭ breaker   ━━        ▼  15  0.3/s
                │  50 % failed or 60 % slow, open 10 s
                │ calls     ━━        ▼  15  0.3/s
                """)
    }

    @Test func thePolicyOfTheSelectedRequestIsMarked() throws {
        let run = TraceSketch.breaking()
        var context = PanelContext(run, at: 60_000)
        let reading = try #require(run.names.find("reading"))
        context.selection.request = run.events.first { $0.kind == .guardStarted && $0.component == reading }?.request
        #expect(drawn(panel, context, width: 46, height: 12).contains("▸ reading"))
    }

    /// Bars of two runs beside one another have one scale.
    @Test func barsCoverTheRunBeside() {
        var context = PanelContext(TraceSketch.payment, at: 7000)
        context.peer = RunView(TraceSketch.breaking())
        context.cursor = context.trace.lastCursor
        let alone = PanelContext(TraceSketch.payment, at: 10_000)
        func cells(_ context: PanelContext) -> Int {
            drawn(panel, context, width: 100, height: 6).filter { $0 == "━" }.count
        }
        #expect(cells(context) < cells(alone))
    }
}
