import Analysis
import Testing
import Trace

@Suite struct CriticalPathTests {
    @Test func sequentialCallsAllBoundTheLatency() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let first = builder.call(0, 500, "sql", "sales", in: root)
        let second = builder.call(500, 1000, "cosmos", "behaviour", in: root)
        builder.close(1010, root)
        let path = TraceIndex(builder.trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [first, second, root])
        #expect(path.segments.map(\.phase) == [.service, .service, .own])
        #expect(path.total(.service) == 1_000_000_000)
        #expect(path.total(.own) == 10_000_000)
        #expect(path.total(of: second) == 500_000_000)
    }

    @Test func ofParallelCallsOnlyTheSlowestBoundsTheLatency() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let step = builder.open(0, .stepStarted, "web", "parallel", in: root)
        let calls = ["sql", "cosmos", "rest"].map { builder.open(0, .callSent, $0, "get", in: step) }
        for call in calls { builder.happen(0, .serviceStarted, call) }
        for (call, end) in zip(calls, [300.0, 500, 400]).sorted(by: { $0.1 < $1.1 }) {
            builder.happen(end, .serviceFinished, call, outcome: .ok)
            builder.close(end, call)
        }
        builder.close(500, step)
        builder.close(500, root)
        let path = TraceIndex(builder.trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [calls[1]])
        #expect(path.contains(calls[1]) && !path.contains(calls[0]) && !path.contains(calls[2]))
    }

    @Test func callsThatEndTogetherAreDecidedByTheEventThatCameLast() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let early = builder.open(0, .callSent, "sql", "get", in: root)
        let late = builder.open(0, .callSent, "cosmos", "get", in: root)
        builder.close(500, late)
        builder.close(500, early)
        builder.close(500, root)
        #expect(TraceIndex(builder.trace).criticalPath(of: RequestID(1)).segments.map(\.span) == [early])
    }

    @Test func theCallThatFailsIsOnThePathNotThoseCancelledForIt() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let slow = builder.open(0, .callSent, "sql", "get", in: root)
        let failing = builder.open(0, .callSent, "cosmos", "get", in: root)
        builder.close(100, failing, .failed)
        builder.happen(100, .callAbandoned, slow, outcome: .cancelled)
        builder.close(100, root, .failed)
        #expect(TraceIndex(builder.trace).criticalPath(of: RequestID(1)).segments.map(\.span) == [failing])
    }

    @Test func aCallIsCutIntoNetworkQueueAndService() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let call = builder.open(0, .callSent, "sql", "get", in: root, value: 5_000_000)
        builder.happen(5, .callArrived, call)
        builder.happen(5, .callQueued, call)
        builder.happen(25, .serviceStarted, call)
        builder.happen(125, .serviceFinished, call, outcome: .ok)
        builder.close(130, call)
        builder.close(130, root)
        let path = TraceIndex(builder.trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.phase) == [.network, .queue, .service, .network])
        #expect(path.segments.map(\.nanoseconds) == [5_000_000, 20_000_000, 100_000_000, 5_000_000])
    }

    @Test func atTheCursorTheOpenWorkThatStartedFirstIsOnThePath() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let done = builder.call(0, 40, "rest", "get", in: root)
        let waiting = builder.open(40, .callSent, "sql", "get", in: root)
        let later = builder.open(60, .callSent, "cosmos", "get", in: root)
        builder.close(300, waiting)
        builder.close(400, later)
        builder.close(400, root)
        let index = TraceIndex(builder.trace)
        let path = index.criticalPath(of: RequestID(1), at: builder.trace.cursor(at: .milliseconds(100)))
        #expect(path.segments.map(\.span) == [done, waiting])
        #expect(path.segments.last?.to == .milliseconds(100))
        #expect(index.criticalPath(of: RequestID(1)).segments.last?.span == later)
        #expect(index.criticalPath(of: RequestID(2)).segments.isEmpty)
    }

    @Test func nestingAsDeepAsTheTraceDoesNotExhaustTheStack() {
        var builder = TraceBuilder()
        var spans = [builder.open(0, .requestStarted, "web", "dashboard")]
        for _ in 0..<50_000 { spans.append(builder.open(0, .stepStarted, "web", "step", in: spans.last ?? .none)) }
        for span in spans.reversed() { builder.close(1, span) }
        let path = TraceIndex(builder.trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [spans.last])
    }

    /// Against all chains of children that do not overlap, of which the one that ends last, and before that last, and
    /// so on, bounds the latency.
    @Test(arguments: 0..<200) func agreesWithTryingEveryChain(seed: UInt64) {
        let tree = RandomTree(seed: seed)
        let index = TraceIndex(tree.trace)
        let path = index.criticalPath(of: RequestID(1))
        var covered: [SpanID] = []
        for segment in path.segments {
            #expect(segment.from == .milliseconds(Double(covered.count)))
            let length = Int(segment.nanoseconds / 1_000_000)
            #expect(length > 0)
            covered += [SpanID](repeating: segment.span, count: length)
        }
        #expect(covered == tree.chainOwners())
    }
}

/// A request of nested steps with whole milliseconds.
private struct RandomTree {
    struct Node {
        var id: SpanID
        var start: Int
        var end: Int
        var closing: EventID = .none
        var children: [Node] = []
    }

    private(set) var trace: Trace
    private(set) var root: Node

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var last: UInt32 = 0
        root = Self.node(0, Int.random(in: 1...40, using: &generator), depth: 3, &last, &generator)
        var marks: [(time: Int, order: Int, isEnd: Bool, id: SpanID, parent: SpanID)] = []
        Self.collect(root, parent: .none, &marks)
        // At one moment: ends before starts but for spans without length; holders start first and end last.
        marks.sort { ($0.time, $0.order) < ($1.time, $1.order) }
        var builder = TraceBuilder()
        let names = ("web", "flow")
        var closings: [SpanID: EventID] = [:]
        for mark in marks {
            let isRoot = mark.parent == .none
            let kind: EventKind =
                mark.isEnd ? (isRoot ? .requestFinished : .stepFinished) : (isRoot ? .requestStarted : .stepStarted)
            let event = builder.add(
                Double(mark.time), kind, names.0, names.1, outcome: mark.isEnd ? .ok : .none, request: RequestID(1),
                span: mark.id, parent: mark.parent)
            if mark.isEnd { closings[mark.id] = event }
        }
        trace = builder.trace
        Self.setClosings(&root, closings)
    }

    private static func node(
        _ start: Int, _ end: Int, depth: Int, _ last: inout UInt32, _ generator: inout SeededGenerator
    ) -> Node {
        last += 1
        var node = Node(id: SpanID(last), start: start, end: end)
        guard depth > 0, end > start else { return node }
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let from = Int.random(in: start..<end, using: &generator)
            let to = Int.random(in: from + 1...end, using: &generator)
            node.children.append(Self.node(from, to, depth: depth - 1, &last, &generator))
        }
        return node
    }

    private static func collect(
        _ node: Node, parent: SpanID, _ marks: inout [(time: Int, order: Int, isEnd: Bool, id: SpanID, parent: SpanID)]
    ) {
        marks.append((node.start, 1_000_000 + Int(node.id.rawValue), false, node.id, parent))
        marks.append((node.end, -Int(node.id.rawValue), true, node.id, parent))
        for child in node.children { collect(child, parent: node.id, &marks) }
    }

    private static func setClosings(_ node: inout Node, _ closings: [SpanID: EventID]) {
        node.closing = closings[node.id] ?? .none
        for place in node.children.indices { setClosings(&node.children[place], closings) }
    }

    /// For each millisecond of the request the span that bounds it.
    func chainOwners() -> [SpanID] {
        var owners = [SpanID](repeating: .none, count: root.end)
        Self.paint(root, &owners)
        return owners
    }

    private static func paint(_ node: Node, _ owners: inout [SpanID]) {
        for time in node.start..<node.end { owners[time] = node.id }
        for child in bestChain(node.children) { paint(child, &owners) }
    }

    private static func bestChain(_ children: [Node]) -> [Node] {
        var best: [Node] = []
        for subset in 0..<(1 << children.count) {
            let chain = children.indices.filter { subset >> $0 & 1 == 1 }.map { children[$0] }
                .sorted { ($0.end, $0.closing) > ($1.end, $1.closing) }
            let isChain = zip(chain, chain.dropFirst()).allSatisfy { later, earlier in earlier.end <= later.start }
            if isChain, isLater(chain, best) { best = chain }
        }
        return best
    }

    private static func isLater(_ left: [Node], _ right: [Node]) -> Bool {
        for (one, other) in zip(left, right) where one.id != other.id {
            return (one.end, one.closing) > (other.end, other.closing)
        }
        return left.count > right.count
    }
}
