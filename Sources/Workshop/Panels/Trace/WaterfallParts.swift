import Analysis
import Trace

/// What spans were doing, piece by piece, as the waterfall shows it.
struct WaterfallParts {
    enum Look: Hashable {
        case network, queue, service, cache, wait
        /// Something runs that the span holds: its own row shows it.
        case held
        /// Nothing in the trace accounts for the time.
        case gap

        init(_ phase: CriticalPath.Phase) {
            switch phase {
            case .network: self = .network
            case .queue: self = .queue
            case .service: self = .service
            case .wait: self = .wait
            case .cache: self = .cache
            case .own: self = .gap
            }
        }
    }

    struct Part: Hashable {
        var stretch: Stretch
        var look: Look
        var isCritical: Bool
    }

    private let index: TraceIndex
    /// `nil`: true times are shown.
    private let clocks: Clocks?
    let times: SpanTimes
    let path: CriticalPath
    private let phases: SpanPhases
    /// For look-up only.
    private let pathOfSpan: [SpanID: [Stretch]]

    /// - Parameter clocks: by which the times are shown; `nil`: the true ones.
    init(of request: RequestID, in index: TraceIndex, at cursor: Cursor, by clocks: Clocks?) {
        self.index = index
        self.clocks = clocks
        times = SpanTimes(of: request, in: index, at: cursor)
        path = index.criticalPath(of: request, at: cursor)
        phases = SpanPhases(of: request, in: index, until: cursor)
        pathOfSpan = Dictionary(grouping: path.segments, by: \.span).mapValues { segments in
            segments.map { Stretch(from: $0.from, to: $0.to) }
        }
    }

    /// At least one; one that takes no time is an instant.
    func parts(of span: TraceSpan) -> [Part] {
        let known = span.isDetached ? nil : times[span.id]
        var parts: [Part] = []
        for phase in phases.phases(of: span) {
            let stretch = Stretch(from: phase.from, to: phase.to)
            let own = known?.own ?? [stretch]
            parts += own.compactMap { $0.intersection(stretch) }.flatMap { pieces($0, Look(phase.phase), of: span) }
            parts += held(in: stretch, besides: own).map { Part(stretch: $0, look: .held, isCritical: false) }
        }
        if span.kind == .call {
            for gap in known?.gaps ?? [] { parts += pieces(gap, .gap, of: span) }
        }
        if parts.isEmpty {
            let look = Look(phases.phases(of: span).first?.phase ?? .own)
            parts = [Part(stretch: Stretch(from: span.start, to: span.start), look: look, isCritical: false)]
        }
        return clocks.map { recorded(parts, of: span, by: $0) } ?? parts
    }

    /// A piece of a span's own time, cut where the critical path enters and leaves it.
    private func pieces(_ stretch: Stretch, _ look: Look, of span: TraceSpan) -> [Part] {
        let critical = (pathOfSpan[span.id] ?? []).compactMap { $0.intersection(stretch) }
        return [Part(stretch: stretch, look: look, isCritical: false)]
            + critical.map { Part(stretch: $0, look: look, isCritical: true) }
    }

    private func held(in stretch: Stretch, besides own: [Stretch]) -> [Stretch] {
        var now = stretch.from
        var result: [Stretch] = []
        for piece in own where piece.to > now && piece.from < stretch.to {
            if piece.from > now { result.append(Stretch(from: now, to: piece.from)) }
            now = piece.to
        }
        if now < stretch.to { result.append(Stretch(from: now, to: stretch.to)) }
        return result
    }

    /// Each piece by the clock of the one who writes it down: the way of a call is the caller's, the rest the callee's.
    private func recorded(_ parts: [Part], of span: TraceSpan, by clocks: Clocks) -> [Part] {
        let caller = span.kind == .request || span.kind == .step ? span.component : index.caller(of: span)
        func shifted(_ part: Part) -> Part {
            let isCallers = span.kind != .call || part.look == .network || part.look == .gap
            let shift = clocks.ahead(isCallers ? caller : span.component, at: part.stretch.from)
            var part = part
            part.stretch = Stretch(
                from: part.stretch.from.advanced(byNanoseconds: shift),
                to: part.stretch.to.advanced(byNanoseconds: shift))
            return part
        }
        let isApart = clocks.ahead(caller, at: span.start) != clocks.ahead(span.component, at: span.start)
        guard span.kind == .call, isApart, let whole = times[span.id]?.whole, !span.isDetached else {
            return parts.map(shifted)
        }
        // The caller's span is one bar, whatever the other side writes down.
        return ([Part(stretch: whole, look: .network, isCritical: false)] + parts).map(shifted)
    }
}

extension TraceSpan {
    /// A message that nobody waits for, as long as the one who got it works on it, and as it ends there. Others are as
    /// they are.
    func asWorked(in trace: Trace) -> TraceSpan {
        guard isDetached, arrival != nil || rejection != nil else { return self }
        var span = self
        span.closed = [serviceEnd, rejection, expiry].compactMap { $0 }.min { $0.event < $1.event }
        span.outcome = span.closed.flatMap { trace[$0.event]?.outcome } ?? .none
        return span
    }
}
