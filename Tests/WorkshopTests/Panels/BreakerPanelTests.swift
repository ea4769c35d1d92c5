import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct BreakerPanelTests {
    private let panel = BreakerPanel()
    private let run = TraceSketch.breaking()

    @Test func aClosedBreakerCountsUpToItsThreshold() {
        #expect(
            drawn(panel, PanelContext(run, at: 9500), width: 46, height: 11) == """
                     5 failures in a row   30 s
                 ● CLOSED ───────▶   OPEN ──────▶   HALF-OPEN
                     ▲                ▲                │
                     ╰─── success ────┼────────────────┤
                                      ╰─── failure ────╯

                window    ✓✓✓✓✓✓✗✗✗✗  4 of 5 failures
                calls     ⊘ failed fast 0   ✓ passed 10

                reading.breaker  ● CLOSED  ⊘ 0
                """)
    }

    @Test func anOpenBreakerSaysWhyAndForHowLong() {
        #expect(
            drawn(panel, PanelContext(run, at: 12_000), width: 46, height: 13) == """
                ▸ guarded.breaker
                     5 failures in a row   30 s
                   CLOSED ━━×1━━━▶ ● OPEN ──────▶   HALF-OPEN
                     ▲                ▲                │
                     ╰─── success ────┼────────────────┤
                                      ╰─── failure ────╯

                trial in  ███████████████████████████▎░ 28.2 s
                why       5 failures in a row, at 10.200 s
                window    ✓✓✓✓✓✓✗✗✗✗✗  5 of 5 failures
                calls     ⊘ failed fast 2   ✓ passed 11
                so far    ────█┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
                reading.breaker  ● CLOSED  ⊘ 0
                """)
    }

    /// It is half-open with the next call, not by itself.
    @Test func afterTheWaitTheNextCallIsTheTrial() {
        let text = drawn(panel, PanelContext(run, at: 40_500), width: 46, height: 13)
        #expect(text.contains("trial     with the next call"))
    }

    @Test func theWayTakenLastIsHeavyAndAllAreCounted() {
        #expect(
            drawn(panel, PanelContext(run, at: 85_000), width: 60, height: 11) == """
                           5 failures in a row          30 s
                 ● CLOSED ────────×1─────────▶   OPEN ───×2───▶   HALF-OPEN
                     ▲                            ▲                  ┃
                     ╰━━━━━━━━ success ×1 ━━━━━━━━┼━━━━━━━━━━━━━━━━━━┤
                                                  ╰─── failure ×1 ───╯

                why       the trial went well, at 72.200 s, request 91
                window    ✓✓✓✓✓✓✓  0 of 5 failures
                calls     ⊘ failed fast 60   ✓ passed 20
                so far    ─────█████████████████▒█████████████████▒───────┄┄
                reading.breaker  ● CLOSED  ⊘ 0  0 % of 50 % failed
                """)
    }

    @Test func halfOpenInSpanishAndASCII() {
        #expect(
            drawn(panel, PanelContext(run, at: 41_100, .spanish, .ascii), width: 50, height: 12) == """
                > guarded.breaker
                      5 fallos seguidos       30 s
                   CERRADO --x1-->   ABIERTO =x1==> O SEMIABIERTO
                     ^                 ^                  |
                     +----- éxito -----+------------------+
                                       +----- fallo ------+

                motivo     han pasado 30 s, a los 41,000 s
                ventana    pruebas 0 de 1
                llamadas   @ rechazadas 30   + pasan 12
                historia   ----#############=.....................
                reading.breaker  O CERRADO  @ 0
                """)
    }

    /// Fewer calls than the minimum say nothing yet; slow ones have a mark of their own.
    @Test func aRatioBreakerShowsItsWindowAndHowManyCallsItNeeds() {
        var context = PanelContext(run, at: 70_000)
        context.scroll = 1
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                ▸ reading.breaker
                       ≥ 50 % failed or 60 % slow       10 s
                 ● CLOSED ───────────────────▶   OPEN ────────▶   HALF-OPEN
                     ▲                            ▲                  │
                     ╰────── 3 trials pass ───────┼──────────────────┤
                                                  ╰─── bad trials ───╯

                window    ✓◐✓✓◐✓✓◐✓✓◐✓✓◐✓  15 of 20 calls
                calls     ⊘ failed fast 0   ✓ passed 17

                guarded.breaker  ● OPEN  1.2 s  ⊘ 59
                """)
    }

    @Test func withoutRoomForTheDiagramTheStateComesFirst() {
        let context = PanelContext(run, at: 15_000)
        #expect(
            drawn(panel, context, width: 36, height: 8) == """
                ● OPEN  guarded.breaker
                trial in  ████████████████░░░ 25.2 s
                why       5 failures in a row
                window    …✓✓✓✗✗✗✗✗  5 of 5 failures
                calls     ⊘ 5  ✓ 11
                so far    ──███┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄

                reading.breaker  ● CLOSED  ⊘ 0
                """)
        #expect(
            drawn(panel, context, width: 20, height: 3) == """
                ● OPEN
                ██████████▉░░ 25.2 s
                5 failures in a row
                """)
    }

    @Test func aChangeShowsTheStateAndTheCountsBeforeIt() {
        var context = PanelContext(run, at: 15_000)
        context.earlier = RunView(TraceSketch.breaking(failures: 12))
        #expect(
            drawn(panel, context, width: 60, height: 13) == """
                ▸ guarded.breaker
                           5 failures in a row          30 s
                   CLOSED ━━━━━━━━×1━━━━━━━━━▶ ● OPEN ────────▶   HALF-OPEN
                     ▲                            ▲                  │
                     ╰───────── success ──────────┼──────────────────┤
                                                  ╰──── failure ─────╯

                before    ● CLOSED
                trial in  █████████████████████████▎░░░░ 25.2 s
                why       5 failures in a row, at 10.200 s, request 13
                window    ✓✓✓✓✓✓✗✗✗✗✗  5 of 5 failures
                calls     ⊘ failed fast 0 → 5   ✓ passed 16 → 11
                reading.breaker  ● CLOSED  ⊘ 0
                """)
    }

    @Test func zoomedItTellsEveryChange() {
        var context = PanelContext(run, at: 75_000)
        context.isZoomed = true
        #expect(
            drawn(panel, context, width: 76, height: 20) == """
                ▸ guarded.breaker
                           5 failures in a row           30 s
                 ● CLOSED ─────────×1─────────▶   OPEN ───×2───▶   HALF-OPEN
                     ▲                             ▲                  ┃
                     ╰━━━━━━━━ success ×1 ━━━━━━━━━┼━━━━━━━━━━━━━━━━━━┤
                                                   ╰─── failure ×1 ───╯

                why       the trial went well, at 72.200 s, request 91
                window    ✓✓  0 of 5 failures
                calls     ⊘ failed fast 60   ✓ passed 16
                so far    ──────█████████████████████▒████████████████████▒──┄┄┄┄┄┄┄┄┄
                          ─ closed   █ open   ▒ half-open

                72.200 s  ● CLOSED     the trial went well, request 91
                72.000 s  ● HALF-OPEN  30 s are over
                41.200 s  ● OPEN       the trial failed, request 52
                41.000 s  ● HALF-OPEN  30 s are over
                10.200 s  ● OPEN       5 failures in a row, request 13

                reading.breaker  ● CLOSED  ⊘ 0
                """)
    }

    @Test func forcedAndDisabledBreakersSayWhatTheyAre() {
        var sketch = TraceSketch(backends: ["pay"])
        sketch.policy("guarded", ("breaker", .breaker))
        sketch.configure("guarded.breaker", ("failures", 5), ("open", 30 * TraceSketch.seconds))
        sketch.event(.breakerOpened, at: 1000, "guarded.breaker", "forced", value: -1)
        sketch.event(.breakerDisabled, at: 2000, "guarded.breaker", "forced")
        let trace = sketch.finished(end: 3000)
        #expect(
            drawn(panel, PanelContext(trace, at: 1500), width: 46, height: 11) == """
                     5 failures in a row   30 s
                   CLOSED ───────▶ ● OPEN ──────▶   HALF-OPEN
                     ▲                ▲                │
                     ╰─── success ────┼────────────────┤
                                      ╰─── failure ────╯

                state     ● FORCED OPEN
                why       forced open, at 1.000 s
                window    no result yet
                calls     ⊘ failed fast 0   ✓ passed 0
                so far    ────────────███████┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
                """)
        #expect(
            drawn(panel, PanelContext(trace, at: 2500, .spanish), width: 50, height: 11) == """
                      5 fallos seguidos       30 s
                   CERRADO ──────▶   ABIERTO ─────▶   SEMIABIERTO
                     ▲                 ▲                  │
                     ╰───── éxito ─────┼──────────────────┤
                                       ╰───── fallo ──────╯

                estado     ● DESACTIVADO
                motivo     desactivado, a los 2,000 s
                ventana    aún sin resultados
                llamadas   ⊘ rechazadas 0   ✓ pasan 0
                historia   ─────────────██████████████┊┊┊┊┊┊┄┄┄┄┄┄
                """)
    }

    /// Up and down go from change to change, and to the request whose result brought it about.
    @Test func theSelectionMovesFromChangeToChange() throws {
        var context = PanelContext(run, at: 50_000)
        let kinds: [EventKind] = [.breakerOpened, .breakerHalfOpened]
        let changes = run.events.filter { kinds.contains($0.kind) && $0.time <= .milliseconds(50_000) }
        var met: [VirtualTime] = []
        for _ in changes {
            context.selection = panel.selection(movedBy: 1, context)
            let event = try #require(context.selection.event.flatMap { run[$0] })
            met.append(event.time)
        }
        #expect(met == changes.map(\.time))
        let last = try #require(changes.last.flatMap { run[$0.cause] })
        #expect(context.selection.request == last.request)
        #expect(panel.note(context) == "guarded.breaker")
        context.selection = panel.selection(movedBy: -2, context)
        #expect(drawn(panel, context, width: 50, height: 13).contains("why       5 failures in a row, at 10.200 s"))
    }

    @Test func theSelectedRequestBringsItsBreaker() throws {
        var context = PanelContext(run, at: 50_000)
        let reading = try #require(run.names.find("reading"))
        let pass = try #require(run.events.first { $0.kind == .guardStarted && $0.component == reading })
        context.selection.request = pass.request
        #expect(panel.note(context) == "reading.breaker")
    }

    @Test func withoutABreakerItSaysSo() {
        let text = drawn(panel, PanelContext(TraceSketch.fanOut, at: 0), width: 40, height: 2)
        #expect(text == "There is no circuit breaker here.")
        #expect(!panel.hasSubject(in: TraceSketch.fanOut))
    }
}
