import Testing
import Trace

@testable import Analysis

@Suite struct TraceIndexTests {
    @Test func anEmptyTraceHasNothing() {
        let index = TraceIndex(Trace())
        let cursor = index.trace.lastCursor
        #expect(cursor == .start)
        #expect(index.spans.isEmpty && index.requests.isEmpty && index.happenings.isEmpty)
        #expect(index.request(at: cursor) == nil && index.openSpans(at: cursor).isEmpty)
        #expect(SystemState(index, at: cursor).messages.isEmpty)
        #expect(RunMetrics.over(index).flows.isEmpty)
        #expect(SequenceDiagram(index).participants.isEmpty)
        #expect(TraceComparison(index, index).firstDifference == nil)
        #expect(index.trace.causes(of: EventID(1)).isEmpty)
    }

    @Test func aSpanKnowsItsMomentsAndItsHolder() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let step = builder.open(0, .stepStarted, "web", "parallel", in: root)
        let call = builder.open(1, .callSent, "sql", "get", in: step, value: 2_000_000)
        builder.happen(3, .callArrived, call)
        builder.happen(3, .callQueued, call)
        builder.happen(4, .serviceStarted, call)
        builder.happen(8, .serviceFinished, call, outcome: .failed)
        builder.close(10, call, .failed)
        builder.close(10, step, .failed)
        builder.close(10, root, .failed)
        let index = TraceIndex(builder.trace)
        let span = try #require(index.span(call))
        #expect(span.kind == .call && span.parent == step && span.request == RequestID(1))
        #expect(
            [span.arrived, span.queued, span.serviceStarted, span.serviceFinished, span.end]
                == [3.0, 3, 4, 8, 10].map { VirtualTime.milliseconds($0) })
        #expect(span.duration == 9_000_000 && span.planned == 2_000_000 && span.outcome == .failed)
        #expect(index.children(of: root).map(\.id) == [step])
        #expect(index.children(of: step).map(\.id) == [call])
        #expect(index.spans(of: RequestID(1)).map(\.id) == [root, step, call])
        #expect(index.root(of: RequestID(1))?.id == root)
        #expect(index.trace.name(index.caller(of: span)) == "web")
        #expect(index.events(of: RequestID(1)).count == builder.trace.events.count)
    }

    @Test func eventsOfOneMomentAreToldApartByTheCursor() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let call = builder.call(0, 0, "sql", "get", in: root)
        builder.close(0, root)
        let index = TraceIndex(builder.trace)
        let sent = try #require(index.span(call)).startEvent
        let before = builder.trace.cursor(after: sent)
        #expect(before.time == .zero && before < builder.trace.cursor(at: .zero))
        #expect(index.span(call)?.clipped(to: before).arrived == nil)
        #expect(index.span(call)?.clipped(to: before).outcome == Outcome.none)
        #expect(index.openSpans(at: before).map(\.id) == [root, call])
        #expect(index.openSpans(at: builder.trace.cursor(at: .zero)).isEmpty)
        #expect(index.request(at: before)?.end == nil)
        #expect(index.request(at: builder.trace.lastCursor)?.end == .zero)
    }

    @Test func theLatestRequestIsChosenUntilAnotherStarts() {
        var builder = TraceBuilder()
        let first = builder.open(10, .requestStarted, "web", "a")
        let second = builder.open(20, .requestStarted, "web", "b")
        builder.close(30, second)
        builder.close(40, first)
        let index = TraceIndex(builder.trace)
        func chosen(_ time: Double) -> RequestID? {
            index.request(at: builder.trace.cursor(at: .milliseconds(time)))?.id
        }
        #expect(
            chosen(5) == nil && chosen(10) == RequestID(1) && chosen(20) == RequestID(2) && chosen(35) == RequestID(2))
        #expect(
            index.requestsInFlight(at: builder.trace.cursor(at: .milliseconds(25))).map(\.id) == [
                RequestID(1), RequestID(2),
            ])
        #expect(index.latestRequests(5, at: builder.trace.cursor(at: .milliseconds(15))).map(\.id) == [RequestID(1)])
    }

    @Test func workThatItsCallerGaveUpStaysOpenUntilTheBackendIsDone() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "a")
        let call = builder.open(0, .callSent, "sql", "get", in: root)
        builder.happen(0, .serviceStarted, call)
        builder.happen(10, .callAbandoned, call, outcome: .timedOut)
        builder.close(10, root, .timedOut)
        builder.happen(50, .serviceFinished, call, outcome: .ok)
        let index = TraceIndex(builder.trace)
        #expect(index.openSpans(at: builder.trace.cursor(at: .milliseconds(20))).map(\.id) == [call])
        #expect(index.openSpans(at: builder.trace.cursor(at: .milliseconds(50))).isEmpty)
    }

    @Test(arguments: 1..<14) func openSpansAgreeWithAFullScan(seed: UInt64) {
        let trace =
            seed < 6
            ? RandomTrace.make(seed: seed, requests: 150)
            : seed < 10
                ? RandomPolicyTrace(seed: seed, requests: 99).trace : RandomPoolTrace.make(seed: seed, steps: 200)
        let index = TraceIndex(trace)
        for count in stride(from: 0, through: trace.events.count, by: 13) {
            let open = index.openSpanCheckpoints.open(at: count, trace: trace, records: index.records)
            let naive = index.spanOrder.filter {
                index.records[Int($0)].opened <= count && index.records[Int($0)].last > count
            }
            #expect(open == naive)
        }
    }

    @Test func contradictoryEventsArePassedOver() {
        var builder = TraceBuilder()
        // Closed before it opens, an id beyond the trace, its own parent, a cause in the future, opened twice.
        builder.add(0, .requestFinished, "web", "a", request: RequestID(1), span: SpanID(1))
        builder.add(0, .stepStarted, "web", "a", request: RequestID(4_000_000_000), span: SpanID(4_000_000_000))
        builder.add(
            0, .stepStarted, "web", "a", request: RequestID(1), span: SpanID(2), parent: SpanID(2), cause: EventID(9))
        builder.add(1, .stepStarted, "web", "b", request: RequestID(1), span: SpanID(2))
        builder.add(1, .callArrived, "sql", "get", request: RequestID(1), span: SpanID(3))
        builder.add(1, .callFinished, "sql", "get", request: RequestID(1), span: SpanID(3))
        let index = TraceIndex(builder.trace)
        #expect(index.spans.map(\.id) == [SpanID(2)])
        #expect(index.children(of: SpanID(2)).isEmpty)
        #expect(index.requests.isEmpty)
        #expect(index.trace.causes(of: EventID(3)).isEmpty)
        #expect(RunMetrics.over(index).backend("sql")?.calls == 0)
    }

    @Test func aTraceOfFaultsAloneHasNoRequests() throws {
        var builder = TraceBuilder()
        builder.declare("sql", .backend)
        builder.add(0, .capacityChanged, "sql", value: 2)
        builder.add(10, .faultStarted, "sql", "down")
        builder.add(20, .faultEnded, "sql", "down")
        builder.end(30)
        let index = TraceIndex(builder.trace)
        #expect(index.happenings == [EventID(2), EventID(3)])
        #expect(SystemState(index, at: builder.trace.cursor(at: .milliseconds(15))).backends.first?.isDown == true)
        #expect(SystemState(index, at: builder.trace.cursor(at: .milliseconds(25))).backends.first?.isDown == false)
        let sql = try #require(RunMetrics.over(index).backend("sql"))
        #expect(sql.calls == 0 && sql.latency == nil && sql.utilisation == 0 && sql.errorRatio == nil)
        #expect(SequenceDiagram(index).messages.isEmpty)
    }

    @Test func whyLeadsBackToTheRoot() {
        var builder = TraceBuilder()
        builder.add(0, .faultStarted, "sql", "errors")
        builder.add(5, .mark, "", "here")
        builder.add(10, .callRejected, "sql", "get", cause: EventID(1))
        builder.add(11, .callFinished, "sql", "get", cause: EventID(3))
        #expect(builder.trace.causes(of: EventID(4)) == [EventID(3), EventID(1)])
        #expect(builder.trace.causes(of: EventID(4), limit: 1) == [EventID(3)])
        #expect(builder.trace.causes(of: EventID(1)).isEmpty && builder.trace.causes(of: EventID(9)).isEmpty)
    }

    /// What would be quadratic if it were wrong: checkpoints as long as the trace, not longer.
    @Test func aMillionEventsAreIndexedInLinearRoom() throws {
        var trace = Trace()
        let names = ["web", "flow", "sql", "get"].map { trace.names.intern($0) }
        trace.events.reserveCapacity(1_000_000)
        // 200,000 requests, all of which start before the first ends.
        let requests: UInt32 = 200_000
        for number in 1...requests {
            let time = VirtualTime(nanoseconds: Int64(number))
            trace.events.append(
                Event(
                    time: time, kind: .requestStarted, component: names[0], detail: names[1],
                    request: RequestID(number),
                    span: SpanID(2 * number - 1)))
            trace.events.append(
                Event(
                    time: time, kind: .callSent, component: names[2], detail: names[3], request: RequestID(number),
                    span: SpanID(2 * number), parent: SpanID(2 * number - 1)))
            trace.events.append(
                Event(
                    time: time, kind: .serviceStarted, component: names[2], detail: names[3],
                    request: RequestID(number),
                    span: SpanID(2 * number), parent: SpanID(2 * number - 1)))
        }
        for number in 1...requests {
            let time = VirtualTime(nanoseconds: Int64(requests + number))
            trace.events.append(
                Event(
                    time: time, kind: .callFinished, outcome: .ok, component: names[2], detail: names[3],
                    request: RequestID(number), span: SpanID(2 * number), parent: SpanID(2 * number - 1)))
            trace.events.append(
                Event(
                    time: time, kind: .requestFinished, outcome: .ok, component: names[0], detail: names[1],
                    request: RequestID(number), span: SpanID(2 * number - 1)))
        }
        #expect(trace.events.count == 1_000_000)
        let index = TraceIndex(trace)
        #expect(index.openSpanCheckpoints.size <= trace.events.count)
        #expect(index.openSpans(at: trace.cursor(at: VirtualTime(nanoseconds: Int64(requests)))).count == 400_000)
        let flow = try #require(RunMetrics.over(index).flow("flow"))
        #expect(flow.ok == 200_000 && flow.latency?.min == 200_000 && flow.latency?.max == 200_000)
        #expect(flow.maxInFlight == 200_000)
    }
}
