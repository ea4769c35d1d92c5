import Analysis
import Testing
import Trace

@Suite struct SpanTimesTests {
    /// A request of 420 ms: 20 ms of its own, then 320 ms of insights, in which sql takes 120 ms and rest 180 ms at
    /// once, and after them 80 ms of cosmos.
    private static func services() -> (trace: Trace, spans: [SpanID]) {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let insights = builder.open(20, .callSent, "insights", "get", in: root)
        builder.happen(20, .callArrived, insights)
        builder.happen(20, .serviceStarted, insights)
        let step = builder.open(30, .stepStarted, "insights", "parallel", in: insights)
        let sql = builder.open(30, .callSent, "sql", "sales", in: step)
        let rest = builder.open(30, .callSent, "rest", "stock", in: step)
        for call in [sql, rest] { builder.happen(30, .serviceStarted, call) }
        builder.close(150, sql)
        builder.close(210, rest)
        builder.close(210, step)
        let cosmos = builder.call(240, 320, "cosmos", "rank", in: insights)
        builder.happen(340, .serviceFinished, insights, outcome: .ok)
        builder.close(340, insights)
        builder.close(420, root)
        return (builder.trace, [root, insights, step, sql, rest, cosmos])
    }

    @Test func selfTimeIsWhatNoChildCovers() throws {
        let (trace, spans) = Self.services()
        let times = SpanTimes(of: RequestID(1), in: TraceIndex(trace))
        let own = spans.map { Int((times[$0]?.own.nanoseconds ?? -1) / 1_000_000) }
        #expect(own == [100, 60, 0, 120, 180, 80])
        #expect(times[spans[2]]?.overlap == 120_000_000 && times[spans[1]]?.overlap == 0)
    }

    @Test func whatOverlapsIsMeasured() {
        let (trace, spans) = Self.services()
        let times = SpanTimes(of: RequestID(1), in: TraceIndex(trace))
        func overlap(_ one: String, _ other: String) -> Int64 {
            times.overlap(of: trace.names.find(one) ?? .none, and: trace.names.find(other) ?? .none) / 1_000_000
        }
        #expect(overlap("sql", "rest") == 120 && overlap("rest", "sql") == 120)
        #expect(overlap("sql", "cosmos") == 0 && overlap("insights", "cosmos") == 80)
        #expect(overlap("insights", "rest") == 180 && overlap("sql", "nobody") == 0)
        #expect(times.overlap(of: spans[3], and: spans[4]) == 120_000_000)
    }

    @Test func thePathGoesThroughTheServiceToWhatItWaitedFor() {
        let (trace, spans) = Self.services()
        let path = TraceIndex(trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [spans[0], spans[1], spans[4], spans[1], spans[5], spans[1], spans[0]])
        #expect(path.segments.map { Int($0.nanoseconds / 1_000_000) } == [20, 10, 180, 30, 80, 20, 80])
        #expect(path.total(of: spans[1]) == 60_000_000 && !path.contains(spans[3]))
    }

    @Test func gapsAreWhatNothingAccountsFor() {
        let (trace, spans) = Self.services()
        let times = SpanTimes(of: RequestID(1), in: TraceIndex(trace))
        let gaps = times[spans[0]]?.gaps.map { [$0.from.milliseconds, $0.to.milliseconds] }
        #expect(gaps == [[0, 20], [340, 420]])
        // A service at work is none.
        #expect(times[spans[1]]?.gaps.isEmpty == true && times[spans[5]]?.gaps.isEmpty == true)
    }

    @Test func aCallThatNeverArrivesIsAGapFromWhenItWasDue() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let call = builder.open(0, .callSent, "sql", "get", in: root, value: 10_000_000)
        builder.happen(200, .callAbandoned, call, outcome: .timedOut)
        builder.close(200, root, .timedOut)
        let times = SpanTimes(of: RequestID(1), in: TraceIndex(builder.trace))
        #expect(times[call]?.gaps == [Stretch(from: .milliseconds(10), to: .milliseconds(200))])
    }

    @Test func theWaitOfARetryIsNoGap() {
        let index = TraceIndex(GuardedTrace.make())
        let times = SpanTimes(of: RequestID(1), in: index)
        #expect(index.spans(of: RequestID(1)).allSatisfy { times[$0.id]?.gaps.isEmpty == true })
        #expect(times[SpanID(2)]?.own.nanoseconds == 20_000_000)
    }

    /// Work that goes on at a service after its caller gave up is not in the caller's time.
    @Test func aCallerThatGivesUpCutsWhatItWaitedFor() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let outer = builder.open(0, .callSent, "insights", "get", in: root)
        builder.happen(0, .serviceStarted, outer)
        let inner = builder.open(10, .callSent, "sql", "get", in: outer)
        builder.happen(10, .serviceStarted, inner)
        builder.happen(50, .callAbandoned, outer, outcome: .timedOut)
        builder.close(50, root, .timedOut)
        builder.close(300, inner)
        let index = TraceIndex(builder.trace)
        let path = index.criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [outer, inner])
        #expect(path.segments.map { Int($0.nanoseconds / 1_000_000) } == [10, 40])
        let times = SpanTimes(of: RequestID(1), in: index)
        #expect(times[outer]?.own.nanoseconds == 10_000_000 && times[outer]?.overlap == 0)
    }

    @Test(arguments: 1..<9) func everyDurationIsOwnTimeAndChildrenWithoutTheirOverlap(seed: UInt64) {
        let trace =
            seed % 2 == 0
            ? RandomTrace.make(seed: seed, requests: 60) : RandomPolicyTrace(seed: seed, requests: 60).trace
        let index = TraceIndex(trace)
        var generator = SeededGenerator(seed: seed)
        for request in index.requests {
            let event = UInt32.random(in: request.startEvent.rawValue...UInt32(trace.events.count), using: &generator)
            let cursor = trace.cursor(after: EventID(event))
            let times = SpanTimes(of: request.id, in: index, at: cursor)
            for span in index.spans(of: request.id) where cursor.includes(span.startEvent) {
                guard let own = times[span.id] else {
                    Issue.record("span \(span.id) has no times")
                    continue
                }
                let children = index.children(of: span.id).compactMap { times[$0.id]?.whole.intersection(own.whole) }
                #expect(
                    own.whole.nanoseconds == own.own.nanoseconds + children.nanoseconds - own.overlap, "\(span.id)")
                #expect(own.gaps.intersects(own.own))
            }
            let path = index.criticalPath(of: request.id, at: cursor)
            let whole = times[request.root]?.whole.nanoseconds ?? 0
            #expect(path.segments.reduce(0) { $0 + $1.nanoseconds } == whole)
        }
    }
}

extension [Stretch] {
    /// Whether each of these lies within one of the others.
    fileprivate func intersects(_ others: [Stretch]) -> Bool {
        allSatisfy { gap in others.contains { $0.from <= gap.from && gap.to <= $0.to } }
    }
}
