import Trace

/// What the student looks at. One selection is shown in every panel.
public struct Selection: Hashable, Sendable {
    /// `nil`: the request that the cursor is in.
    public var request: RequestID?
    public var span: SpanID?
    public var event: EventID?

    public init(request: RequestID? = nil, span: SpanID? = nil, event: EventID? = nil) {
        self.request = request
        self.span = span
        self.event = event
    }
}
