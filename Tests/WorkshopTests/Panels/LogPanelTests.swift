import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct LogPanelTests {
    private let panel = LogPanel()

    @Test func theNewestEventStandsLastAndSaysWhy() {
        let context = PanelContext(TraceSketch.oneAfterAnother, at: 1000)
        #expect(
            drawn(panel, context, width: 60, height: 9) == """
                 0.500   cosmos.analyze_users arrives
                 0.500 ┃ cosmos.analyze_users gets a slot (1 in service)
                 1.000   cosmos.analyze_users is done after 500 ms
                 1.000 ✓ cosmos.analyze_users answers in 500 ms
                 1.000   web calls rest.check_stock
                 1.000   rest.check_stock arrives
                 1.000 ┃ rest.check_stock gets a slot (1 in service)
                         because web calls rest.check_stock
                           because web starts request 1: dashboard
                """)
    }

    @Test func aQueueIsExplainedByBusySlots() {
        var context = PanelContext(TraceSketch.fanOut, at: 450)
        context.selection.event = EventID(30)
        #expect(
            drawn(panel, context, width: 64, height: 9) == """
                 0.100 ▒ cosmos.analyze_user_behavior queues: place 1
                 0.100   web calls cosmos.analyze_user_behavior
                 0.100   cosmos.analyze_user_behavior arrives
                ▸0.100 ▒ cosmos.analyze_user_behavior queues: place 2
                         because all 5 slots of cosmos are busy
                           because web calls cosmos.analyze_user_behavior
                             because web begins: forEach
                 0.100   web calls cosmos.analyze_user_behavior
                 0.100   cosmos.analyze_user_behavior arrives
                """)
    }

    @Test func inSpanishWithPlainCharacters() {
        let context = PanelContext(TraceSketch.trouble, at: 900, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 64, height: 12) == """
                 0,400   sql.calculate_metrics llega
                 0,400 # sql.calculate_metrics ocupa una plaza (1 en servicio)
                 0,500 x sql.calculate_metrics sale mal a los 100 ms
                 0,500 x sql.calculate_metrics responde con un error a los 100 ~
                 0,500   web llama a cosmos.analyze_users
                 0,500   cosmos.analyze_users llega
                 0,500 # cosmos.analyze_users ocupa una plaza (1 en servicio)
                 0,700 + rest vuelve a la normalidad (antes: caído)
                 0,800 T web abandona cosmos.analyze_users: tiempo agotado
                 0,800 T la petición 1 agota su tiempo a los 800 ms
                         porque web abandona cosmos.analyze_users: tiempo agota~
                           porque web inicia la petición 1: dashboard
                """)
    }

    @Test func theArrowKeysWalkFromEventToEvent() {
        var context = PanelContext(TraceSketch.oneAfterAnother, at: 500)
        let newest = UInt32(context.cursor.eventCount)
        var visited: [UInt32?] = []
        for step in [-1, -1, -1, 1] {
            context.selection = panel.selection(movedBy: step, context)
            visited.append(context.selection.event?.rawValue)
        }
        #expect(visited == [newest, newest - 1, newest - 2, newest - 1])
    }

    @Test(arguments: EventKind.allCases)
    func everyKindOfEventHasASentenceInBothLanguages(_ kind: EventKind) {
        for outcome in Outcome.allCases {
            for value in [-1, 0, 1, 2] as [Int64] {
                for isClient in [true, false] {
                    let event = Event(time: .zero, kind: kind, outcome: outcome, value: value)
                    for detail in Self.details {
                        let phrase = EventPhrase(event, isClient: isClient, detail: detail)
                        #expect(!phrase.english.isEmpty && !phrase.spanish.isEmpty)
                        #expect(phrase.english != phrase.spanish || Self.sameInBoth.contains(kind))
                        #expect(places(phrase.english) == places(phrase.spanish))
                    }
                }
            }
        }
    }

    /// Names and numbers alone.
    private static let sameInBoth: Set<EventKind> = [.mark, .layerConfigured, .cacheConfigured, .balancerConfigured]

    /// What events say in their details where that changes the sentence.
    private static let details = [
        "", "connect", "read", "total", "deadline", "Retry-After", "attempts", "permanent", "budget", "not idempotent",
        "told not to", "refusal", "forced", "trial", "slow", "ratio", "consecutive", "oldest", "codel", "waited",
        "stale", "partial", "source", "default", "refresh", "flush", "early", "crash", "restart", "tag:shop",
        "orders:*",
    ]

    @Test(arguments: EventKind.allCases)
    func everySentenceIsFilledToItsEnd(_ kind: EventKind) {
        var sketch = TraceSketch(backends: ["pay"])
        sketch.policy("guarded", ("retry", .retry), ("breaker", .breaker))
        let request = sketch.request(at: 0)
        for outcome in Outcome.allCases {
            for detail in Self.details.dropFirst() {
                for component in ["pay", "guarded.retry", "guarded.breaker"] {
                    for value in [0, 1, 2] as [Int64] {
                        sketch.event(
                            kind, at: 1, component, detail, outcome: outcome, in: request, span: request.span,
                            value: value)
                    }
                }
            }
        }
        let trace = sketch.finished()
        for language in Language.allCases {
            let context = PanelContext(trace, at: 1, language)
            for event in trace.events.dropFirst() {
                let text = EventSentence(event, in: context).text.plain
                #expect(!text.contains("{") && !text.contains("  ") && !text.hasSuffix(" "), "\(text)")
            }
        }
    }

    @Test func aRetryIsToldAttemptByAttempt() {
        let context = PanelContext(TraceSketch.payment, at: 10_000)
        let told = context.trace.events.map { EventSentence($0, in: context) }.filter { !$0.isMinor }.map(\.text.plain)
        #expect(
            told == [
                "web starts request 1: checkout",
                "web calls pay.charge",
                "pay.charge goes wrong after 80 ms",
                "pay.charge answers 503 after 80 ms",
                "attempt 1 of pay.charge fails; the next in 1.82 s (of 1.6-2.4 s)",
                "attempt 2 of pay.charge begins",
                "web calls pay.charge",
                "pay.charge goes wrong after 80 ms",
                "pay.charge answers with an error after 80 ms",
                "attempt 2 of pay.charge fails; the next in 3.7 s (of 3.2-4.8 s)",
                "attempt 3 of pay.charge begins",
                "web calls pay.charge",
                "pay.charge answers in 120 ms",
                "request 1 is answered in 5.8 s",
            ])
    }

    /// The names of the places in a phrase, sorted. A number may have its noun with it: `{number key/keys}`.
    private func places(_ phrase: String) -> [Substring] {
        phrase.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
            .map { $0.prefix { $0 != "}" && $0 != " " } }.sorted()
    }

    @Test func namesFromFilesAreNeverReadAsPlaces() {
        var sketch = TraceSketch(backends: ["{time}"])
        let request = sketch.request(at: 0, flow: "{request}")
        sketch.call("{time}", "{client}", at: 0, in: request, service: 10)
        let context = PanelContext(sketch.finished(), at: 10)
        let sentences = context.trace.events.map { EventSentence($0, in: context).text.plain }
        #expect(sentences[0] == "web starts request 1: {request}")
        #expect(sentences[1] == "web calls {time}.{client}")
    }
}
