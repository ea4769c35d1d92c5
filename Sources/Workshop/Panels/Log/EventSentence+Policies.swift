import Analysis
import TerminalKit
import Trace

/// The places in the sentences about policies.
extension EventSentence {
    func policyValue(of place: Substring, style: Style) -> StyledText {
        let numbers = context.numbers
        return switch place {
        case "layer": StyledText(context.layerText(event.component), Style(style.role, .bold))
        case "work": work(style)
        case "error": StyledText(context.outcomeText(error), style)
        case "attempt": StyledText(numbers.count(attempt), style)
        case "nth": StyledText(context.ordinal(Int(clamping: event.value) + 1), style)
        case "copy": StyledText(copy, style)
        case "window": StyledText(window, .muted)
        case "tally": StyledText(tally, style)
        case "balance": StyledText(numbers.factor(Double(event.value) / 1e6), style)
        case "setting": StyledText(setting, style)
        default: cacheValue(of: place, style: style)
        }
    }

    private var cause: Event? { context.trace[event.cause] }

    /// What went wrong, if not with the event itself then with what led to it.
    private var error: Outcome { event.outcome == .none ? cause?.outcome ?? .none : event.outcome }

    /// What is attempted: the first call in the attempt, or else the policy.
    private func work(_ style: Style) -> StyledText {
        let isAboutAttempt = event.kind == .retryScheduled || event.kind == .retryGivenUp
        let span = isAboutAttempt ? cause?.span ?? event.span : event.span
        let parent = context.index.span(span)?.parent ?? .none
        // An attempt that was turned away before its call is at the same work as those before it.
        guard let call = context.index.firstWork(in: span) ?? context.index.firstWork(in: parent) else {
            return StyledText(context.trace.policyName(of: event.component), style)
        }
        guard call.kind == .call else { return StyledText(context.trace.name(call.component), style) }
        let operation = context.trace.name(call.detail)
        if isShort, !operation.isEmpty { return StyledText(operation, Style(context.trace.hue(of: call.component))) }
        return component(call.component, style) + StyledText(operation.isEmpty ? "" : ".\(operation)", style)
    }

    /// The number of the attempt or copy that the event is about.
    private var attempt: Int {
        if event.kind.opensSpan { return Int(clamping: event.value) }
        let span = event.kind.closesSpan ? event.span : cause?.span ?? .none
        return context.index.span(span).map { Int(clamping: $0.number) } ?? 0
    }

    private var copy: String {
        let number = context.numbers.count(attempt)
        return attempt == 0
            ? context.text("the first call to", "la primera llamada a")
            : context.text("copy \(number) of", "la copia \(number) de")
    }

    /// ` (of 3.2-4.8 s)`: between what the wait was chosen.
    private var window: String {
        var floor: Int64?
        var ceiling: Int64?
        for id in context.index.events(of: event.request) {
            guard let other = context.trace[id], other.time <= event.time else { break }
            guard other.time == event.time, other.component == event.component, other.span == event.span else {
                continue
            }
            if other.kind == .backoffFloor { floor = other.value }
            if other.kind == .backoffCeiling { ceiling = other.value }
        }
        guard let floor, let ceiling, floor < ceiling else { return "" }
        let range = context.numbers.range(from: floor, to: ceiling)
        return context.text(" (of \(range))", " (de \(range))")
    }

    /// `: 5 failures in a row`, as far as the breaker says.
    private var tally: String {
        let counted = event.kind == .breakerRecorded ? event : cause
        let why = context.trace.name(event.detail)
        if event.kind == .breakerOpened, why == "trial" {
            return context.text(": the trial failed", ": la prueba falló")
        }
        if event.kind == .breakerOpened, why == "slow" {
            return context.text(": too many slow calls", ": demasiadas llamadas lentas")
        }
        guard let counted, counted.kind == .breakerRecorded, counted.value >= 0 else { return "" }
        if context.trace.countsFailuresInARow(event.component) {
            guard counted.value > 0 else { return "" }
            return ": "
                + context.counted(
                    Int(clamping: counted.value), ("failure", "failures in a row"), ("fallo", "fallos seguidos"))
        }
        let share = context.numbers.percent(Double(counted.value) / 1e6)
        return context.text(": \(share) of the calls failed", ": falló el \(share) de las llamadas")
    }

    /// `open = 30 s`
    private var setting: String {
        let name = context.trace.name(event.detail)
        return "\(name) = \(context.settingText(name, event.value))"
    }
}

extension TraceIndex {
    /// The first call that a span holds, however deep.
    func firstCall(in span: SpanID) -> TraceSpan? {
        var next = self.span(span)
        while let span = next {
            if span.kind == .call { return span }
            next = children(of: span.id).first
        }
        return nil
    }

    /// The first call that a span holds, or the first policy that tries its work again on its own.
    func firstWork(in span: SpanID) -> TraceSpan? {
        var next = self.span(span)
        while let work = next {
            if work.kind == .call { return work }
            if work.kind == .guard, work.id != span, hasRetry(work.component) { return work }
            next = children(of: work.id).first
        }
        return nil
    }

    private func hasRetry(_ policy: NameID) -> Bool { layers(.retry).contains { $0.policy == policy } }

    /// The call in a span that was open at a moment, the last one of several.
    func openCall(in span: SpanID, at time: VirtualTime) -> TraceSpan? {
        var next = self.span(span)
        while let span = next {
            if span.kind == .call { return span }
            next = children(of: span.id).last { $0.start <= time && ($0.end.map { $0 >= time } ?? true) }
        }
        return nil
    }
}

extension Trace {
    /// `guarded` of `guarded.retry`.
    func policyName(of layer: NameID) -> String {
        let name = name(layer)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// Whether a breaker compares failures in a row with its threshold, not a share. It says so before any request.
    func countsFailuresInARow(_ breaker: NameID) -> Bool {
        events.prefix { $0.kind != .requestStarted }.contains {
            $0.kind == .layerConfigured && $0.component == breaker && name($0.detail) == "failures"
        }
    }
}
