/// One thing that happened in a run: a fixed-size record of 48 bytes.
public struct Event: Hashable, Sendable {
    public var time: VirtualTime
    /// What the number means depends on ``kind``; see ``EventKind``.
    public var value: Int64
    public var kind: EventKind
    public var outcome: Outcome
    /// Who did it, or where it happened: an interned name, declared in ``Trace/components``.
    public var component: NameID
    /// An operation, a flow, a cache key: see ``EventKind``.
    public var detail: NameID
    public var request: RequestID
    public var span: SpanID
    /// The span that holds ``span``.
    public var parent: SpanID
    /// The earlier event without which this one would not have happened: follow it to answer "why?".
    public var cause: EventID

    public init(
        time: VirtualTime, kind: EventKind, outcome: Outcome = .none, component: NameID = .none, detail: NameID = .none,
        request: RequestID = .none, span: SpanID = .none, parent: SpanID = .none, cause: EventID = .none,
        value: Int64 = 0
    ) {
        self.time = time
        self.value = value
        self.kind = kind
        self.outcome = outcome
        self.component = component
        self.detail = detail
        self.request = request
        self.span = span
        self.parent = parent
        self.cause = cause
    }
}
