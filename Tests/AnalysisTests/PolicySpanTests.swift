import Analysis
import Testing
import Trace

/// Spans, paths, sequences and exports of requests that go through policies.
@Suite struct PolicySpanTests {
    private let trace = GuardedTrace.make()
    private var index: TraceIndex { TraceIndex(trace) }

    @Test func guardsAndAttemptsAreSpansAroundTheirCalls() throws {
        let index = index
        let spans = index.spans(of: RequestID(1))
        #expect(spans.map(\.kind) == [.request, .guard, .attempt, .call, .attempt, .call])
        #expect(spans.map(\.number) == [0, 0, 1, 0, 2, 0])
        #expect(spans.map(\.outcome) == [.ok, .ok, .unavailable, .unavailable, .timedOut, .timedOut])
        let call = try #require(spans.last)
        #expect(trace.name(index.caller(of: call)) == "web" && trace.name(index.caller(of: spans[1])) == "web")
        #expect(call.expired == .milliseconds(70))
        #expect(SystemState(index, at: trace.cursor(at: .milliseconds(65))).backends.first?.queued == 1)
        #expect(SystemState(index, at: trace.cursor(at: .milliseconds(70))).backends.first?.queued == 0)
        #expect(index.openSpans(at: trace.cursor(at: .milliseconds(65))).map(\.id) == [call.id])
        #expect(index.openSpans(at: trace.lastCursor).isEmpty)
    }

    @Test func theWaitsOfPoliciesAreOnThePath() {
        let path = index.criticalPath(of: RequestID(1))
        let stretches = path.segments.map { "\($0.phase) \(Int($0.from.milliseconds))-\(Int($0.to.milliseconds))" }
        #expect(stretches == ["queue 0-5", "service 5-15", "wait 15-35", "queue 35-60"])
        #expect(path.segments.map(\.span) == [SpanID(3), SpanID(4), SpanID(2), SpanID(6)])
    }

    @Test(arguments: 1..<6) func thePathCoversEveryRequestWithoutGaps(seed: UInt64) {
        let made = RandomPolicyTrace(seed: seed, requests: 60)
        let index = TraceIndex(made.trace)
        var generator = SeededGenerator(seed: seed)
        for request in index.requests {
            let cursor = made.trace.cursor(
                after: EventID(UInt32.random(in: 1...UInt32(made.trace.events.count), using: &generator)))
            guard cursor.includes(request.startEvent) else { continue }
            let path = index.criticalPath(of: request.id, at: cursor)
            let end = cursor.includes(request.endEvent) ? request.end ?? cursor.time : cursor.time
            var now = request.start
            for segment in path.segments {
                #expect(segment.from == now && segment.to > now)
                now = segment.to
            }
            #expect(now == end || path.segments.isEmpty && end == request.start)
        }
    }

    @Test func aSequenceShowsCallsAndDecisionsWithoutLifelinesForPolicies() {
        let diagram = SequenceDiagram(of: RequestID(1), in: index)
        #expect(diagram.participants.map { trace.name($0) } == ["web", "sql"])
        #expect(
            diagram.messages.map(\.kind) == [
                .held, .call, .answer, .backoff, .call, .timeout, .abandon, .fallback, .drop,
            ])
        #expect(diagram.messages.filter { $0.kind == .call }.map { trace.name($0.from) } == ["web", "web"])
        let backoff = diagram.messages[3]
        #expect(backoff.arrives == .milliseconds(35) && backoff.elapsed == 20_000_000)
        #expect(diagram.activations.filter { $0.kind == .queued }.map(\.to) == [.milliseconds(70)])
        let early = SequenceDiagram(of: RequestID(1), in: index, at: trace.cursor(at: .milliseconds(20)))
        #expect(early.messages.last?.kind == .backoff && early.messages.last?.arrives == nil)
    }

    @Test func mermaidTellsOfBreakersAndGivingUp() {
        var builder = PolicyStateTests.builder(["retry": .retry, "breaker": .breaker])
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        let first = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: 1)
        builder.call(0, 10, "sql", "get", in: first, outcome: .failed)
        builder.decide(10, .breakerRecorded, "guarded.breaker", in: first, outcome: .failed, value: 1)
        builder.decide(10, .breakerOpened, "guarded.breaker", "consecutive", value: 30_000_000)
        builder.close(10, first, .failed)
        builder.decide(10, .retryScheduled, "guarded.retry", "Retry-After", in: pass, value: 1_000_000)
        let second = builder.open(11, .attemptStarted, "guarded.retry", "", in: pass, value: 2)
        builder.decide(11, .breakerRejected, "guarded.breaker", in: second, outcome: .shortCircuited, value: 29_000_000)
        builder.close(11, second, .shortCircuited)
        builder.decide(11, .retryGivenUp, "guarded.retry", "attempts", in: pass, value: 2)
        builder.close(11, pass, .shortCircuited)
        builder.close(11, root, .shortCircuited)
        let lines = TraceDiagram(of: RequestID(1), in: TraceIndex(builder.trace)).text.split(separator: "\n")
        #expect(
            lines.suffix(5) == [
                "    Note over web: guarded.breaker opens (consecutive)",
                "    Note over web: retries in 1 ms (Retry-After)",
                "    Note over web: guarded.breaker: turned away", "    Note over web: no further attempt (attempts)",
                "    Note over web: breaker open after 11 ms",
            ])
    }
}
