import Trace

/// Where the errors of a request began, and how far up they went.
///
/// An error begins in a span that failed although nothing that it holds did. It goes up to each holder that fails with
/// it, and ends at one that ends well: a retry or a fallback took care of it. Work that was cancelled did not fail.
public struct RequestErrors: Sendable {
    public enum Role: UInt8, CaseIterable, Hashable, Sendable {
        /// The error began here.
        case origin
        /// It came up from what the span holds.
        case propagated
    }

    /// For look-up only.
    private var roles: [SpanID: Role] = [:]
    private var sources: [SpanID: SpanID] = [:]
    /// The span in which the error began that the request failed with. `nil`: it has not failed.
    public private(set) var origin: SpanID?

    /// As known at a cursor. O(events of the request).
    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        let cursor = cursor ?? index.trace.lastCursor
        let spans = index.spans(of: request).filter { cursor.includes($0.startEvent) }.map { $0.clipped(to: cursor) }
        let known = Dictionary(spans.map { ($0.id, $0) }) { first, _ in first }
        // Children come after their parents: backwards, each is settled before what holds it.
        var failing: [SpanID: Span] = [:]
        for span in spans.reversed() where span.hasFailed {
            let child = failing[span.id]
            roles[span.id] = child == nil ? .origin : .propagated
            sources[span.id] = child.flatMap { sources[$0.id] } ?? span.id
            guard let parent = known[span.parent] else { continue }
            // A caller that gave up knows nothing of what failed later.
            let isInTime = parent.isOpen || span.endEvent < parent.endEvent
            if isInTime, span.endEvent > failing[span.parent]?.endEvent ?? .none { failing[span.parent] = span }
        }
        if let root = index.root(of: request)?.id { origin = sources[root] }
    }

    /// `nil`: it has not failed.
    public subscript(span: SpanID) -> Role? { roles[span] }

    /// Where the error of a span began: itself, or something below it. `nil`: it has not failed.
    public func origin(of span: SpanID) -> SpanID? { sources[span] }
}

extension Span {
    /// Whether it ended with an error. A look-up that finds nothing is none, nor is work that was cancelled.
    public var hasFailed: Bool {
        !isOpen && kind != .cacheLookup && outcome != .none && outcome != .ok && outcome != .cancelled
    }
}
