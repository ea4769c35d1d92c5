import Trace

/// What the spans of a request were doing: as ``Span/phases(until:)``, and where policies make it wait, for another
/// attempt, for a permit, in the queue of a bulkhead.
public struct SpanPhases: Sendable {
    private struct Wait: Sendable {
        var from: VirtualTime
        var to: VirtualTime
        var phase: CriticalPath.Phase
        /// Of a queue: whose. Its end is not known when it begins.
        var queue = NameID.none
    }

    /// In order, by the span around the layer. For look-up only.
    private var waits: [SpanID: [Wait]] = [:]
    private let cursor: Cursor

    /// O(events of the request).
    public init(of request: RequestID, in index: TraceIndex, until cursor: Cursor) {
        self.cursor = cursor
        guard !index.activity.policies.isEmpty else { return }
        for id in index.events(of: request) where cursor.includes(id) {
            if let event = index.trace[id] { add(event) }
        }
    }

    private mutating func add(_ event: Event) {
        switch event.kind {
        case .retryScheduled, .limiterDelayed:
            let end = event.time.advanced(byNanoseconds: max(0, event.value))
            waits[event.span, default: []].append(Wait(from: event.time, to: end, phase: .wait))
        case .bulkheadQueued:
            let wait = Wait(from: event.time, to: VirtualTime(nanoseconds: .max), phase: .queue, queue: event.component)
            waits[event.span, default: []].append(wait)
        case .bulkheadEntered, .bulkheadShed:
            guard let all = waits[event.span], let place = all.lastIndex(where: { $0.queue == event.component })
            else { return }
            waits[event.span]?[place].to = event.time
        default: break
        }
    }

    /// What a span was doing from its start to its end, or to the cursor, in order and without gaps. Pass one clipped
    /// to the cursor. O(its waits).
    public func phases(of span: Span) -> [CriticalPath.Segment] {
        guard span.kind.isOfPolicy else { return span.phases(until: cursor) }
        let finish = max(span.start, span.end ?? cursor.time)
        var segments: [CriticalPath.Segment] = []
        var now = span.start
        func add(_ to: VirtualTime, _ phase: CriticalPath.Phase) {
            guard to > now else { return }
            segments.append(CriticalPath.Segment(span: span.id, from: now, to: to, phase: phase))
            now = to
        }
        for wait in waits[span.id] ?? [] {
            add(min(wait.from, finish), .own)
            add(min(wait.to, finish), wait.phase)
        }
        add(finish, .own)
        if segments.isEmpty {
            segments.append(CriticalPath.Segment(span: span.id, from: now, to: now, phase: .own))
        }
        return segments
    }
}
