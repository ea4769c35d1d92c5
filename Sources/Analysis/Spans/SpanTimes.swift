import Trace

/// How the spans of a request spend their time, as known at a cursor: what each does itself, what runs below it, and
/// what runs at the same time as something else.
///
/// For each span, `duration = own + children - overlap`, where `children` is the sum of its children's durations as far
/// as they lie within it, and `overlap` what that sum counts more than once.
public struct SpanTimes: Sendable {
    public struct Times: Hashable, Sendable {
        /// From its start to its end, or to the cursor.
        public var whole: Stretch
        /// Its self time: when no child of it runs. In order.
        public var own: [Stretch]
        /// Nanoseconds of children's work that another child's work hides.
        public var overlap: Int64
        /// Parts of ``own`` that nothing in the trace accounts for. The span is neither in service nor in a queue, on
        /// its way, or in a wait that it chose: a flow between two calls, a caller that waits for what another request
        /// loads, a call that should have arrived and has not. In order.
        public var gaps: [Stretch]
    }

    /// For look-up only.
    private var times: [SpanID: Times] = [:]
    private let calls: [Span]
    private let end: VirtualTime

    /// O(s log s) in the events of the request. Empty if it has not started.
    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        let cursor = cursor ?? index.trace.lastCursor
        let spans = index.spans(of: request).filter { cursor.includes($0.startEvent) }.map { $0.clipped(to: cursor) }
        end = cursor.time
        calls = spans.filter { $0.kind == .call || $0.kind == .cacheLookup }
        let phases = SpanPhases(of: request, in: index, until: cursor)
        var children: [SpanID: [Stretch]] = [:]
        for span in spans { children[span.parent, default: []].append(whole(span)) }
        for span in spans {
            let whole = whole(span)
            let inside = (children[span.id] ?? []).compactMap { $0.intersection(whole) }
            let covered = inside.union
            let own = covered.complement(in: whole)
            times[span.id] = Times(
                whole: whole, own: own, overlap: inside.nanoseconds - covered.nanoseconds,
                gaps: Self.gaps(of: span, in: whole, phases).intersection(own))
        }
    }

    /// `nil`: the request has no such span at the cursor.
    public subscript(span: SpanID) -> Times? { times[span] }

    /// Nanoseconds in which a call runs while another does, from each caller's sending to its having the answer.
    /// O(1).
    public func overlap(of one: SpanID, and other: SpanID) -> Int64 {
        guard let one = times[one]?.whole, let other = times[other]?.whole else { return 0 }
        return one.intersection(other)?.nanoseconds ?? 0
    }

    /// Nanoseconds in which calls to one component run while calls to another do. O(s log s).
    public func overlap(of one: NameID, and other: NameID) -> Int64 {
        work(of: one).intersection(work(of: other)).nanoseconds
    }

    /// When calls to a component run, look-ups in a cache too. In order, and apart. O(s log s).
    public func work(of component: NameID) -> [Stretch] {
        calls.filter { $0.component == component }.map(whole).union
    }

    private func whole(_ span: Span) -> Stretch { Stretch(from: span.start, to: span.end ?? max(span.start, end)) }

    private static func gaps(of span: Span, in whole: Stretch, _ phases: SpanPhases) -> [Stretch] {
        switch span.kind {
        case .call:
            guard span.arrived == nil, span.rejected == nil, span.serviceStarted == nil else { return [] }
            let due = span.start.advanced(byNanoseconds: max(0, span.planned))
            return due < whole.to ? [Stretch(from: due, to: whole.to)] : []
        case .wait, .cacheLookup: return []
        case .request, .step, .guard, .attempt, .copy, .background:
            return phases.phases(of: span).filter { $0.phase == .own }.map { Stretch(from: $0.from, to: $0.to) }
        }
    }
}
