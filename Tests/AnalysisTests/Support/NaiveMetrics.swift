import Analysis
import Histogram
import Testing
import Trace

/// The numbers of a window, found by reading every event again.
struct NaiveMetrics {
    let trace: Trace
    let cursor: Cursor
    /// Those in the window, and those before its end.
    let events: [Event]
    let earlier: [Event]
    private let seconds: Double
    private let start: VirtualTime

    init(_ trace: Trace, from: VirtualTime?, through cursor: Cursor) {
        self.trace = trace
        self.cursor = cursor
        earlier = Array(trace.events.prefix(cursor.eventCount))
        events = earlier.filter { event in from.map { event.time > $0 } ?? true }
        start = min(from ?? .zero, cursor.time)
        seconds = Double(cursor.time.nanoseconds - start.nanoseconds) / 1e9
    }

    private func count(_ kinds: [EventKind], _ name: NameID, _ outcomes: [Outcome] = Outcome.allCases) -> Int {
        events.count {
            kinds.contains($0.kind) && outcomes.contains($0.outcome) && ($0.component == name || $0.detail == name)
        }
    }

    func check(_ flow: FlowMetrics) {
        #expect(flow.requests == count([.requestStarted], flow.id))
        #expect(flow.ok == count([.requestFinished], flow.id, [.ok]))
        #expect(flow.failed == count([.requestFinished], flow.id) - flow.ok)
        let open =
            earlier.count { $0.kind == .requestStarted && $0.detail == flow.id }
            - earlier.count { $0.kind == .requestFinished && $0.detail == flow.id }
        #expect(flow.inFlight == open)
        #expect(flow.rate == (seconds > 0 ? Double(flow.requests) / seconds : 0))
        check(flow.latency, latencies(from: .requestStarted, to: .requestFinished, flow.id))
    }

    func check(_ backend: BackendMetrics) {
        let endings: [EventKind] = [.callFinished, .callAbandoned]
        #expect(backend.calls == count([.callSent], backend.id))
        #expect(backend.ok == count(endings, backend.id, [.ok]))
        let errors: [Outcome] = [.failed, .reset, .unavailable, .throttled, .conflict, .notFound]
        #expect(backend.failed == count(endings, backend.id, errors))
        #expect(backend.rejected == count(endings, backend.id, [.rejected, .refused]))
        #expect(backend.timedOut == count(endings, backend.id, [.timedOut]))
        let service = levels(backend.id, up: [.serviceStarted], down: [.serviceFinished])
        #expect(backend.inFlight == service.last && backend.maxInFlight == service.max)
        let queue = levels(backend.id, up: [.callQueued], down: [.serviceStarted, .callRejected, .callExpired])
        #expect(backend.queued == queue.last && backend.maxQueued == queue.max)
        let slots = earlier.last { $0.kind == .capacityChanged && $0.component == backend.id }?.value
        #expect(backend.capacity == slots.map { Int($0) })
        if let slots, seconds > 0 {
            let used = service.area / (Double(slots) * seconds * 1e9)
            #expect(abs((backend.utilisation ?? -1) - used) < 1e-9)
        }
        check(backend.latency, latencies(from: .callSent, to: .callFinished, backend.id))
        check(backend.service, latencies(from: .serviceStarted, to: .serviceFinished, backend.id))
    }

    func check(_ cache: CacheMetrics) {
        #expect(cache.hits == count([.cacheHit], cache.id))
        #expect(cache.misses == count([.cacheMiss], cache.id))
        #expect(cache.expired == events.count { $0.kind == .cacheMiss && $0.value == 1 })
        #expect(cache.stored == count([.cacheStored], cache.id))
    }

    /// The number of calls in a state: at the end, the largest in the window, the area in it.
    private func levels(_ name: NameID, up: [EventKind], down: [EventKind]) -> (last: Int, max: Int, area: Double) {
        var inside = Set<SpanID>()
        var largest: Int?
        var area = 0.0
        var now = start
        for (place, event) in earlier.enumerated() where event.component == name {
            let isInWindow = place >= earlier.count - events.count
            if isInWindow {
                if largest == nil { largest = inside.count }
                area += Double(inside.count) * Double(event.time.nanoseconds - now.nanoseconds)
                now = event.time
            }
            if up.contains(event.kind) { inside.insert(event.span) }
            if down.contains(event.kind) { inside.remove(event.span) }
            if isInWindow { largest = max(largest ?? 0, inside.count) }
        }
        area += Double(inside.count) * Double(cursor.time.nanoseconds - now.nanoseconds)
        return (inside.count, largest ?? inside.count, area)
    }

    private func latencies(from opening: EventKind, to closing: EventKind, _ name: NameID) -> [Int64] {
        var starts: [SpanID: VirtualTime] = [:]
        for event in earlier where event.kind == opening { starts[event.span] = event.time }
        return events.filter { $0.kind == closing && ($0.component == name || $0.detail == name) }.compactMap { event in
            starts[event.span].map { event.time.nanoseconds - $0.nanoseconds }
        }
    }

    private func check(_ summary: LatencySummary?, _ samples: [Int64]) {
        var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        for sample in samples { histogram.record(UInt64(sample)) }
        #expect((summary == nil) == samples.isEmpty)
        guard let summary else { return }
        #expect(summary.count == samples.count)
        #expect(summary.min == samples.min() && summary.max == samples.max())
        #expect(summary.p50 == Int64(histogram.valueAtPercentile(50)))
        #expect(summary.p95 == Int64(histogram.valueAtPercentile(95)))
        #expect(summary.p99 == Int64(histogram.valueAtPercentile(99)))
        #expect(abs(summary.mean - samples.reduce(0.0) { $0 + Double($1) } / Double(samples.count)) < 1e-3)
    }
}
