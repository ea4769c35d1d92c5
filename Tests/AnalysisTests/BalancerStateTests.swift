import Analysis
import Testing
import Trace

/// A pool at a cursor, and who calls whom.
@Suite struct BalancerStateTests {
    private static func builder(_ algorithm: String) -> TraceBuilder {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("shop", .balancer)
        for name in ["s1", "s2", "sql"] { builder.declare(name, .backend) }
        builder.declare("memory", .cache)
        builder.add(0, .balancerConfigured, "shop", "algorithm=\(algorithm)")
        for name in ["s2", "s1"] { builder.add(0, .serverJoined, "shop", name, value: 2_000_000) }
        return builder
    }

    private func state(_ trace: Trace, _ time: Double) throws -> BalancerState {
        let shop = try #require(trace.names.find("shop"))
        return try #require(BalancerState(TraceIndex(trace), shop, at: trace.cursor(at: .milliseconds(time))))
    }

    @Test func serversStandInTheOrderOfTheScenario() throws {
        let builder = Self.builder("roundRobin")
        let trace = builder.trace
        #expect(try state(trace, 0).servers.map { trace.name($0.id) } == ["s1", "s2"])
        #expect(TraceIndex(trace).balancer("shop")?.servers.map { trace.name($0) } == ["s1", "s2"])
        #expect(RunMetrics.over(TraceIndex(trace)).backends.map(\.name) == ["s1", "s2", "sql"], "a pool is no backend")
    }

    @Test func aServerKnowsItsLoadAndItsShare() throws {
        var builder = Self.builder("leastConnections")
        let root = builder.open(1, .requestStarted, "web", "page")
        builder.decide(1, .balancerCompared, "shop", "s1", in: root, value: 1_500_000)
        builder.decide(1, .balancerPicked, "shop", "s1", in: root, value: 1)
        let call = builder.open(1, .callSent, "s1", "get", in: root)
        builder.happen(1, .callArrived, call)
        builder.happen(1, .callQueued, call, value: 1)
        builder.decide(2, .balancerPicked, "shop", "s2", in: root, value: 1)
        builder.call(2, 12, "s2", "get", in: root)
        builder.end(20_000)
        let trace = builder.trace
        let busy = try state(trace, 5)
        #expect(busy.servers.map(\.pending) == [1, 1] && busy.servers.map(\.queued) == [1, 0])
        #expect(busy.servers.map(\.inService) == [0, 1] && busy.servers.map(\.share) == [0.5, 0.5])
        #expect(busy.servers.map(\.score) == [.load(1.5), nil] && busy.algorithm == "leastConnections")
        #expect(busy.lastPick?.candidates.isEmpty == true, "what was compared belongs to the pick after it")
        #expect(try state(trace, 1).lastPick?.candidates.count == 1)
        #expect(try state(trace, 12).servers.map { $0.latency?.max } == [nil, 10_000_000])
        #expect(try state(trace, 15_000).servers.map(\.share) == [nil, nil], "no picks in the last ten seconds")
    }

    @Test func theLastPicksSayWhatBecameOfThem() throws {
        var builder = Self.builder("roundRobin")
        let root = builder.open(1, .requestStarted, "web", "page")
        builder.decide(1, .balancerPicked, "shop", "s1", in: root, value: 1)
        let first = builder.open(1, .callSent, "s1", "get", in: root)
        builder.happen(1, .callArrived, first)
        builder.happen(1, .callQueued, first, value: 1)
        builder.decide(2, .balancerPicked, "shop", "s2", in: root, value: 1)
        builder.call(2, 12, "s2", "get", in: root)
        builder.end(20_000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        let shop = try #require(trace.names.find("shop"))
        func recent(_ limit: Int, _ time: Double) -> [BalancerState.Recent] {
            BalancerState.recent(limit, of: shop, in: index, at: trace.cursor(at: .milliseconds(time)))
        }
        #expect(recent(9, 0).isEmpty)
        #expect(recent(9, 5).map { trace.name($0.server) } == ["s1", "s2"])
        #expect(recent(9, 5).map(\.outcome) == [.none, .none] && recent(9, 5).map(\.isQueued) == [true, false])
        #expect(recent(9, 15).map(\.outcome) == [.none, .ok])
        #expect(recent(1, 15).map { trace.name($0.server) } == ["s2"])
        let load = index.load(of: try #require(trace.names.find("s1")), in: 4, at: trace.lastCursor)
        #expect(load.map(\.calls) == [1, 1, 1, 1])
    }

    @Test(arguments: ["ewma", "peakEWMA"]) func estimatesAreTimes(algorithm: String) throws {
        var builder = Self.builder(algorithm)
        builder.add(1, .balancerCompared, "shop", "s1", value: 30_000_000)
        builder.add(2, .serverScored, "shop", "s2", value: 5_000_000)
        #expect(try state(builder.trace, 2).servers.map(\.score) == [.cost(30_000_000), .cost(5_000_000)])
    }

    @Test func aServerIsAvailableUnlessItIsOutDownOrEjected() throws {
        var builder = Self.builder("random")
        builder.add(10, .healthChecked, "shop", "s1", outcome: .failed, value: 3)
        builder.add(10, .serverDown, "shop", "s1")
        builder.add(20, .serverEjected, "shop", "s2", value: 30_000_000)
        builder.add(20, .panicStarted, "shop", value: 0)
        builder.add(30, .serverUp, "shop", "s1")
        builder.add(30, .panicEnded, "shop")
        builder.add(40, .serverLeft, "shop", "s1")
        builder.add(50, .serverReturned, "shop", "s2")
        let trace = builder.trace
        func available(_ time: Double) throws -> [Bool] { try state(trace, time).servers.map(\.isAvailable) }
        #expect(try available(0) == [true, true] && available(10) == [false, true])
        #expect(try available(20) == [false, false] && state(trace, 20).isPanicking)
        #expect(try state(trace, 20).servers[1].ejectedUntil == .milliseconds(50))
        #expect(try state(trace, 10).servers[0].lastCheck?.inARow == 3)
        #expect(try available(30) == [true, false] && !state(trace, 30).isPanicking)
        #expect(try available(40) == [false, false] && available(50) == [false, true])
        #expect(try state(trace, 50).servers[1].ejectedUntil == nil)
        let server = try #require(RunMetrics.over(TraceIndex(trace)).server("s1"))
        #expect(server[.down] == 1 && server[.downTime] == 20_000_000)
    }

    @Test func sectorsBelongToTheirLastOwner() throws {
        var builder = Self.builder("ring")
        for sector in 0..<64 { builder.add(0, .sectorOwned, "shop", sector < 32 ? "s1" : "s2", value: Int64(sector)) }
        builder.add(5, .sectorOwned, "shop", "s2", value: 7)
        let root = builder.open(6, .requestStarted, "web", "page")
        builder.decide(6, .requestKeyed, "web", "user:1", in: root)
        let pick = builder.decide(6, .balancerPicked, "shop", "s2", in: root)
        builder.add(6, .keyMoved, "shop", "user:1", cause: pick)
        let trace = builder.trace
        func owner(_ sector: Int, _ time: Double) throws -> String { try trace.name(state(trace, time).owners[sector]) }
        #expect(try owner(7, 0) == "s1" && owner(7, 5) == "s2" && owner(63, 5) == "s2")
        #expect(try state(trace, 0).takenSectors.isEmpty && state(trace, 5).takenSectors == [7])
        let last = try state(trace, 6)
        #expect(trace.name(last.lastPick?.key ?? .none) == "user:1" && last.moved == 1)
        #expect(last.moves.map { trace.name($0.server) } == ["s2"])
    }

    // MARK: Who calls whom

    @Test func theCallGraphLeadsThroughPoolsAndKnowsBackgroundWork() throws {
        var builder = Self.builder("roundRobin")
        let root = builder.open(1, .requestStarted, "web", "page")
        let lookup = builder.open(1, .cacheLookup, "memory", "key", in: root)
        builder.close(1, lookup, .failed)
        builder.call(2, 3, "s1", "get", in: lookup)
        builder.close(3, root)
        let flush = builder.open(4, .backgroundStarted, "memory", "flush")
        builder.call(4, 6, "sql", "put", in: flush)
        let trace = builder.trace
        let graph = CallGraph(TraceIndex(trace))
        let edges = graph.edges.map { [trace.name($0.from), trace.name($0.to)] }
        #expect(
            edges == [["web", "memory"], ["web", "shop"], ["memory", "sql"], ["shop", "s1"], ["shop", "s2"]])
        let shop = try #require(trace.names.find("shop"))
        #expect(graph.targets(of: shop).count == 2 && graph.sources(of: shop).count == 1)
    }

    /// Work without a request or a parent is no request's, and stops nothing.
    @Test func backgroundWorkStandsBesideRequests() throws {
        var builder = Self.builder("roundRobin")
        let root = builder.open(0, .requestStarted, "web", "page")
        let lookup = builder.open(0, .cacheLookup, "memory", "key", in: root)
        builder.close(1, lookup)
        builder.decide(1, .cacheExpiredServed, "memory", "key", in: lookup, value: 5)
        builder.close(1, root)
        let refresh = SpanID(3)
        builder.add(1, .backgroundStarted, "memory", "refresh", request: RequestID(1), span: refresh)
        builder.add(1, .callSent, "sql", "get", request: RequestID(1), span: SpanID(4), parent: refresh)
        builder.add(
            9, .callFinished, "sql", "get", outcome: .ok, request: RequestID(1), span: SpanID(4), parent: refresh)
        builder.add(9, .backgroundFinished, "memory", "refresh", outcome: .ok, request: RequestID(1), span: refresh)
        builder.add(20, .backgroundStarted, "memory", "flush", span: SpanID(5))
        let trace = builder.trace
        let index = TraceIndex(trace)
        #expect(index.span(refresh)?.kind == .background && index.root(of: RequestID(1))?.kind == .request)
        #expect(index.openSpans(at: trace.lastCursor).map(\.id) == [SpanID(5)])
        #expect(index.criticalPath(of: RequestID(1)).segments.map(\.nanoseconds).reduce(0, +) == 1_000_000)
        #expect(AnswerParts(of: RequestID(1), in: index).parts.map(\.id) == [lookup])
        let diagram = SequenceDiagram(of: RequestID(1), in: index)
        let call = try #require(diagram.messages.first { $0.kind == .call })
        #expect(trace.name(call.from) == "memory" && trace.name(call.to) == "sql")
        #expect(diagram.messages.first { $0.kind == .cacheHit }?.isStale == true)
        #expect(TraceDiagram(of: RequestID(1), in: index).text.contains("hit, out of date"))
        #expect(ChromeTrace(index).json.compact.contains("\"refresh\""))
        #expect(OTLPTrace(index).json.compact.contains("\"flush\""))
    }
}
