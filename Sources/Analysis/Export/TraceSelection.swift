import Trace

/// Which part of a run is exported: one request, a stretch of time, some components. All of it, unless said otherwise.
public struct TraceSelection: Hashable, Sendable {
    public var request: RequestID?
    public var from: VirtualTime
    /// The last moment that counts.
    public var to: VirtualTime
    /// `nil`: all. For look-up only.
    public var components: Set<NameID>?

    public init(
        request: RequestID? = nil, from: VirtualTime = .zero, to: VirtualTime = .distantFuture,
        components: Set<NameID>? = nil
    ) {
        self.request = request
        self.from = from
        self.to = to
        self.components = components
    }

    public static let all = TraceSelection()

    /// Whether the event happens in it. O(1).
    public func includes(_ event: Event) -> Bool {
        (request == nil || event.request == request) && from <= event.time && event.time <= to
            && includes(event.component)
    }

    public func includes(_ component: NameID) -> Bool { components?.contains(component) ?? true }

    /// Whether the span is under way at some moment of it, whoever's work it is. O(1).
    public func touches(_ span: Span) -> Bool {
        let last = max(span.end ?? .distantFuture, span.serviceFinished ?? span.start)
        return (request == nil || span.request == request) && span.start <= to && from <= last
    }
}
