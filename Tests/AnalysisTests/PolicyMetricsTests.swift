import Analysis
import Testing
import Trace

/// Policies over random traces, against what truly happened and against reading every event again.
@Suite struct PolicyMetricsTests {
    private struct Case {
        let made: RandomPolicyTrace
        let index: TraceIndex
        var generator: SeededGenerator
        var trace: Trace { made.trace }

        init(_ seed: UInt64) {
            made = RandomPolicyTrace(seed: seed, requests: 150)
            index = TraceIndex(made.trace)
            generator = SeededGenerator(seed: seed &* 97)
        }

        mutating func cursor() -> Cursor {
            trace.cursor(after: EventID(UInt32.random(in: 0...UInt32(trace.events.count), using: &generator)))
        }

        mutating func start() -> VirtualTime? {
            Bool.random(using: &generator)
                ? nil : VirtualTime(nanoseconds: Int64.random(in: 0...600_000_000, using: &generator))
        }

        func layer(_ name: String) throws -> NameID { try #require(trace.names.find(name)) }
    }

    @Test(arguments: 1..<8) func countsAgreeWithWhatHappened(seed: UInt64) throws {
        var run = Case(seed)
        for _ in 0..<12 {
            let cursor = run.cursor()
            let from = run.start()
            let metrics = RunMetrics.over(run.index, from: from, through: cursor)
            let facts = run.made.facts.filter { fact in
                cursor.includes(fact.event) && from.map { (run.trace[fact.event]?.time ?? .zero) > $0 } ?? true
            }
            for policy in metrics.policies {
                for layer in policy.layers {
                    for count in layer.counts where ![.openTime, .maxInside, .maxQueued].contains(count.count) {
                        let name = "\(policy.name).\(layer.name)"
                        let expected = facts.count { $0.layer == name && $0.count == count.count }
                        #expect(count.value == Int64(expected), "\(name) \(count.count)")
                    }
                }
            }
            let events = run.trace.events.prefix(cursor.eventCount).filter { event in
                from.map { event.time > $0 } ?? true
            }
            let degraded = events.count {
                $0.kind == .requestFinished && $0.outcome == .ok && run.made.fallbacks.contains($0.request)
            }
            #expect(metrics.flows.first?.degraded == degraded)
            #expect(
                metrics.policies.map(\.passes)
                    == ["guarded", "hedged"].map { name in
                        events.count { $0.kind == .guardStarted && run.trace.name($0.component) == name }
                    })
        }
    }

    @Test(arguments: 1..<8) func bulkheadsKnowWhoIsThere(seed: UInt64) throws {
        var run = Case(seed)
        for name in ["guarded.bulkhead", "hedged.bulkhead"] {
            let layer = try run.layer(name)
            for _ in 0..<10 {
                let cursor = run.cursor()
                let from = run.start()
                let naive = NaiveBulkhead(run.trace, layer, from: from, cursor)
                let state = try #require(BulkheadState(run.index, layer, at: cursor))
                #expect(state.inside.map(\.event) == naive.inside)
                #expect(state.queue.map(\.event) == naive.queue)
                let metrics = RunMetrics.over(run.index, from: from, through: cursor).policies.flatMap(\.layers)
                    .first { $0.id == layer }
                #expect(metrics?[.maxInside] == naive.maxInside && metrics?[.maxQueued] == naive.maxQueued)
            }
        }
    }

    @Test(arguments: 1..<8) func breakersFollowTheirEvents(seed: UInt64) throws {
        var run = Case(seed)
        let layer = try run.layer("guarded.breaker")
        for _ in 0..<20 {
            let cursor = run.cursor()
            let from = run.start()
            let naive = NaiveBreaker(run.trace, layer, from: from, cursor)
            let state = try #require(BreakerState(run.index, layer, at: cursor, cells: 1000))
            #expect(state.position == naive.position && state.since == naive.since)
            #expect(state.passages.map(\.count) == naive.arrows)
            #expect(state.window.map(\.event) == naive.window)
            let openTime = RunMetrics.over(run.index, from: from, through: cursor).policy("guarded")?.layer("breaker")
            #expect(openTime?[.openTime] == naive.openTime)
        }
    }

    @Test(arguments: 1..<8) func timelinesHaveARowForEachPass(seed: UInt64) throws {
        var run = Case(seed)
        let timeline = try #require(RetryTimeline(run.index, run.layer("guarded.retry")))
        let all = timeline.rows(0..<1_000_000, at: run.trace.lastCursor)
        #expect(all.count == run.made.facts.count { $0.layer == "guarded.retry" && $0.count == .passes })
        #expect(all.reduce(0) { $0 + $1.attempts.count } == run.trace.events.count { $0.kind == .attemptStarted })
        #expect(all.reduce(0) { $0 + $1.waits.count } == run.trace.events.count { $0.kind == .retryScheduled })
        #expect(all.map(\.id) == all.map(\.id).sorted())
        for row in all {
            #expect(row.waits.count == row.attempts.count - 1 && row.start == row.attempts.first?.start)
            for (wait, attempt) in zip(row.waits, row.attempts.dropFirst()) { #expect(wait.end == attempt.start) }
            let closing = run.trace.events.first { $0.kind.closesSpan && $0.span == row.span }
            #expect(row.end == closing?.time && row.outcome == closing?.outcome)
        }
        let retried = timeline.rows(0..<1_000_000, .retried, at: run.trace.lastCursor)
        #expect(retried == all.filter { !$0.waits.isEmpty })
        for _ in 0..<20 {
            let cursor = run.cursor()
            let known = all.filter { cursor.includes($0.id) }
            #expect(timeline.count(at: cursor) == known.count)
            for row in timeline.rows(0..<1_000_000, at: cursor) {
                let whole = try #require(all.first { $0.id == row.id })
                #expect(row.attempts.map(\.event) == whole.attempts.map(\.event).filter(cursor.includes))
                #expect(row.waits == whole.waits.filter { cursor.includes($0.event) })
                #expect(row.ending == .open || row.ending == whole.ending)
            }
            let from = run.start() ?? .zero
            let to = from.advanced(byNanoseconds: 50_000_000)
            let places = timeline.places(from: from, to: to, at: cursor)
            for (place, row) in known.enumerated() where row.start <= to && (row.end.map { $0 >= from } ?? true) {
                #expect(places.contains(place))
            }
            if let first = places.first { #expect(all[first].end.map { $0 >= from } ?? true) }
        }
        for row in all.prefix(20) {
            let place = try #require(timeline.place(of: row.request))
            #expect(all[place].id == all.first { $0.request == row.request }?.id)
        }
    }

    @Test(arguments: 1..<8) func arrivalsAgreeWithCountingAgain(seed: UInt64) throws {
        var run = Case(seed)
        let sql = try run.layer("sql")
        for _ in 0..<15 {
            let cursor = run.cursor()
            let from = run.start()
            let arrivals = run.trace.events.prefix(cursor.eventCount).filter { $0.kind == .callArrived }.map(\.time)
            let inWindow = arrivals.filter { time in from.map { time > $0 } ?? true }
            let tenths = Dictionary(grouping: inWindow) { $0.nanoseconds / 100_000_000 }
            let metrics = try #require(RunMetrics.over(run.index, from: from, through: cursor).backend("sql"))
            #expect(metrics.arrivalsPeak == tenths.values.map(\.count).max() ?? 0)
            #expect(metrics.lastArrival == inWindow.last)
            let width = Int64.random(in: 1...70, using: &run.generator)
            let start = from ?? .zero
            let histogram = ArrivalHistogram(
                run.index, backend: sql, from: start, to: .milliseconds(500), width: .milliseconds(width), at: cursor)
            for bucket in histogram.buckets {
                #expect(bucket.count == arrivals.count { $0 >= bucket.from && $0 < bucket.to })
            }
            if start < .milliseconds(500) {
                #expect(
                    histogram.buckets.first?.from == start
                        && histogram.buckets.last.map { $0.to } ?? .zero >= .milliseconds(500))
            }
        }
    }

    @Test func manyArrivalsAreSearchedInBlocks() {
        var builder = TraceBuilder()
        builder.declare("sql", .backend)
        let root = builder.open(0, .requestStarted, "web", "a")
        for tenth in 0..<1000 {
            for _ in 0..<(tenth == 700 ? 5 : 1 + tenth % 3) {
                builder.call(Double(tenth * 100), Double(tenth * 100), "sql", "get", in: root)
            }
        }
        let index = TraceIndex(builder.trace)
        func peak(_ from: Double?, _ to: Double) -> Int? {
            RunMetrics.over(
                index, from: from.map { .milliseconds($0) }, through: builder.trace.cursor(at: .milliseconds(to))
            ).backend("sql")?.arrivalsPeak
        }
        #expect(
            peak(nil, 100_000) == 5 && peak(nil, 69_999) == 3 && peak(70_000, 100_000) == 3 && peak(69_900, 70_000) == 5
        )
    }
}

/// A bulkhead, found by reading every event again.
private struct NaiveBulkhead {
    var inside: [EventID] = []
    var queue: [EventID] = []
    var maxInside: Int64 = 0
    var maxQueued: Int64 = 0

    init(_ trace: Trace, _ layer: NameID, from: VirtualTime?, _ cursor: Cursor) {
        func span(_ id: EventID) -> SpanID { trace[id]?.span ?? .none }
        var isMeasured = false
        for (place, event) in trace.events.prefix(cursor.eventCount).enumerated() {
            let id = EventID(UInt32(place + 1))
            if from.map({ event.time > $0 }) ?? true, !isMeasured {
                isMeasured = true
                (maxInside, maxQueued) = (Int64(inside.count), Int64(queue.count))
            }
            let isHere = event.component == layer
            if isHere && [.bulkheadEntered, .bulkheadShed].contains(event.kind) || event.kind.closesSpan {
                queue.removeAll { span($0) == event.span }
            }
            if isHere && event.kind == .bulkheadLeft || event.kind.closesSpan {
                inside.removeAll { span($0) == event.span }
            }
            if isHere, event.kind == .bulkheadEntered { inside.append(id) }
            if isHere, event.kind == .bulkheadQueued { queue.append(id) }
            if isMeasured {
                (maxInside, maxQueued) = (max(maxInside, Int64(inside.count)), max(maxQueued, Int64(queue.count)))
            }
        }
        if !isMeasured { (maxInside, maxQueued) = (Int64(inside.count), Int64(queue.count)) }
    }
}

/// A breaker, found by reading every event again.
private struct NaiveBreaker {
    var position = BreakerState.Position.closed
    var since = VirtualTime.zero
    var arrows = [Int](repeating: 0, count: 5)
    var window: [EventID] = []
    var openTime: Int64 = 0

    init(_ trace: Trace, _ layer: NameID, from: VirtualTime?, _ cursor: Cursor) {
        var now = min(from ?? .zero, cursor.time)
        func pass(_ time: VirtualTime) -> Int64 {
            guard time > now else { return 0 }
            defer { now = time }
            return position == .open ? time.nanoseconds - now.nanoseconds : 0
        }
        for (place, event) in trace.events.prefix(cursor.eventCount).enumerated() where event.component == layer {
            if event.kind == .breakerRecorded { window.append(EventID(UInt32(place + 1))) }
            let next: [EventKind: BreakerState.Position] = [
                .breakerOpened: .open, .breakerHalfOpened: .halfOpen, .breakerClosed: .closed,
                .breakerDisabled: .disabled,
            ]
            guard let next = next[event.kind] else { continue }
            openTime += pass(event.time)
            let ways: [[BreakerState.Position]: Int] = [
                [.closed, .open]: 0, [.open, .halfOpen]: 1, [.halfOpen, .closed]: 2, [.halfOpen, .open]: 3,
            ]
            arrows[trace.name(event.detail) == "forced" ? 4 : ways[[position, next]] ?? 4] += 1
            (position, since) = (next, event.time)
            if next != .open { window = [] }
        }
        openTime += pass(cursor.time)
    }
}
