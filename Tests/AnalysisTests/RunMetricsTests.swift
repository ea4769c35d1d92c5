import Histogram
import Testing
import Trace

@testable import Analysis

@Suite struct RunMetricsTests {
    @Test func aSmallRunByHand() throws {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("dashboard", .flow)
        builder.declare("idle", .flow)
        builder.declare("sql", .backend)
        builder.add(0, .capacityChanged, "sql", value: 2)
        let first = builder.open(0, .requestStarted, "web", "dashboard")
        builder.call(0, 500, "sql", "get", in: first)
        builder.close(500, first)
        let second = builder.open(1000, .requestStarted, "web", "dashboard")
        builder.call(1000, 2500, "sql", "get", in: second, outcome: .failed)
        builder.close(2500, second, .failed)
        builder.end(4000)
        let metrics = RunMetrics.over(TraceIndex(builder.trace))
        let flow = try #require(metrics.flow("dashboard"))
        #expect([flow.requests, flow.ok, flow.failed, flow.inFlight, flow.maxInFlight] == [2, 1, 1, 0, 1])
        #expect(flow.rate == 0.5 && flow.throughput == 0.5 && flow.errorRatio == 0.5)
        let latency = try #require(flow.latency)
        #expect(latency.mean == 1e9)
        #expect([latency.min, latency.p99, latency.max] == [500_000_000, 1_500_000_000, 1_500_000_000])
        #expect(metrics.flow("idle")?.latency == nil && metrics.flow("idle")?.errorRatio == nil)
        let sql = try #require(metrics.backend("sql"))
        #expect([sql.calls, sql.ok, sql.failed, sql.maxInFlight] == [2, 1, 1, 1])
        #expect(sql.capacity == 2)
        // 2 s busy of 2 slots for 4 s.
        #expect(sql.utilisation == 0.25)
        #expect(metrics.client("web")?.requests == 2 && metrics.client("web")?.users == nil)
    }

    @Test func utilisationFollowsTheSlotsAsTheyChange() throws {
        var builder = TraceBuilder()
        builder.add(0, .capacityChanged, "sql", value: 4)
        let root = builder.open(0, .requestStarted, "web", "a")
        let calls = (0..<2).map { _ in builder.open(0, .callSent, "sql", "get", in: root) }
        for call in calls { builder.happen(0, .serviceStarted, call) }
        builder.add(1000, .capacityChanged, "sql", value: 1)
        for call in calls { builder.happen(2000, .serviceFinished, call, outcome: .ok) }
        builder.add(3000, .capacityChanged, "sql", value: -1)
        builder.end(4000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        func used(_ from: Double?, _ to: Double) -> Double? {
            RunMetrics.over(index, from: from.map { .milliseconds($0) }, through: trace.cursor(at: .milliseconds(to)))
                .backend("sql")?.utilisation
        }
        #expect(used(nil, 1000) == 0.5)
        #expect(used(1000, 2000) == 2.0)
        #expect(used(nil, 3000) == 4000.0 / 6000)
        #expect(used(2500, 2999) == 0)
        #expect(used(nil, 4000) == nil, "no limit in the last second")
    }

    @Test func workThatIsOpenAtTheCursorCountsAsInFlight() throws {
        var builder = TraceBuilder()
        builder.add(0, .capacityChanged, "sql", value: 1)
        let root = builder.open(0, .requestStarted, "web", "a")
        let served = builder.open(0, .callSent, "sql", "get", in: root)
        builder.happen(0, .serviceStarted, served)
        let waiting = builder.open(10, .callSent, "sql", "get", in: root)
        builder.happen(10, .callQueued, waiting, value: 1)
        builder.happen(30, .serviceFinished, served, outcome: .ok)
        builder.happen(30, .serviceStarted, waiting)
        let index = TraceIndex(builder.trace)
        func sql(_ time: Double) -> BackendMetrics? {
            RunMetrics.over(index, through: builder.trace.cursor(at: .milliseconds(time))).backend("sql")
        }
        #expect(sql(20)?.inFlight == 1 && sql(20)?.queued == 1 && sql(20)?.pending == 2)
        #expect(sql(30)?.inFlight == 1 && sql(30)?.queued == 0 && sql(30)?.maxQueued == 1)
        #expect(sql(30)?.latency == nil && sql(30)?.service?.count == 1 && sql(30)?.ok == 0)
    }

    @Test func eventsAtTheEdgesOfAWindowBelongToExactlyOne() {
        var builder = TraceBuilder()
        for time in [0.0, 10, 10, 20] { builder.close(time, builder.open(time, .requestStarted, "web", "a")) }
        let index = TraceIndex(builder.trace)
        func requests(_ from: Double?, _ to: Double) -> Int? {
            RunMetrics.over(
                index, from: from.map { .milliseconds($0) }, through: builder.trace.cursor(at: .milliseconds(to))
            )
            .flow("a")?.requests
        }
        #expect(requests(nil, 0) == 1 && requests(0, 10) == 2 && requests(10, 20) == 1 && requests(nil, 20) == 4)
        #expect(requests(20, 10) == 0)
        let sliding = RunMetrics.over(index, last: .milliseconds(15), at: builder.trace.cursor(at: .milliseconds(20)))
        #expect(sliding.from == .milliseconds(5) && sliding.flow("a")?.requests == 3)
        let whole = RunMetrics.over(index, last: .seconds(100), at: builder.trace.cursor(at: .milliseconds(20)))
        #expect(whole.from == .zero && whole.flow("a")?.requests == 4)
    }

    @Test func cachesCountWhatTheyDid() throws {
        var builder = TraceBuilder()
        builder.declare("memory", .cache)
        for kind in [EventKind.cacheMiss, .cacheStored, .cacheHit, .cacheHit, .cacheHit] {
            builder.add(1, kind, "memory", "key")
        }
        builder.add(2, .cacheMiss, "memory", "key", value: 1)
        builder.add(3, .cacheInvalidated, "memory", value: 7)
        let memory = try #require(RunMetrics.over(TraceIndex(builder.trace)).cache("memory"))
        #expect([memory.hits, memory.misses, memory.expired, memory.stored, memory.invalidated] == [3, 2, 1, 1, 7])
        #expect(memory.hitRatio == 0.6)
    }

    /// Every number of a window against one pass over all events, percentiles against an HdrHistogram.
    @Test(arguments: 1..<7) func windowsAgreeWithCountingAgain(seed: UInt64) {
        let trace = RandomTrace.make(seed: seed, requests: 120)
        let index = TraceIndex(trace)
        var generator = SeededGenerator(seed: seed &* 77)
        for _ in 0..<15 {
            let cursor = trace.cursor(
                after: EventID(UInt32.random(in: 0...UInt32(trace.events.count), using: &generator)))
            let from =
                Bool.random(using: &generator)
                ? nil : VirtualTime(nanoseconds: Int64.random(in: 0...600_000_000, using: &generator))
            let metrics = RunMetrics.over(index, from: from, through: cursor)
            let naive = NaiveMetrics(trace, from: from, through: cursor)
            for flow in metrics.flows { naive.check(flow) }
            for backend in metrics.backends { naive.check(backend) }
            for cache in metrics.caches { naive.check(cache) }
        }
    }

    @Test(arguments: 1..<5) func bucketsOfATimeSeriesAreWindows(seed: UInt64) {
        let trace = RandomTrace.make(seed: seed, requests: 100)
        let index = TraceIndex(trace)
        for subject in [TimeSeries.Subject.flow(trace.components[1].name), .backend(trace.components[2].name)] {
            let series = TimeSeries(index, subject, from: .zero, to: trace.end, count: 9)
            #expect(
                series.buckets.count == 9 && series.buckets.first?.from == .zero && series.buckets.last?.to == trace.end
            )
            let whole = RunMetrics.over(index)
            let started = series.buckets.reduce(0) { $0 + $1.started }
            let ended = series.buckets.reduce(0) { $0 + $1.ok + $1.failed }
            let longestQueue = series.buckets.map(\.maxQueued).max() ?? 0
            let highest = series.buckets.compactMap { $0.latency?.max }.max()
            if case .flow = subject {
                #expect(started == whole.flows[0].requests && ended == whole.flows[0].ok + whole.flows[0].failed)
                #expect(highest == whole.flows[0].latency?.max)
            } else {
                let sql = whole.backends[0]
                #expect(started == sql.calls && ended == sql.ok + sql.failed + sql.rejected + sql.timedOut)
                #expect(longestQueue == sql.maxQueued && highest == sql.latency?.max)
            }
        }
    }

    @Test func aTimeSeriesEndsAtTheCursor() {
        let trace = RandomTrace.make(seed: 3, requests: 50)
        let index = TraceIndex(trace)
        let cursor = trace.cursor(at: .milliseconds(150))
        let series = TimeSeries(
            index, .flow(trace.components[1].name), from: .zero, to: .milliseconds(400), count: 4, cursor: cursor)
        #expect(series.buckets.count == 2)
        let naive = NaiveMetrics(trace, from: .milliseconds(100), through: cursor)
        #expect(series.buckets.last?.started == naive.events.count { $0.kind == .requestStarted })
        #expect(TimeSeries(index, .flow(NameID(9999)), from: .zero, to: trace.end, count: 3).buckets.isEmpty)
        #expect(TimeSeries(index, .flow(trace.components[1].name), from: .zero, to: .zero, count: 3).buckets.isEmpty)
    }
}
