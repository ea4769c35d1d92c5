import Trace

/// The chain of work that bounds a request's latency: shorten anything else and nothing changes.
///
/// Found by walking back from the end: at each moment the path goes through the work that ended last before it, and
/// where there is none through the holder itself. The segments follow each other without gap or overlap. A service's
/// own calls are part of the call to it, as far as its caller waited for them.
public struct CriticalPath: Hashable, Sendable {
    public enum Phase: UInt8, CaseIterable, Sendable {
        /// On the way to a backend or back.
        case network
        /// Waiting for a slot of a backend, or for room in a bulkhead.
        case queue
        case service
        /// A wait of the flow, for another attempt, or for a permit.
        case wait
        /// Asking a cache.
        case cache
        /// The flow's or a policy's own time, between its calls.
        case own
    }

    public struct Segment: Hashable, Sendable {
        public var span: SpanID
        public var from: VirtualTime
        public var to: VirtualTime
        public var phase: Phase
        public var nanoseconds: Int64 { to.nanoseconds - from.nanoseconds }
    }

    /// In order of time; together they cover the request from its start to its end, or to the cursor.
    public var segments: [Segment]

    /// Nanoseconds on the path in a phase.
    public func total(_ phase: Phase) -> Int64 {
        segments.reduce(0) { $0 + ($1.phase == phase ? $1.nanoseconds : 0) }
    }

    /// Nanoseconds on the path that belong to a span itself, not to those it holds.
    public func total(of span: SpanID) -> Int64 {
        segments.reduce(0) { $0 + ($1.span == span ? $1.nanoseconds : 0) }
    }

    public func contains(_ span: SpanID) -> Bool { segments.contains { $0.span == span } }

    /// Of a request, as known at a cursor; empty if it has not started. O(s log s) in the events of the request.
    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        let cursor = cursor ?? index.trace.lastCursor
        guard let root = index.root(of: request), cursor.includes(root.startEvent) else {
            segments = []
            return
        }
        var walk = Walk(index: index, cursor: cursor, phases: SpanPhases(of: request, in: index, until: cursor))
        walk.run(from: root)
        segments = walk.backwards.reversed()
    }
}

/// The walk, with its own stack: how deep spans are nested is up to the trace.
private struct Walk {
    struct Frame {
        var span: Span
        /// When the span ended; for its caller, so did all that it holds.
        var finish: VirtualTime
        /// The part of the span before this moment is not walked yet.
        var upper: VirtualTime
        /// The walk of this span stops here.
        var lower: VirtualTime
        /// Those that may be on the path, the one that ended last at the end.
        var children: [Span]
    }

    let index: TraceIndex
    let cursor: Cursor
    let phases: SpanPhases
    var backwards: [CriticalPath.Segment] = []

    mutating func run(from root: Span) {
        let root = root.clipped(to: cursor)
        var stack = [frame(root, lower: root.start, upper: end(of: root))]
        while var top = stack.popLast() {
            if let child = nextChild(&top) {
                let upper = end(of: child, in: top)
                addOwn(top.span, from: upper, to: top.upper)
                let lower = max(child.start, top.lower)
                top.upper = lower
                stack.append(top)
                stack.append(frame(child, lower: lower, upper: upper))
            } else {
                addOwn(top.span, from: top.lower, to: top.upper)
            }
        }
    }

    private func frame(_ span: Span, lower: VirtualTime, upper: VirtualTime) -> Frame {
        // Nobody waits for a message.
        let children = index.children(of: span.id).filter { cursor.includes($0.startEvent) && !$0.isDetached }
            .map { $0.clipped(to: cursor) }
            .map { child in
                var child = child
                if let end = child.end, end > upper { child.closed = nil }
                return child
            }
        return Frame(
            span: span, finish: upper, upper: upper, lower: lower, children: children.sorted(by: endsEarlier))
    }

    private func end(of span: Span) -> VirtualTime { span.end ?? cursor.time }
    private func end(of child: Span, in frame: Frame) -> VirtualTime { min(end(of: child), frame.finish) }

    private func nextChild(_ frame: inout Frame) -> Span? {
        while let child = frame.children.popLast() {
            let end = end(of: child, in: frame)
            if end <= frame.upper, end >= frame.lower, child.start < frame.upper { return child }
        }
        return nil
    }

    /// Open spans end last; of those the one that started first. At the same moment the later event decides: it is
    /// the one that was waited for. Work that was cancelled did not end by itself: something else did just before.
    private func endsEarlier(_ left: Span, _ right: Span) -> Bool {
        switch (left.closed, right.closed) {
        case (let one?, let other?):
            (one.time, left.outcome == .cancelled ? 0 : 1, one.event)
                < (other.time, right.outcome == .cancelled ? 0 : 1, other.event)
        case (nil, nil): left.startEvent > right.startEvent
        case (nil, _): false
        case (_, nil): true
        }
    }

    /// The span's own time in a stretch, cut where its phase changes, latest first.
    private mutating func addOwn(_ span: Span, from: VirtualTime, to: VirtualTime) {
        for phase in phases.phases(of: span).reversed() {
            let start = max(phase.from, from)
            let end = min(phase.to, to)
            guard start < end else { continue }
            backwards.append(CriticalPath.Segment(span: span.id, from: start, to: end, phase: phase.phase))
        }
    }
}

extension Span {
    /// What the span was doing from its start to its end, or to the cursor, in order and without gaps.
    ///
    /// For a call: on the way, in the queue, in service, on the way back. Pass a span clipped to the cursor.
    public func phases(until cursor: Cursor) -> [CriticalPath.Segment] {
        let finish = max(start, end ?? cursor.time)
        guard kind == .call else {
            let phase: CriticalPath.Phase = kind == .wait ? .wait : kind == .cacheLookup ? .cache : .own
            return [CriticalPath.Segment(span: id, from: start, to: finish, phase: phase)]
        }
        var result: [CriticalPath.Segment] = []
        var phase = CriticalPath.Phase.network
        var from = start
        let changes: [(VirtualTime?, CriticalPath.Phase)] = [
            (queued, .queue), (serviceStarted, .service), (serviceFinished, .network), (rejected, .network),
            (expired, .network),
        ]
        for (time, next) in changes {
            guard let time, time >= from, time <= finish else { continue }
            if time > from { result.append(CriticalPath.Segment(span: id, from: from, to: time, phase: phase)) }
            (from, phase) = (time, next)
        }
        result.append(CriticalPath.Segment(span: id, from: from, to: finish, phase: phase))
        return result
    }
}

extension TraceIndex {
    public func criticalPath(of request: RequestID, at cursor: Cursor? = nil) -> CriticalPath {
        CriticalPath(of: request, in: self, at: cursor)
    }
}
