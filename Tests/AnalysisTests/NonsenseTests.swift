import Analysis
import Testing
import Trace

/// Traces come from files too: whatever their events say, no question may stop a view.
@Suite struct NonsenseTests {
    /// Every kind of event with any ids, names and values, in order of time.
    private func nonsense(_ seed: UInt64) -> Trace {
        var generator = SeededGenerator(seed: seed)
        var trace =
            seed % 2 == 0
            ? RandomPoolTrace.make(seed: seed, steps: 20) : RandomPolicyTrace(seed: seed, requests: 3).trace
        let details = ["forced", "concurrent", "burst", "rate", "window", "windowCalls", "limit", "budget", "stale"]
        let names = trace.names.names.indices.map { NameID(UInt32($0)) } + details.map { trace.names.intern($0) }
        let values: [Int64] = [.min, -1, 0, 1, 2, 5_000_000, .max]
        var time: Int64 = 0
        func pick<Item>(_ items: [Item], _ other: Item) -> Item { items.randomElement(using: &generator) ?? other }
        trace.events = (0..<600).map { _ in
            time += Int64.random(in: 0...3_000_000, using: &generator)
            func id() -> UInt32 { UInt32.random(in: 0...40, using: &generator) }
            return Event(
                time: VirtualTime(nanoseconds: time), kind: pick(EventKind.allCases, .mark),
                outcome: pick(Outcome.allCases, .none), component: pick(names, .none), detail: pick(names, .none),
                request: RequestID(id()), span: SpanID(id()), parent: SpanID(id()), cause: EventID(id()),
                value: pick(values, 0))
        }
        trace.end = VirtualTime(nanoseconds: time)
        return trace
    }

    @Test(arguments: 1..<60) func noQuestionStops(seed: UInt64) {
        let trace = nonsense(seed)
        let index = TraceIndex(trace)
        var answers = 0
        for count in stride(from: 0, through: 600, by: 60) {
            let cursor = trace.cursor(after: EventID(UInt32(count)))
            let metrics = RunMetrics.over(index, last: .milliseconds(100), at: cursor)
            answers += metrics.policies.flatMap(\.layers).flatMap(\.counts).count { $0.value < 0 }
            for layer in index.policies.flatMap(\.layers) {
                answers += BreakerState(index, layer.id, at: cursor)?.window.count ?? 0
                answers += BulkheadState(index, layer.id, at: cursor)?.inside.count ?? 0
                answers += LimiterState(index, layer.id, at: cursor)?.decisions.count ?? 0
                answers += BudgetState(index, layer.id, at: cursor)?.changes.count ?? 0
                answers += RetryTimeline(index, layer.id)?.rows(0..<100, at: cursor).count ?? 0
            }
            for name in trace.components.map(\.name) {
                answers += CacheState(index, name, at: cursor)?.entries.count ?? 0
                answers += WriteState(index, name, at: cursor)?.dirty.count ?? 0
                answers += BalancerState(index, name, at: cursor)?.servers.count ?? 0
                answers += CacheSeries(index, cache: name, from: .zero, to: trace.end, count: 3).buckets.count
            }
            answers += SystemState(index, at: cursor).caches.count + CallGraph(index).edges.count
            for policy in index.policies { answers += PolicyState(index, policy.id, at: cursor)?.layers.count ?? 0 }
            for request in index.requests {
                answers += AnswerParts(of: request.id, in: index, at: cursor).parts.count
                answers += index.criticalPath(of: request.id, at: cursor).segments.count
                answers += TraceDiagram(of: request.id, in: index, at: cursor).measured.passages.count
                let times = SpanTimes(of: request.id, in: index, at: cursor)
                answers += index.spans(of: request.id).count { times[$0.id]?.gaps.isEmpty ?? true }
                answers += RequestErrors(of: request.id, in: index, at: cursor).origin == nil ? 0 : 1
                let side = SpanComparison.Side(request.id, in: index, at: cursor)
                answers += SpanComparison(side, .init(RequestID(1), in: index)).rows.count
                answers += index.spans(of: request.id).count { span in
                    RecordedCall(span, in: index, Clocks(trace), at: cursor)?.estimatedSkew ?? 0 < 0
                }
            }
        }
        #expect(answers > 0 && RunReport(index).json.compact.count > 100)
        #expect(ChromeTrace(index).json.compact.count > 100 && OTLPTrace(index).json.compact.count > 10)
    }
}
