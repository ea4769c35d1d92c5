import Analysis
import Diagrams
import Testing
import Trace

@Suite struct TraceDiagramTests {
    private func text(_ diagram: TraceDiagram) -> String { DiagramWriter(diagram.diagram).text }

    @Test func aRequestIsWrittenWithItsTimes() {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("memory", .cache)
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let look = builder.open(0, .cacheLookup, "memory", "sales:today", in: root)
        builder.close(1, look, .failed)
        builder.call(1, 501, "sql", "calculate_metrics", in: root)
        builder.add(501, .cacheStored, "memory", "sales:today", request: RequestID(1), span: look, parent: root)
        let call = builder.open(501, .callSent, "cosmos-x", "analyze", in: root)
        builder.happen(501, .serviceStarted, call)
        builder.happen(550, .callAbandoned, call, outcome: .timedOut)
        builder.close(550, root, .timedOut)
        builder.happen(700, .serviceFinished, call, outcome: .ok)
        let index = TraceIndex(builder.trace)
        #expect(
            text(TraceDiagram(of: RequestID(1), in: index, options: .init(writesTimes: true))) == """
                sequenceDiagram
                    actor web
                    participant memory@{ "type": "collections" }
                    participant sql@{ "type": "database" }
                    participant cosmos#45;x@{ "type": "database" }
                    web->>memory: get sales:today
                    memory-->>web: miss, 1 ms
                    web->>+sql: calculate_metrics
                    sql-->>-web: ok, 500 ms
                    web->>memory: store sales:today
                    web->>+cosmos#45;x: analyze
                    Note over web: no longer waits for cosmos-x.analyze
                    Note over web: timed out after 550 ms
                    cosmos#45;x--x-web: ok, too late

                """)
        let measured = TraceDiagram(of: RequestID(1), in: index).measured
        #expect(measured.passages.map { $0.map(\.fate) } == [
            [.plain], [.plain], [.plain], [.plain], [.plain], [.timedOut], [.timedOut],
        ])
        #expect(measured.passages[3] == [.init(sent: 501_000_000, arrives: 501_000_000, took: 500_000_000)])
        #expect(measured.passages[6][0].arrives == nil && measured.duration == 700_000_000)
    }

    @Test func policiesAreNotesAndFurtherAttemptsHaveTheirFate() {
        let diagram = TraceDiagram(of: RequestID(1), in: TraceIndex(GuardedTrace.make()))
        #expect(
            text(diagram) == """
                sequenceDiagram
                    actor web
                    participant sql@{ "type": "database" }
                    Note over web: guarded.bulkhead: waits
                    web->>+sql: get
                    sql-->>-web: 503 unavailable
                    Note over web: retries in 20 ms
                    web->>+sql: get
                    Note over web: guarded.timeout: time is up after 60 ms
                    Note over web: no longer waits for sql.get
                    Note over web: answer made up (default)
                    Note over web: ok after 60 ms
                    Note over sql: drops it: nobody waits for it
                    deactivate sql

                """)
        #expect(diagram.measured.passages.map { $0[0].fate } == [.plain, .failed, .timedOut])
    }

    /// Three calls at once, of which one branch makes another afterwards.
    private func parallel(rounds: Int, label: String) -> Trace {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        let root = builder.open(0, .requestStarted, "web", "page")
        let step = builder.open(0, .stepStarted, "web", label, in: root)
        let opened = builder.lastEvent
        for round in 0..<rounds {
            builder.causeOfNext = opened
            let call = builder.open(0, .callSent, "a\(round)", "get", in: step)
            builder.happen(0, .serviceStarted, call)
            builder.happen(Double(round) + 1, .serviceFinished, call, outcome: .ok)
            builder.close(Double(round) + 1, call)
            builder.call(Double(round) + 1, Double(round) + 2, "b", "then", in: step)
        }
        builder.close(9, step)
        builder.close(9, root)
        return builder.trace
    }

    @Test func branchesThatRunAtOnceAreABlock() {
        let diagram = TraceDiagram(of: RequestID(1), in: TraceIndex(parallel(rounds: 2, label: "parallel")))
        #expect(
            text(diagram) == """
                sequenceDiagram
                    actor web
                    participant a0
                    participant b
                    participant a1
                    par
                        web->>+a0: get
                        a0-->>-web: ok
                        web->>+b: then
                        b-->>-web: ok
                    and
                        web->>+a1: get
                        a1-->>-web: ok
                        web->>+b: then
                        b-->>-web: ok
                    end
                    Note over web: ok after 9 ms

                """)
    }

    @Test func roundsThatAreAlikeAreALoop() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let step = builder.open(0, .stepStarted, "web", "repeat", in: root)
        for round in 0..<4 { builder.call(Double(round), Double(round) + 1, "sql", "get", in: step) }
        builder.close(4, step)
        builder.close(4, root)
        let alike = TraceDiagram(of: RequestID(1), in: TraceIndex(builder.trace))
        #expect(text(alike).contains("    loop 4 times\n        web->>+sql: get\n        sql-->>-web: ok\n    end\n"))
        #expect(alike.measured.passages.map(\.count) == [4, 4])
        #expect(alike.measured.passages[1].map(\.sent) == [1_000_000, 2_000_000, 3_000_000, 4_000_000])
        var different = builder.trace
        let last = different.events.lastIndex { $0.kind == .serviceFinished } ?? 0
        different.events[last].outcome = .failed
        let flat = TraceDiagram(of: RequestID(1), in: TraceIndex(different))
        #expect(!text(flat).contains("loop") && flat.measured.passages.count == 8)
    }

    @Test func onlyMessagesBetweenThoseWhoAreShownAreLeft() {
        let index = TraceIndex(parallel(rounds: 2, label: "parallel"))
        let diagram = TraceDiagram(of: RequestID(1), in: index, options: .init(participants: ["web", "a1"]))
        #expect(diagram.diagram.participants.map(\.id) == ["web", "a1"])
        #expect(text(diagram).contains("    web->>+a1: get\n    a1-->>-web: ok\n") && !text(diagram).contains("par\n"))
        #expect(TraceDiagram(of: RequestID(1), in: index, options: .init(participants: [])).diagram == Diagram())
    }

    @Test func requestsThatOverlapAreToldApart() {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        let one = builder.open(0, .requestStarted, "web", "page")
        let first = builder.open(0, .callSent, "sql", "get", in: one)
        builder.happen(0, .serviceStarted, first)
        let two = builder.open(1, .requestStarted, "web", "page")
        let second = builder.open(1, .callSent, "sql", "get", in: two)
        builder.happen(1, .serviceStarted, second)
        builder.add(1, .faultStarted, "sql", "slow", value: 3_000_000)
        builder.happen(5, .serviceFinished, first, outcome: .ok)
        builder.close(5, first)
        builder.close(5, one)
        builder.happen(9, .serviceFinished, second, outcome: .ok)
        builder.close(9, second)
        builder.close(9, two)
        let index = TraceIndex(builder.trace)
        let stretch = Stretch(from: .milliseconds(1), to: .milliseconds(8))
        #expect(
            text(TraceDiagram(of: stretch, in: index)) == """
                sequenceDiagram
                    actor web
                    participant sql@{ "type": "database" }
                    web->>sql: get (web-2)
                    Note over sql: fault: slow x3.00
                    sql-->>web: ok (web-1)
                    Note over web: ok after 5 ms (web-1)

                """)
        #expect(text(TraceDiagram(of: RequestID(2), in: index)).contains("web->>+sql: get\n"))
    }

    @Test func spanishIsSpanish() {
        let options = TraceDiagram.Options(words: TraceWords(.spanish), writesTimes: true)
        let text = text(TraceDiagram(of: RequestID(1), in: TraceIndex(GuardedTrace.make()), options: options))
        #expect(text.contains("reintenta en 20 ms") && text.contains("respuesta sustituida (default)"))
    }

    /// What is written reads back as the same diagram, and each passage belongs to a message.
    @Test(arguments: 1..<10) func everyDiagramReadsBack(seed: UInt64) throws {
        let trace =
            seed < 4
            ? RandomTrace.make(seed: seed, requests: 30)
            : seed < 7
                ? RandomPolicyTrace(seed: seed, requests: 30).trace : RandomPoolTrace.make(seed: seed, steps: 150)
        let index = TraceIndex(trace)
        var generator = SeededGenerator(seed: seed)
        var diagrams = index.requests.map { request in
            let event = UInt32.random(in: 1...UInt32(trace.events.count), using: &generator)
            return TraceDiagram(of: request.id, in: index, at: trace.cursor(after: EventID(event)))
        }
        for place in 0..<10 {
            let from = VirtualTime(nanoseconds: trace.end.nanoseconds * Int64(place) / 10)
            diagrams.append(
                TraceDiagram(of: Stretch(from: from, to: from.advanced(byNanoseconds: 30_000_000)), in: index))
        }
        for diagram in diagrams {
            let messages = diagram.diagram.statements.reduce(0) { $0 + $1.messages }
            #expect(diagram.measured.passages.count == messages)
            #expect(diagram.measured.passages.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.sent >= 0 } })
            guard !diagram.diagram.statements.isEmpty else { continue }
            #expect(try DiagramReader.read(text(diagram)) == diagram.diagram)
        }
    }

    @Test func namesCannotChangeTheDiagram() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "end", "a")
        builder.call(0, 1, "x; drop\n%%{init}%%", "a->>b: #59; <b>\u{1b}", in: root)
        builder.close(1, root)
        let diagram = TraceDiagram(of: RequestID(1), in: TraceIndex(builder.trace)).diagram
        #expect(try DiagramReader.read(DiagramWriter(diagram).text) == diagram)
        #expect(diagram.participants.map(\.id) == ["end", "x; drop %%{init}%%"])
    }
}

extension Statement {
    fileprivate var messages: Int {
        switch self {
        case .message: 1
        case .block(let block): block.sections.flatMap(\.statements).reduce(0) { $0 + $1.messages }
        default: 0
        }
    }
}
