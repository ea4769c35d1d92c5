import Analysis
import Testing
import Trace

@Suite struct SequenceDiagramTests {
    /// A look in the cache, then two calls at once with 5 ms each way, of which one waits in a queue.
    private func dashboard() -> TraceBuilder {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let look = builder.open(0, .cacheLookup, "memory", "summary", in: root)
        builder.close(1, look, .failed)
        let step = builder.open(1, .stepStarted, "web", "parallel", in: root)
        let sql = builder.open(1, .callSent, "sql", "sales", in: step, value: 5_000_000)
        let rest = builder.open(1, .callSent, "rest", "stock", in: step, value: 5_000_000)
        builder.happen(6, .callArrived, sql)
        builder.happen(6, .serviceStarted, sql)
        builder.happen(6, .callArrived, rest)
        builder.happen(6, .callQueued, rest)
        builder.happen(16, .serviceStarted, rest)
        builder.happen(20, .faultStarted, sql)
        builder.happen(56, .serviceFinished, sql, outcome: .ok)
        builder.close(61, sql)
        builder.happen(80, .serviceFinished, rest, outcome: .failed)
        builder.close(85, rest, .failed)
        builder.close(85, step, .failed)
        builder.close(85, root, .failed)
        return builder
    }

    private func described(_ diagram: SequenceDiagram, _ trace: Trace) -> [String] {
        diagram.messages.map { message in
            let end = message.arrives.map { "\(Int($0.milliseconds))" } ?? "?"
            return "\(message.kind) \(trace.name(message.from))>\(trace.name(message.to)) \(trace.name(message.label)) "
                + "\(Int(message.sent.milliseconds))-\(end) \(message.outcome)"
        }
    }

    @Test func messagesStandInTheOrderInWhichTheyWereSent() {
        let trace = dashboard().trace
        let diagram = SequenceDiagram(of: RequestID(1), in: TraceIndex(trace))
        #expect(diagram.participants.map { trace.name($0) } == ["web", "memory", "sql", "rest"])
        #expect(
            described(diagram, trace) == [
                "cacheLookup web>memory summary 0-0 none",
                "cacheMiss memory>web summary 1-1 failed",
                "call web>sql sales 1-6 none",
                "call web>rest stock 1-6 none",
                "answer sql>web sales 56-61 ok",
                "answer rest>web stock 80-85 failed",
            ])
        #expect(diagram.messages.map(\.elapsed) == [nil, 1_000_000, nil, nil, 60_000_000, 84_000_000])
        #expect(diagram.from == .zero && diagram.to == .milliseconds(85))
        #expect(diagram.activations.filter { $0.kind == .queued }.map(\.to) == [.milliseconds(16)])
        #expect(
            diagram.activations.filter { $0.kind == .service }.map(\.from) == [.milliseconds(6), .milliseconds(16)])
        #expect(diagram.notes.map(\.time) == [.milliseconds(20)])
    }

    @Test func whatHasNotHappenedAtTheCursorIsLeftOpen() {
        let trace = dashboard().trace
        let diagram = SequenceDiagram(of: RequestID(1), in: TraceIndex(trace), at: trace.cursor(at: .milliseconds(58)))
        #expect(
            described(diagram, trace).suffix(2) == ["call web>rest stock 1-6 none", "answer sql>web sales 56-? ok"])
        #expect(diagram.to == .milliseconds(58))
        #expect(diagram.activations.filter { $0.to == nil }.map { trace.name($0.participant) } == ["web", "rest"])
        let first = SequenceDiagram(of: RequestID(1), in: TraceIndex(trace), at: trace.cursor(after: EventID(1)))
        #expect(first.participants.map { trace.name($0) } == ["web"] && first.messages.isEmpty)
        #expect(SequenceDiagram(of: RequestID(1), in: TraceIndex(trace), at: .start).participants.isEmpty)
    }

    @Test func anAnswerThatNobodyWaitsForIsLate() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "a")
        let call = builder.open(0, .callSent, "sql", "get", in: root)
        builder.happen(0, .serviceStarted, call)
        builder.happen(10, .callAbandoned, call, outcome: .timedOut)
        builder.close(10, root, .timedOut)
        builder.happen(50, .serviceFinished, call, outcome: .ok)
        let diagram = SequenceDiagram(of: RequestID(1), in: TraceIndex(builder.trace))
        #expect(
            described(diagram, builder.trace) == [
                "call web>sql get 0-? none", "abandon web>web get 10-10 timedOut", "answer sql>web get 50-? ok",
            ])
        #expect(diagram.messages.map(\.isLate) == [false, false, true])
        #expect(diagram.to == .milliseconds(50))
    }

    @Test func refusalsWaitsAndJoinsAreMessagesToo() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "a")
        let call = builder.open(0, .callSent, "sql", "get", in: root)
        builder.happen(5, .callRejected, call, outcome: .refused)
        builder.close(10, call, .refused)
        let wait = builder.open(10, .waitStarted, "web", "", in: root, value: 5_000_000)
        builder.close(15, wait)
        builder.add(15, .merged, "web", "concat", outcome: .ok, request: RequestID(1), span: root)
        builder.add(15, .cacheInvalidated, "memory", "summary", request: RequestID(1), span: root)
        builder.close(15, root)
        let diagram = SequenceDiagram(TraceIndex(builder.trace))
        #expect(
            described(diagram, builder.trace) == [
                "call web>sql get 0-5 none", "answer sql>web get 5-10 refused", "wait web>web  10-15 none",
                "merge web>web concat 15-15 ok", "cacheInvalidate web>memory summary 15-15 none",
            ])
    }

    @Test func requestsOfSeveralClientsStandLeftOfWhatTheyCall() {
        var builder = TraceBuilder()
        let first = builder.open(0, .requestStarted, "web", "a")
        builder.call(0, 5, "sql", "get", in: first)
        builder.close(5, first)
        let second = builder.open(6, .requestStarted, "batch", "b")
        builder.call(6, 8, "sql", "get", in: second)
        builder.close(8, second)
        let diagram = SequenceDiagram(TraceIndex(builder.trace))
        #expect(diagram.participants.map { builder.trace.name($0) } == ["web", "batch", "sql"])
        #expect(diagram.messages.count == 4)
    }
}
