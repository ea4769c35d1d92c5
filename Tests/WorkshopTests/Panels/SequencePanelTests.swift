import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct SequencePanelTests {
    private let panel = SequencePanel()

    @Test func callsOneAfterAnotherDescendLikeStairs() {
        let context = PanelContext(TraceSketch.oneAfterAnother, at: 1250)
        #expect(
            drawn(panel, context, width: 46, height: 12) == """
                   ms web                 sql  cosmos rest
                    0 ├─calculate_metrics─▶┃     │     │
                      │                    ┃     │     │
                  300 │                    ┃     │     │
                  500 ◀┄500 ms┄┄┄┄┄┄┄┄┄┄┄┄┄┨     │     │
                      ├─analyze_users──────┼────▶┃     │
                      │                    │     ┃     │
                  900 │                    │     ┃     │
                 1000 ◀┄500 ms┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┨     │
                ●1250 ├─check_stock────────┼─────┼────▶┃ ···
                """)
    }

    @Test func parallelCallsAreStackedAtTheInstantInWhichTheyLeave() {
        let context = PanelContext(TraceSketch.allAtOnce(), at: 300)
        #expect(
            drawn(panel, context, width: 46, height: 10) == """
                   ms web                 sql  cosmos rest
                    0 ├─calculate_metrics─▶┃     │     │
                      ├─analyze_users──────┃────▶┃     │
                      ├─check_stock────────┃─────┃────▶┃
                   80 ◀┄✗ 80 ms┄┄┄┄┄┄┄┄┄┄┄┄┃┄┄┄┄┄┃┄┄┄┄┄┨
                ● 300 │                    ┃ ··· ┃ ··· │
                """)
    }

    @Test func whatTakesLongerThanARowOnTheNetworkLeavesAndArrivesInRowsOfItsOwn() {
        let context = PanelContext(TraceSketch.allAtOnce(hop: 100), at: 650)
        #expect(
            drawn(panel, context, width: 76, height: 20) == """
                   ms web                 sql           cosmos          rest
                    0 ├─calculate_metr…─╮  │              │              │
                      ├─analyze_users──────┼───────────╮  │              │
                      ├─check_stock────────┼──────────────┼───────────╮  │
                  100 │                 ╰─▶┃           │  │           │  │
                      │                    ┃           ╰─▶┃           │  │
                      │                    ┃              ┃           ╰─▶┃
                  180 │                    ┃              ┃           ╭┄┄┨
                  280 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┃┄┄┄┄┄┄┄┄┄┄┄┄┄┄┃┄┄┄┄┄┄┄┄┄┄┄╯  │ ✗ 280 ms
                  320 │                    ┃              ┃              │
                      │                    ┃              ┃              │
                  400 │                    ┃              ┃              │
                      │                    ┃              ┃              │
                  480 │                    ┃              ┃              │
                      │                    ┃              ┃              │
                  550 │                    ┃           ╭┄┄┨              │
                  600 │                 ╭┄┄┨           │  │              │
                ● 650 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄╯  │ 650 ms       │
                """)
    }

    @Test func aFanOutIsOneArrowAndSaysHowManyWorkAndHowManyWait() {
        let context = PanelContext(TraceSketch.fanOut, at: 400, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 46, height: 12) == """
                   ms web                    sql  cosmos
                    0 |-get_top_customers---->#     |
                      |                       #     |
                  100 <.100 ms................|     |
                      |-analyze_user_behavior x10--># x5 =x5
                  200 |                       |     #
                      |                       |     #
                  300 <.x5 200 ms.............+.....|
                      |                       |     # x5
                O 400 |                       |     # x5 ---
                """)
    }

    @Test func aCacheAnswersInItsOwnColumn() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.cached, at: 700), width: 60, height: 9) == """
                   ms web             sql     cosmos    rest  summaries
                    0 ├─sales──────────┼────────┼────────┼───────▶◇ miss
                      ├─calculate_met…▶┃        │        │        │
                  200 │                ┃        │        │        │
                      │                ┃        │        │        │
                  400 │                ┃        │        │        │
                  500 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┨ 500 ms │        │        │
                ✓ 500 ├─store──────────┼────────┼────────┼───────▶◇ 5 min
                """)
        #expect(
            drawn(panel, PanelContext(TraceSketch.cached, at: 2050, .spanish), width: 60, height: 6) == """
                   ms web                 sql    cosmos   rest summaries
                    0 ├─sales──────────────┼───────┼───────┼──────▶◇
                      │                    │       │       │       │
                   25 │                    │       │       │       │
                      │                    │       │       │       │
                ✓  50 ◀┄acierto 50 ms┄┄┄┄┄┄┼┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄◇
                """)
    }

    @Test func whatGoesWrongHasItsMark() {
        let context = PanelContext(TraceSketch.trouble, at: 1500)
        #expect(
            drawn(panel, context, width: 60, height: 12) == """
                   ms web                sql       cosmos      rest
                    0 │                   │          │          ▲ down
                      ├─check_stock───────┼──────────┼─────────▶✗ down
                      ├─calculate_metrics▶⊘ full     │          │
                      ┊ waits 400 ms      │          │          │
                  400 ├─calculate_metrics▶┃          │          │
                  500 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┨ ✗ 100 ms │          │
                      ├─analyze_users─────┼─────────▶┃          │
                  700 │                   │          ┃          ✓ normal
                  800 ◷┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┃ 300 ms   │
                      ◷ 800 ms            │          ┃          │
                 1100 │               too late ╳┄┄┄┄┄┨          │
                """)
    }

    @Test func eventsOfOneInstantAppearOneByOne() {
        var context = PanelContext(TraceSketch.allAtOnce(), at: 0)
        let rows = [2, 3, 6, 9].map { count in
            context.cursor = context.trace.cursor(after: EventID(UInt32(count)))
            return drawn(panel, context, width: 60, height: 10).split(separator: "\n").count
        }
        #expect(rows == [2, 2, 3, 4])
    }
}

/// What resilience policies bring into a sequence.
@Suite struct SequenceFailureTests {
    private let panel = SequencePanel()

    /// Nothing listens there: the call ends in the network, and the backend never works on it.
    @Test func aLostCallReachesNobody() {
        var sketch = TraceSketch(backends: ["rest"])
        let request = sketch.request(at: 0)
        let span = sketch.newSpan()
        sketch.event(
            .callSent, at: 0, "rest", "check_stock", in: request, span: span, parent: request.span,
            cause: request.event, value: 20_000_000)
        sketch.event(
            .callAbandoned, at: 500, "rest", "check_stock", outcome: .timedOut, in: request, span: span,
            parent: request.span, cause: request.event)
        sketch.end(request, at: 500, .timedOut)
        #expect(
            drawn(panel, PanelContext(sketch.finished(), at: 500), width: 46, height: 6) == """
                   ms web           rest
                    0 ├─check_stock─▶╳
                      │              │
                  250 │              │
                      │              │
                ◷ 500 ◷┄┄┄┄┄┄┄┄┄┄┄┄┄┄│ 500 ms
                """)
    }

    /// Without a time-out the bar goes on for as long as the run does.
    @Test func whoIsNeverAnsweredIsSeenToWait() {
        var sketch = TraceSketch(backends: ["rest"])
        let request = sketch.request(at: 0)
        let span = sketch.newSpan()
        for kind in [EventKind.callSent, .callArrived, .serviceStarted] {
            sketch.event(
                kind, at: 0, "rest", "check_stock", in: request, span: span, parent: request.span, cause: request.event)
        }
        #expect(
            drawn(panel, PanelContext(sketch.finished(end: 1000), at: 1000), width: 46, height: 6) == """
                   ms web           rest
                    0 ├─check_stock─▶┃
                      │              ┃
                  400 │              ┃
                      │              ┃
                ●1000 │              ┃ ···
                """)
    }

    /// Its deadline passed in the queue: the work is never done.
    @Test func aDroppedCallIsNotServed() {
        var sketch = TraceSketch(backends: ["sql"])
        let request = sketch.request(at: 0)
        let span = sketch.newSpan()
        for (kind, time) in [(EventKind.callSent, 0.0), (.callArrived, 0), (.callQueued, 0), (.callAbandoned, 300)] {
            sketch.event(
                kind, at: time, "sql", "read", outcome: kind == .callAbandoned ? .timedOut : .none, in: request,
                span: span, parent: request.span, cause: request.event)
        }
        sketch.end(request, at: 300, .timedOut)
        sketch.event(
            .callExpired, at: 500, "sql", "read", in: request, span: span, parent: request.span, cause: request.event)
        #expect(
            drawn(panel, PanelContext(sketch.finished(), at: 500), width: 46, height: 8) == """
                   ms web    sql
                    0 ├─read─▶▒
                      │       ▒
                  200 │       ▒
                  300 ◷┄┄┄┄┄┄┄▒ 300 ms
                      ◷ 300 ms▒
                  500 │       ╳ dropped
                """)
    }

    /// Between two attempts the client waits, and says how long.
    @Test func theWaitBeforeARetryIsShown() {
        var sketch = TraceSketch(backends: ["rest"])
        let request = sketch.request(at: 0)
        sketch.call("rest", "check_stock", at: 0, in: request, service: 100, outcome: .failed)
        sketch.event(
            .retryScheduled, at: 100, "p.retry", "backoff", in: request, span: request.span, value: 200_000_000)
        sketch.call("rest", "check_stock", at: 300, in: request, service: 100)
        sketch.end(request, at: 400)
        #expect(
            drawn(panel, PanelContext(sketch.finished(), at: 400), width: 46, height: 10) == """
                   ms web           rest
                    0 ├─check_stock─▶┃
                      │              ┃
                  100 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┨ ✗ 100 ms
                      ┊ waits 200 ms │
                  200 │              │
                      │              │
                  300 ├─check_stock─▶┃
                      │              ┃
                ✓ 400 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┨ 100 ms
                """)
    }
}
