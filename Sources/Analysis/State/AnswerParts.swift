import Trace

/// The parts of a request's answer, and what became of each: what a page shows when a service fails.
///
/// A part is a call, a look-up that found something, or steps with a fallback that was used. Blocks of the flow, and
/// policies that answered nothing themselves, are looked into.
public struct AnswerParts: Hashable, Sendable {
    public enum Fate: Hashable, Sendable {
        /// Not known at the cursor.
        case pending
        case fresh
        /// From a cache. Age in nanoseconds.
        case cached(age: Int64)
        /// A fixed answer in place of the real one.
        case standIn
        /// An earlier answer. Age in nanoseconds.
        case stale(age: Int64)
        case leftOut
        /// From another source than the first.
        case otherSource
        case failed(Outcome)

        /// Whether it is there and is not what was asked for.
        public var isDegraded: Bool {
            switch self {
            case .standIn, .stale, .leftOut, .otherSource: true
            case .pending, .fresh, .cached, .failed: false
            }
        }
    }

    public struct Part: Hashable, Sendable, Identifiable {
        /// The span of the call, the look-up, the policy or the steps.
        public var id: SpanID
        /// The backend or cache asked first. For steps that were turned away before they asked one, the policy.
        public var component: NameID
        /// The operation or the key; may be empty.
        public var detail: NameID
        public var fate: Fate
        public var start: VirtualTime
        /// `nil`: not ended at the cursor.
        public var end: VirtualTime?
        /// What decided the fate; ``EventID/none`` while it is pending.
        public var event: EventID
    }

    public var request: RequestID
    /// In the order in which they start.
    public var parts: [Part]

    /// Of a request, as known at a cursor; without parts if it has not started. O(events of the request).
    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        self.request = request
        var walk = AnswerWalk(request, index, cursor ?? index.trace.lastCursor)
        parts = walk.run()
    }
}

private struct AnswerWalk {
    private let index: TraceIndex
    private let cursor: Cursor
    private let request: RequestID
    /// The fallback that was used in a span, the last one where there are several.
    private var used: [SpanID: EventID] = [:]
    private var parts: [AnswerParts.Part] = []

    init(_ request: RequestID, _ index: TraceIndex, _ cursor: Cursor) {
        self.index = index
        self.cursor = cursor
        self.request = request
        for id in index.events(of: request) where cursor.includes(id) {
            if let event = index.trace[id], event.kind == .fallbackUsed { used[event.span] = id }
        }
    }

    mutating func run() -> [AnswerParts.Part] {
        guard let root = index.root(of: request), cursor.includes(root.startEvent) else { return [] }
        var stack = [root]
        while let span = stack.popLast() {
            if let part = part(span) {
                parts.append(part)
            } else {
                stack += answering(children(of: span)).reversed()
            }
        }
        return parts
    }

    /// Of attempts the last one makes the answer, of copies the one that ended well.
    private func answering(_ spans: [Span]) -> [Span] {
        switch spans.first?.kind {
        case .attempt: Array(spans.suffix(1))
        case .copy: [spans.first { $0.outcome.isSuccess } ?? spans[0]]
        default: spans
        }
    }

    private func children(of span: Span) -> [Span] {
        index.children(of: span.id).filter { cursor.includes($0.startEvent) }.map { $0.clipped(to: cursor) }
    }

    /// `nil`: no part of its own, those inside are.
    private func part(_ span: Span) -> AnswerParts.Part? {
        if let event = used[span.id] { return part(span, afterFallback: event) }
        switch span.kind {
        case .call: return part(span, span.isOpen ? .pending : fate(span.outcome), span.endEvent)
        case .cacheLookup:
            guard let answer = index.trace[span.endEvent], answer.kind == .cacheHit else { return nil }
            return part(span, .cached(age: answer.value), span.endEvent)
        case .guard, .attempt, .copy: return part(ofPolicy: span)
        case .request, .step, .wait, .background: return nil
        }
    }

    private func fate(_ outcome: Outcome) -> AnswerParts.Fate { outcome.isSuccess ? .fresh : .failed(outcome) }

    /// A policy is a part of its own where what it holds asks for one thing.
    private func part(ofPolicy span: Span) -> AnswerParts.Part? {
        let below = descendants(of: span)
        let things = Set(below.compactMap(asked).map { [$0.component, $0.detail] })
        if things.count > 1 || below.contains(where: { !$0.kind.isOfPolicy && used[$0.id] != nil }) { return nil }
        // A layer further in has answered: the attempt that ended well tells how.
        let inner = below.last { $0.kind.isOfPolicy && used[$0.id] != nil && $0.outcome.isSuccess }
        if let event = inner.flatMap({ used[$0.id] }), span.isOpen || span.outcome.isSuccess {
            return part(span, afterFallback: event)
        }
        return part(span, span.isOpen ? .pending : fate(span.outcome), span.endEvent, below)
    }

    private func part(_ span: Span, afterFallback event: EventID) -> AnswerParts.Part? {
        guard let fallback = index.trace[event] else { return nil }
        let fate: AnswerParts.Fate
        switch index.trace.name(fallback.detail) {
        case "default": fate = .standIn
        case "stale": fate = .stale(age: fallback.value)
        case "partial": fate = .leftOut
        default: fate = span.isOpen ? .pending : span.outcome.isSuccess ? .otherSource : .failed(span.outcome)
        }
        return part(span, fate, fate == .pending ? .none : event, descendants(of: span))
    }

    private func part(
        _ span: Span, _ fate: AnswerParts.Fate, _ event: EventID, _ below: [Span] = []
    ) -> AnswerParts.Part {
        let asked = ([span] + below).lazy.compactMap(asked).first
        return AnswerParts.Part(
            id: span.id, component: asked?.component ?? span.component, detail: asked?.detail ?? span.detail,
            fate: fate, start: span.start, end: span.end, event: event)
    }

    /// Whom a span asks, or would have asked had its policy let it: `backend.operation`.
    private func asked(_ span: Span) -> (component: NameID, detail: NameID)? {
        switch span.kind {
        case .call, .cacheLookup: return (span.component, span.detail)
        case .guard:
            let label = index.trace.name(span.detail)
            guard let dot = label.firstIndex(of: "."),
                let backend = index.trace.names.find(String(label[..<dot])),
                let operation = index.trace.names.find(String(label[label.index(after: dot)...]))
            else { return nil }
            return (backend, operation)
        case .request, .step, .wait, .attempt, .copy, .background: return nil
        }
    }

    /// Everything that a span holds, in the order in which it starts.
    private func descendants(of span: Span) -> [Span] {
        var all: [Span] = []
        var stack = children(of: span)
        while let next = stack.popLast() {
            all.append(next)
            stack += children(of: next)
        }
        return all.sorted { $0.startEvent < $1.startEvent }
    }
}
