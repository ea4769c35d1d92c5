import Diagrams
import Trace

extension TraceIndex {
    /// What became of a call on its way, as diagrams mark it. Pass one clipped to the cursor. O(its depth in policies).
    public func fate(ofCall span: Span) -> MeasuredDiagram.Passage.Fate {
        let hasArrived = span.arrived != nil || span.rejected != nil || span.serviceStarted != nil
        let isGivenUp = !span.isOpen && !span.isDetached && !span.outcome.isSuccess
        if span.isLost || isGivenUp && !hasArrived { return .lost }
        if !span.isOpen, span.outcome == .timedOut { return .timedOut }
        var holder = self.span(span.parent)
        while let policy = holder, policy.kind.isOfPolicy {
            if policy.kind == .copy, policy.number > 0 { return .hedged }
            if policy.kind == .attempt, policy.number > 1 { return .retried }
            // A parent starts before what it holds: otherwise the walk might never end.
            holder = self.span(policy.parent).flatMap { $0.startEvent < policy.startEvent ? $0 : nil }
        }
        return .plain
    }
}

extension MeasuredDiagram.Passage.Fate {
    /// What an answer says of the call that it answers.
    public init(answer outcome: Outcome) {
        self =
            switch outcome.group {
            case .ok, .cancelled: .plain
            case .rejected: .rejected
            case .timedOut: .timedOut
            case .failed: .failed
            }
    }
}
