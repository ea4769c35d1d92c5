import Analysis
import Testing
import Trace

/// Services that call services, and messages that nobody waits for.
@Suite struct ServiceSpanTests {
    /// A client calls `gateway`, which sends `audit` a message, loses another, decides, and calls `sql`.
    private static func make() -> (trace: Trace, gateway: SpanID, sql: SpanID, note: SpanID) {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("page", .flow)
        for name in ["gateway", "audit", "sql"] { builder.declare(name, .backend) }
        builder.add(0, .clockSet, "sql", value: 40_000_000)
        let root = builder.open(0, .requestStarted, "web", "page")
        let gateway = builder.open(0, .callSent, "gateway", "get", in: root)
        builder.happen(0, .callArrived, gateway)
        builder.happen(0, .serviceStarted, gateway, value: 1)
        let note = builder.open(20, .callSent, "audit", "note", in: gateway, value: 5_000_000)
        builder.happen(20, .callDetached, note, outcome: .ok)
        let lost = builder.open(20, .callSent, "audit", "note", in: gateway, value: -1)
        builder.happen(20, .callDetached, lost, outcome: .reset)
        builder.add(
            20, .branchChosen, "gateway", "miss", request: RequestID(1), span: gateway, parent: root, value: 1)
        builder.happen(25, .callArrived, note)
        builder.happen(25, .serviceStarted, note, value: 1)
        let step = builder.open(30, .stepStarted, "gateway", "sequence", in: gateway)
        let sql = builder.call(30, 80, "sql", "query", in: step)
        builder.close(80, step)
        builder.happen(100, .serviceFinished, gateway, outcome: .ok, value: 100_000_000)
        builder.close(100, gateway)
        builder.close(100, root)
        builder.happen(125, .serviceFinished, note, outcome: .failed, value: 100_000_000)
        return (builder.trace, gateway, sql, note)
    }

    private let trace: Trace
    private let index: TraceIndex
    private let gateway: SpanID
    private let sql: SpanID
    private let note: SpanID

    init() {
        (trace, gateway, sql, note) = Self.make()
        index = TraceIndex(trace)
    }

    @Test func aServiceIsTheCallerOfWhatItsOperationDoes() throws {
        func caller(_ span: SpanID) throws -> String {
            let span = try #require(index.span(span))
            return trace.name(index.caller(of: span))
        }
        #expect(try caller(gateway) == "web")
        #expect(try caller(sql) == "gateway")
        #expect(try caller(note) == "gateway")
        let branch = try #require(trace.events.first { $0.kind == .branchChosen })
        #expect(trace.name(index.caller(of: branch)) == "gateway")
        let finished = try #require(trace.events.first { $0.kind == .serviceFinished && $0.span == gateway })
        #expect(trace.name(index.caller(of: finished)) == "web")
    }

    @Test func theGraphLeadsThroughServices() {
        let edges = CallGraph(index).edges.map { "\(trace.name($0.from))>\(trace.name($0.to))" }
        #expect(edges == ["web>gateway", "gateway>audit", "gateway>sql"])
    }

    @Test func theCriticalPathGoesThroughAServicesSteps() {
        let path = index.criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [gateway, sql, gateway])
        #expect(path.segments.allSatisfy { $0.phase == .service })
        #expect(path.segments.map { $0.from.milliseconds } == [0, 30, 80])
        #expect(path.total(of: gateway) == 50_000_000)
        #expect(path.total(of: sql) == 50_000_000)
    }

    @Test func aMessageHasEndedForItsSenderAndNotForItsBackend() throws {
        let span = try #require(index.span(note))
        #expect(span.isDetached && !span.isLost && span.outcome == .ok)
        #expect(span.duration == 0)
        #expect(index.openSpans(at: trace.cursor(at: .milliseconds(50))).map(\.id).contains(note))
        #expect(index.openSpans(at: trace.lastCursor).isEmpty)
        let lost = try #require(index.children(of: gateway).first { $0.isLost })
        #expect(lost.isDetached && lost.outcome == .reset)
    }

    @Test func messagesCountByWhatBecomesOfThem() throws {
        let audit = try #require(RunMetrics.over(index).backends.first { $0.name == "audit" })
        #expect(audit.calls == 2)
        // One is lost, the other goes wrong.
        #expect(audit.failed == 2 && audit.ok == 0 && audit.pending == 0)
        #expect(audit.latency == nil)
        let before = RunMetrics.over(index, through: trace.cursor(at: .milliseconds(100)))
        let early = try #require(before.backends.first { $0.name == "audit" })
        #expect(early.failed == 1 && early.pending == 1)
    }

    @Test func theReportSaysWhoCallsWhom() {
        let report = RunReport(index)
        let callers = zip(report.metrics.backends, report.callers).map { backend, callers in
            "\(backend.name): " + callers.map { "\($0.name) \($0.calls)" }.joined(separator: ", ")
        }
        #expect(callers == ["gateway: web 1", "audit: gateway 2", "sql: gateway 1"])
    }

    @Test func messagesAreDrawnFromTheServiceThatSendsThem() {
        let diagram = SequenceDiagram(of: RequestID(1), in: index)
        let said = diagram.messages.map { message in
            "\(message.kind) \(trace.name(message.from))>\(trace.name(message.to))" + (message.isLost ? " lost" : "")
        }
        #expect(
            said == [
                "call web>gateway", "send gateway>audit", "send gateway>audit lost", "branch gateway>gateway",
                "call gateway>sql", "answer sql>gateway", "answer gateway>web",
            ])
        #expect(diagram.participants.map { trace.name($0) } == ["web", "gateway", "audit", "sql"])
        #expect(diagram.messages[1].arrives == .milliseconds(25) && diagram.messages[2].arrives == nil)
        let text = TraceDiagram(of: RequestID(1), in: index).text
        let lines = [
            "gateway-)+audit: note", "gateway-xaudit: note", "Note over gateway: miss", "gateway->>+sql: query",
        ]
        for line in lines {
            #expect(text.contains("    \(line)\n"), "\(line)")
        }
    }

    @Test func aClockIsASettingAndNothingThatHappens() {
        #expect(index.happenings.isEmpty)
    }
}
