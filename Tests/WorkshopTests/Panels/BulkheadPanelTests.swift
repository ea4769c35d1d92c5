import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct BulkheadPanelTests {
    private let panel = BulkheadPanel()
    private let run = TraceSketch.bulkheads()

    /// 20 + 40 beside 50 + 100, in the room of a panel at 80x24.
    @Test func everySlotAndEveryPlaceHasACell() {
        #expect(
            drawn(panel, PanelContext(run, at: 6000), width: 46, height: 13) == """
                reads.bulkhead                  7 of 20 inside
                ▅▅▅▅▄▄▃··· ··········
                queue 0 of 40
                ·········· ·········· ·········· ··········
                ⊘ rejected 0   ✓ passed 151
                ranks.bulkhead           50 of 50 inside, full
                ██████████ ██████████ ██████████ ██████████
                ██████████
                queue 100 of 100, full        oldest waits 4 s
                ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                ⊘ rejected 1   ✓ passed 50
                """)
    }

    @Test func besideOneAnotherWhereThereIsRoom() {
        #expect(
            drawn(panel, PanelContext(run, at: 6000, .spanish), width: 96, height: 9) == """
                reads.bulkhead                  7 de 20 dentro   ranks.bulkhead           50 de 50 dentro, lleno
                ▅▅▅▅▄▄▃··· ··········                            ██████████ ██████████ ██████████ ██████████
                cola 0 de 40                                     ██████████
                ·········· ·········· ·········· ··········      cola 100 de 100, llena      la más antigua, 4 s
                ⊘ rechazadas 0   ✓ pasan 151                     ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                                                                 ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                                                                 ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                                                                 ⊘ rechazadas 1   ✓ pasan 50
                """)
    }

    @Test func barsWithoutRoomForCells() {
        #expect(
            drawn(panel, PanelContext(run, at: 3000), width: 40, height: 6) == """
                reads.bulkhead           ⊘ turned away 0
                inside  ████████▍░░░░░░░░░░░░░░░ 7 of 20
                queue   ░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 40
                ranks.bulkhead           ⊘ turned away 0
                inside  ███████████████████████ 50 of 50
                queue   █████▊░░░░░░░░░░░░░░░░ 26 of 100
                """)
        #expect(
            drawn(panel, PanelContext(run, at: 6000), width: 40, height: 2) == """
                reads.bulkhe… ██▊░░░░░ 7/20  ▒ 0/40  ⊘ 0
                ranks.bulkhe… ████ 50/50  ▒ 100/100  ⊘ 1
                """)
    }

    @Test func slotsAreAsHighAsTheirCallsAreOldInASCIIToo() {
        #expect(
            drawn(panel, PanelContext(run, at: 1600, .english, .ascii), width: 46, height: 12) == """
                reads.bulkhead                  7 of 20 inside
                ====--:... ..........
                queue 0 of 40
                .......... .......... .......... ..........

                ranks.bulkhead                 41 of 50 inside
                ********** ******++++ ++++++++++ +++=====--
                :.........
                queue 0 of 100
                .......... .......... .......... +70
                """)
    }

    @Test func anAdaptiveLimitHasALineOverTime() {
        let context = PanelContext(TraceSketch.bulkheads(adaptive: true, every: 20), at: 5000)
        #expect(
            drawn(panel, context, width: 60, height: 22) == """
                reads.bulkhead                               13 of 40 inside
                ▅▅▅▅▅▅▅▅▄▄ ▄▃▃······· ·········· ··········
                queue 0 of 40
                ·········· ·········· ·········· ··········
                ⊘ rejected 0   ✓ passed 251

                ranks.bulkhead                         50 of 50 inside, full
                ██████████ ██████████ ██████████ ██████████ ██████████
                queue 100 of 100, full                      oldest waits 4 s
                ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒▒▒
                ⊘ rejected 101   ✓ passed 50
                """)
    }

    @Test func aChangeShowsTheCountsBeforeIt() {
        var context = PanelContext(run, at: 9000)
        context.earlier = RunView(TraceSketch.bulkheads(every: 20))
        let text = drawn(panel, context, width: 46, height: 14)
        #expect(text.contains("⊘ rejected 301 → 76"), "\(text)")
    }

    @Test func theSelectedRequestHasAMarkInItsCell() throws {
        var context = PanelContext(run, at: 1600)
        context.selection.request = RequestID(4)
        let text = drawn(panel, context, width: 46, height: 13)
        #expect(text.contains("▇●▇▇▇▇▇▇▇▇"), "\(text)")
    }

    @Test func zoomedItNamesTheRequestsInside() {
        var context = PanelContext(run, at: 1600)
        context.isZoomed = true
        #expect(
            drawn(panel, context, width: 76, height: 24) == """
                reads.bulkhead                                                7 of 20 inside
                ▅▅▅▅▄▄▃··· ··········
                queue 0 of 40
                ·········· ·········· ·········· ··········
                ⊘ rejected 0   ✓ passed 41
                requests inside
                69 240 ms   71 200 ms   73 160 ms   75 120 ms   77 80 ms    79 40 ms
                81 0 ms
                inside for  ▃  ▄ 30 ms  ▅ 100 ms  ▆ 300 ms  ▇ 1 s  █ 3 s

                ranks.bulkhead                                               41 of 50 inside
                ▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▆▆▆▆ ▆▆▆▆▆▆▆▆▆▆ ▆▆▆▅▅▅▅▅▄▄ ▃·········
                queue 0 of 100
                ·········· ·········· ·········· ·········· ·········· ·········· ··········
                ·········· ·········· ··········
                ⊘ rejected 0   ✓ passed 41
                requests inside
                2 1.6 s     4 1.56 s    6 1.52 s    8 1.48 s    10 1.44 s   12 1.4 s
                14 1.36 s   16 1.32 s   18 1.28 s   20 1.24 s   22 1.2 s    24 1.16 s
                26 1.12 s   28 1.08 s   30 1.04 s   32 1 s      34 960 ms   36 920 ms
                38 880 ms   40 840 ms   42 800 ms   44 760 ms   46 720 ms   48 680 ms
                inside for  ▃  ▄ 30 ms  ▅ 100 ms  ▆ 300 ms  ▇ 1 s  █ 3 s
                """)
    }

    /// What lies beyond the last row is counted.
    @Test func anEndlessQueueIsCutAndCounted() {
        var sketch = TraceSketch()
        sketch.policy("all", ("bulkhead", .bulkhead))
        sketch.configure("all.bulkhead", ("concurrent", 0), ("queue", -1))
        for number in 0..<500 {
            let request = sketch.request(at: Double(number))
            let inner = sketch.open(.guardStarted, at: Double(number), "all", in: request)
            sketch.event(.bulkheadQueued, at: Double(number), "all.bulkhead", in: inner, span: inner.span)
        }
        let text = drawn(panel, PanelContext(sketch.finished(end: 1000), at: 600), width: 32, height: 20)
        #expect(text.contains("queue 500"), "\(text)")
        #expect(text.contains(" +270"), "\(text)")
    }
}
