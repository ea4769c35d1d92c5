import Analysis
import Testing
import Trace

@Suite struct TraceComparisonTests {
    @Test func equalTracesDoNotPart() {
        let index = TraceIndex(RandomTrace.make(seed: 5, requests: 60))
        let comparison = TraceComparison(index, TraceIndex(RandomTrace.make(seed: 5, requests: 60)))
        #expect(comparison.firstDifference == nil && comparison.firstEffect == nil && comparison.differences.isEmpty)
    }

    @Test(arguments: 1..<30) func aPlantedDifferenceIsFoundWhereItIs(seed: UInt64) throws {
        let trace = RandomTrace.make(seed: seed, requests: 30)
        var generator = SeededGenerator(seed: seed &* 31)
        let place = Int.random(in: 2..<trace.events.count, using: &generator)
        var other = trace
        switch seed % 4 {
        case 0: other.events[place].time = other.events[place].time.advanced(byNanoseconds: 1)
        case 1: other.events[place].detail = other.names.intern("another")
        case 2: other.events[place].value += 1
        default: other.events.removeSubrange(place...)
        }
        let found = try #require(TraceComparison(TraceIndex(trace), TraceIndex(other)).firstDifference)
        #expect(found.left == EventID(UInt32(place + 1)) && found.time == trace.events[place].time)
        #expect(found.right == (seed % 4 == 3 ? .none : found.left))
    }

    @Test func whoIsInAPoolIsNoEffectOnRequestsAndFiguresOfPoolsDiffer() throws {
        func run(_ server: String) -> TraceBuilder {
            var builder = TraceBuilder()
            builder.declare("shop", .balancer)
            builder.declare("memory", .cache)
            builder.add(0, .serverJoined, "shop", "s1")
            if server == "s2" {
                builder.add(5, .serverJoined, "shop", "s2")
                builder.add(5, .sectorOwned, "shop", "s2", value: 3)
                builder.add(5, .cacheConfigured, "memory", "capacity", value: 1)
            }
            builder.add(6, .balancerPicked, "shop", "s1")
            builder.add(7, .balancerPicked, "shop", server)
            builder.add(8, server == "s1" ? .cacheHit : .cacheMiss, "memory", "key")
            return builder
        }
        let (left, right) = (TraceIndex(run("s1").trace), TraceIndex(run("s2").trace))
        let comparison = TraceComparison(left, right)
        #expect(comparison.firstDifference?.time == .milliseconds(5))
        #expect(comparison.firstEffect?.time == .milliseconds(7) && right.happenings.count == 1)
        func difference(_ name: String, _ metric: MetricDifference.Metric) -> [Double?] {
            comparison.differences.filter { $0.name == name && $0.metric == metric }.flatMap { [$0.left, $0.right] }
        }
        #expect(difference("memory", .cache(.hits)) == [1, 0] && difference("memory", .hitRatio) == [1, 0])
        #expect(difference("s1", .server(.picks)) == [2, 1] && difference("s2", .share) == [nil, 0.5])
        #expect(difference("shop", .balancer(.picks)).isEmpty && difference("shop", .imbalance).isEmpty)
    }

    @Test func namesAreComparedByTheirText() {
        var left = TraceBuilder()
        left.declare("web", .client)
        left.add(0, .mark, "", "start")
        var right = TraceBuilder()
        _ = right.add(0, .mark, "", "start")
        right.declare("web", .client)
        left.add(1, .requestStarted, "web", "a", request: RequestID(1), span: SpanID(1))
        right.add(1, .requestStarted, "web", "a", request: RequestID(1), span: SpanID(1))
        #expect(left.trace.names != right.trace.names)
        #expect(TraceComparison(TraceIndex(left.trace), TraceIndex(right.trace)).firstDifference == nil)
    }

    /// The same run, with a parameter set at 5 ms that makes the second call of the other slower.
    private func run(slower: Bool) -> Trace {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "a")
        builder.call(0, 4, "sql", "get", in: root)
        if slower { builder.add(5, .parameterSet, "", "backends.sql.latency = 90ms") }
        builder.call(6, slower ? 96 : 16, "sql", "get", in: root)
        builder.close(slower ? 96 : 16, root)
        return builder.trace
    }

    @Test func whatWasDoneIsToldFromWhatItDid() throws {
        let before = TraceIndex(run(slower: false))
        let after = TraceIndex(run(slower: true))
        let comparison = TraceComparison(before, after)
        #expect(comparison.firstDifference?.time == .milliseconds(5))
        let effect = try #require(comparison.firstEffect)
        #expect(effect.time == .milliseconds(16))
        #expect(
            before.trace[effect.left]?.kind == .serviceFinished && after.trace[effect.right]?.kind == .serviceFinished)
        let mean = try #require(comparison.differences.first { $0.section == .backend && $0.metric == .meanLatency })
        #expect(mean.name == "sql" && mean.left == 7e6 && mean.right == 47e6 && mean.change == 40.0 / 7)
        #expect(!comparison.differences.contains { $0.metric == .calls })
        let early = TraceComparison(before, after, through: .milliseconds(4))
        #expect(early.differences.isEmpty && early.firstEffect == effect)
    }

    @Test func partsThatOnlyOneRunHasAreDifferences() {
        var builder = TraceBuilder()
        builder.call(0, 4, "rest", "get", in: builder.open(0, .requestStarted, "web", "b"))
        let comparison = TraceComparison(TraceIndex(run(slower: false)), TraceIndex(builder.trace))
        let sql = comparison.differences.first { $0.name == "sql" && $0.metric == .calls }
        let rest = comparison.differences.first { $0.name == "rest" && $0.metric == .calls }
        #expect(sql?.left == 2 && sql?.right == nil && sql?.change == nil)
        #expect(rest?.left == nil && rest?.right == 1)
    }

    @Test func layersOfPoliciesAreCompared() {
        let trace = GuardedTrace.make()
        var other = trace
        other.events.removeAll { $0.kind == .fallbackUsed }
        let found = TraceComparison(TraceIndex(trace), TraceIndex(other)).differences
        let texts = found.map { "\($0.section) \($0.name) \($0.metric) \($0.left ?? -1) \($0.right ?? -1)" }
        #expect(
            texts == [
                "flow page degraded 1.0 0.0",
                "policy guarded.fallback layer(Analysis.LayerCount.used) 1.0 0.0",
            ])
    }
}
