import Analysis
import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// What policies do, in the pictures that are not about policies alone.
@Suite struct PolicyPictureTests {
    /// A real run: a retry, a hedge, a lost call, an open breaker, a full bulkhead.
    private static func run(
        _ flow: String, _ client: String, slow: String = "900ms", duration: String = "5s"
    ) throws -> RunView {
        let yaml = """
            seed: 7
            duration: \(duration)
            network: { hop: 10ms }
            backends:
              pay: { latency: 90ms, faults: [ { from: 0s, to: 1s, errors: 100%, answer: 503 } ] }
              slow: { latency: \(slow) }
              far: { latency: 50ms, faults: [ { from: 0s, to: 5s, blackhole: true } ] }
            policies:
              again: [ { retry: { attempts: 3, backoff: exponential, base: 500ms, factor: 2x } } ]
              twice: [ { hedge: 300ms } ]
              brief: [ { timeout: 400ms } ]
              cut: [ { fallback: { value: none } }, { breaker: { failures: 1, open: 2s } }, { timeout: 400ms } ]
              few: [ { bulkhead: { concurrent: 1, queue: 1 } } ]
            flows:
              page: [ { call: \(flow) } ]
            clients:
              web: \(client)
            """
        return RunView(try Run(ScenarioDocument(yaml: yaml, file: "policies.yaml")).trace())
    }

    private func context(_ run: RunView, at milliseconds: Double, request: UInt32 = 1) -> PanelContext {
        var context = PanelContext(
            run: run, cursor: run.trace.cursor(at: .milliseconds(milliseconds)), glyphs: .unicode)
        context.selection.request = RequestID(request)
        return context
    }

    @Test func aRetriedCallHasItsMark() throws {
        let run = try Self.run("{ to: pay.charge, with: again }", "{ flow: page, at: 0s }")
        #expect(
            drawn(SequencePanel(), context(run, at: 2000), width: 60, height: 12) == """
                   ms web        pay          slow         far
                    0 ├─charge───▶│            │            │
                   20 ◀┄┄┄┄┄┄┄┄┄┄┄┨ ✗ 503      │            │
                      ┊ waits 500 ms           │            │
                  520 ├─↻ charge─▶│            │            │
                  540 ◀┄┄┄┄┄┄┄┄┄┄┄┨ ✗ 503      │            │
                      ┊ waits 1 s │            │            │
                 1540 ├─↻ charge─▶┃            │            │
                      │           ┃            │            │
                 1590 │           ┃            │            │
                      │           ┃            │            │
                ✓1650 ◀┄┄┄┄┄┄┄┄┄┄┄┨ 110 ms     │            │
                """)
        #expect(
            drawn(TracePanel(), context(run, at: 2000), width: 60, height: 10) == """
                                0         500        1000      1500 ms
                 page           ──────────────────────────────────    1.65 s
                  again         ┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊┊──    1.65 s
                   attempt 1    ─                                    ↑ 20 ms
                    pay.charge  ┄                                    ✗ 20 ms
                   ↻ attempt 2             ─                         ↑ 20 ms
                    pay.charge             ┄                         ✗ 20 ms
                   ↻ attempt 3                                  ──    110 ms
                    pay.charge                                  ██    110 ms
                """)
    }

    @Test func aHedgedCallHasItsMarkAndTheSlowerOneIsGivenUp() throws {
        let run = try Self.run("{ to: slow.read, with: twice }", "{ flow: page, at: 0s }")
        #expect(
            drawn(SequencePanel(), context(run, at: 2000), width: 60, height: 10) == """
                   ms web             pay         slow        far
                    0 ├─read───────────┼──────────▶┃           │
                      │                │           ┃           │
                  300 ├─⇉ read─────────┼──────────▶┃ ×2        │
                      │                │           ┃           │
                  800 │                │           ┃           │
                  920 ◀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┨ 920 ms    │
                      ╳┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┃ 620 ms    │
                      ✓ 920 ms         │           ┃           │
                 1210 │             too late ╳┄┄┄┄┄┨           │
                """)
        #expect(
            drawn(TracePanel(), context(run, at: 2000), width: 60, height: 8) == """
                               0                  500 ms
                 page          ───────────────────────────────────    920 ms
                  twice        ───────────────────────────────────    920 ms
                   first call  ───────────────────────────────────    920 ms
                    slow.read  ███████████████████████████████████    920 ms
                   ⇉ copy 1               ────────────────────────  ╳ 620 ms
                    slow.read             ┄━━━━━━━━━━━━━━━━━━━━━━━  ╳ 620 ms
                """)
    }

    @Test func theBackendWorksOnAfterATimeOut() throws {
        let run = try Self.run("{ to: slow.read, with: brief }", "{ flow: page, at: 0s }")
        #expect(
            drawn(SequencePanel(), context(run, at: 2000), width: 60, height: 10) == """
                   ms web             pay         slow        far
                    0 ├─read───────────┼──────────▶┃           │
                      │                │           ┃           │
                  250 │                │           ┃           │
                  400 ◷┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┃ 400 ms    │
                      ◷ 400 ms         │           ┃           │
                      │                │           ┃           │
                  750 │                │           ┃           │
                  910 │             too late ╳┄┄┄┄┄┨           │
                """)
    }

    /// A backend that works on for very long does not push the request itself into one row.
    @Test func workLongAfterTheRequestIsCutShort() throws {
        let run = try Self.run("{ to: slow.read, with: brief }", "{ flow: page, at: 0s }", slow: "20s", duration: "30s")
        #expect(
            drawn(SequencePanel(), context(run, at: 25_000), width: 60, height: 10) == """
                    ms web             pay         slow        far
                     0 ├─read───────────┼──────────▶┃           │
                       │                │           ┃           │
                   150 │                │           ┃           │
                       │                │           ┃           │
                   300 │                │           ┃           │
                   400 ◷┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┃ 400 ms    │
                       ◷ 400 ms         │           ┃           │
                     ┊ ┊                │           ┃           │
                 20010 │             too late ╳┄┄┄┄┄┨           │
                """)
    }

    @Test func aLostCallNeverArrives() throws {
        let run = try Self.run("{ to: far.read, with: brief }", "{ flow: page, at: 0s }")
        #expect(
            drawn(SequencePanel(), context(run, at: 2000), width: 60, height: 6) == """
                   ms web    pay          slow         far
                    0 ├─read──┼────────────┼───────────▶╳
                      │       │            │            │
                  200 │       │            │            │
                      │       │            │            │
                ◷ 400 ◷┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄│ 400 ms
                """)
    }

    @Test func anOpenBreakerSendsNothingAndTheAnswerIsMadeUp() throws {
        let run = try Self.run("{ to: slow.read, with: cut }", "{ flow: page, at: [0s, 1s] }")
        #expect(
            drawn(SequencePanel(), context(run, at: 2000, request: 2), width: 60, height: 4) == """
                    ms web    pay         slow        far
                 0.000 ⊘ breaker open      │           │
                ✓0.000 ◇ default value     │           │
                """)
        #expect(
            drawn(TopologyPanel(), context(run, at: 1500), width: 50, height: 8) == """

                              ╭─────────────▶ pay
                              │               idle
                web ──────────┼─ ⊘ open ────▶ slow
                0 in flight   │               idle
                              ╰─────────────▶ far  ▲ unreachable
                                              idle
                """)
        #expect(!drawn(TopologyPanel(), context(run, at: 200), width: 50, height: 8).contains("⊘"))
        let narrow = drawn(TopologyPanel(), context(run, at: 1500), width: 30, height: 3)
        #expect(narrow.contains("⊘") && !narrow.contains("open"))
    }

    @Test func aFullBulkheadHoldsOneAndTurnsTheNextAway() throws {
        let run = try Self.run("{ to: slow.read, with: few }", "{ flow: page, at: 0s, times: 3 }")
        #expect(drawn(SequencePanel(), context(run, at: 3000, request: 2), width: 60, height: 9).contains("▒ queues"))
        #expect(
            drawn(SequencePanel(), context(run, at: 3000, request: 3), width: 60, height: 9) == """
                    ms web    pay            slow           far
                ⊘0.000 ⊘ bulkhead full        │              │
                """)
    }

    @Test(arguments: [
        ("slow.read, with: brief", "slow.read was still at work"), ("far.read, with: brief", "far.read never arrived"),
    ])
    func aTimeOutSaysHowFarTheCallHadCome(_ call: String, _ reason: String) throws {
        let run = try Self.run("{ to: \(call) }", "{ flow: page, at: 0s }")
        let place = try #require(run.trace.events.firstIndex { $0.kind == .timeoutFired })
        let reasons = EventReasons(context: context(run, at: 2000)).reasons(of: EventID(UInt32(place + 1)), limit: 3)
        #expect(reasons.first?.plain == reason)
    }

    @Test func marksAndFaultsAreInTheReadersLanguage() throws {
        let yaml = """
            seed: 1
            duration: 2s
            backends:
              pay: { latency: 10ms, faults: [ { from: 1s, to: 2s, errors: 50%, answer: 429 } ] }
            flows: { page: [ call: pay.charge ] }
            clients: { web: { flow: page, at: 0s } }
            marks: [ { at: 500ms, label: { en: the bank fails, es: falla el banco } } ]
            """
        guard case .finished(let run) = try Run(ScenarioDocument(yaml: yaml, file: "mark.yaml")).outcome() else {
            return #expect(Bool(false), "the run does not finish")
        }
        func told(_ language: Language) -> [String] {
            let context = PanelContext(run: run, cursor: run.trace.lastCursor, language: language, glyphs: .unicode)
            return run.trace.events.filter { [.mark, .faultStarted, .faultEnded].contains($0.kind) }
                .map { EventSentence($0, in: context).text.plain }
        }
        #expect(told(.english).prefix(2) == ["the bank fails", "a fault at pay: 429 answers 50 %"])
        #expect(told(.spanish).prefix(2) == ["falla el banco", "un fallo en pay: 50 % de respuestas 429"])
    }
}
