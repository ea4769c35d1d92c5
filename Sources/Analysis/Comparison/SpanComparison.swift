import Trace

/// Two requests span by span: two of one run, or the same one in two runs, such as before a change and after it.
///
/// Spans stand for each other where they have the same place: below spans that stand for each other, of the same kind,
/// component and operation, and as many of these came before. The differences on the critical path add up to the
/// difference of the two latencies; those of the spans' durations do not, because work overlaps.
public struct SpanComparison: Sendable {
    /// A request of a run, as known at a cursor.
    public struct Side: Sendable {
        public var request: RequestID
        public var index: TraceIndex
        public var cursor: Cursor

        /// - Parameter cursor: `nil`: at the end of the run.
        public init(_ request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
            self.request = request
            self.index = index
            self.cursor = cursor ?? index.trace.lastCursor
        }
    }

    /// A span of one side or of both.
    public struct Row: Hashable, Sendable {
        /// How deep it is nested; the request itself is 0.
        public var depth: Int
        /// As known at the cursor. `nil`: only the other side has it.
        public var left: Span?
        public var right: Span?
        /// Nanoseconds from its start to its end, or to the cursor.
        public var leftDuration: Int64
        public var rightDuration: Int64
        /// Nanoseconds on its side's critical path that are its own.
        public var leftPath: Int64
        public var rightPath: Int64

        /// How much longer it is on the right. A span that is missing on a side took no time there.
        public var difference: Int64 { rightDuration - leftDuration }
        /// What it adds to the difference of the two requests.
        public var pathDifference: Int64 { rightPath - leftPath }
    }

    /// Parents before what they hold; among siblings those of the left in order, then those that only the right has.
    public private(set) var rows: [Row] = []
    /// Nanoseconds from each request's start to its end, or to the cursor.
    public let leftLatency: Int64
    public let rightLatency: Int64
    /// How much longer the right one took: the sum of ``Row/pathDifference``.
    public var difference: Int64 { rightLatency - leftLatency }

    /// O(s log s) in the spans of both. A request that has not started has no rows.
    public init(_ left: Side, _ right: Side) {
        let (one, two) = (Tree(left), Tree(right))
        leftLatency = one.latency
        rightLatency = two.latency
        var stack: [(left: Span?, right: Span?, depth: Int)] = []
        if one.root != nil || two.root != nil { stack.append((one.root, two.root, 0)) }
        while let (left, right, depth) = stack.popLast() {
            rows.append(
                Row(
                    depth: depth, left: left, right: right, leftDuration: one.duration(left),
                    rightDuration: two.duration(right), leftPath: one.path(left), rightPath: two.path(right)))
            for pair in Self.pairs(one.children(left), two.children(right)).reversed() {
                stack.append((pair.left, pair.right, depth + 1))
            }
        }
    }

    private static func pairs(
        _ left: [(place: Place, span: Span)], _ right: [(place: Place, span: Span)]
    ) -> [(left: Span?, right: Span?)] {
        var partners: [Place: Span] = [:]
        for (place, span) in right { partners[place] = span }
        var pairs: [(left: Span?, right: Span?)] = []
        for (place, span) in left { pairs.append((span, partners.removeValue(forKey: place))) }
        for (place, span) in right where partners[place] != nil { pairs.append((nil, span)) }
        return pairs
    }

    /// What a span is among its siblings, in words that mean the same in every run.
    private struct Place: Hashable {
        var kind: Span.Kind
        var component: String
        var detail: String
        var ordinal: Int
    }

    /// The spans of one side.
    private struct Tree {
        let side: Side
        let root: Span?
        private let spans: [SpanID: [Span]]
        private let paths: [SpanID: Int64]
        private let end: VirtualTime

        init(_ side: Side) {
            self.side = side
            end = side.cursor.time
            let known = side.index.spans(of: side.request).filter { side.cursor.includes($0.startEvent) }
                .map { $0.clipped(to: side.cursor) }
            let root = known.first { $0.id == side.index.request(side.request)?.root }
            self.root = root
            var spans: [SpanID: [Span]] = [:]
            for span in known where span.id != root?.id && root != nil {
                // What hangs on nothing that is known hangs on the request; a parent starts before what it holds.
                let isHeld = side.index.span(span.parent).map { $0.startEvent < span.startEvent } ?? false
                spans[isHeld ? span.parent : root?.id ?? .none, default: []].append(span)
            }
            self.spans = spans
            var paths: [SpanID: Int64] = [:]
            for part in side.index.criticalPath(of: side.request, at: side.cursor).segments {
                paths[part.span, default: 0] += part.nanoseconds
            }
            self.paths = paths
        }

        var latency: Int64 { duration(root) }

        func duration(_ span: Span?) -> Int64 {
            span.map { max(0, ($0.end ?? end).nanoseconds - $0.start.nanoseconds) } ?? 0
        }

        func path(_ span: Span?) -> Int64 { span.flatMap { paths[$0.id] } ?? 0 }

        func children(_ span: Span?) -> [(place: Place, span: Span)] {
            guard let span else { return [] }
            var seen: [Place: Int] = [:]
            return (spans[span.id] ?? []).map { child in
                let trace = side.index.trace
                var place = Place(
                    kind: child.kind, component: trace.name(child.component), detail: trace.name(child.detail),
                    ordinal: 0)
                let ordinal = seen[place, default: 0]
                seen[place] = ordinal + 1
                place.ordinal = ordinal
                return (place, child)
            }
        }
    }
}
