import Analysis
import TerminalKit
import Trace

/// The lines about one call.
struct HopLines {
    private let context: PanelContext
    private let call: TraceSpan
    private let identity: TraceIdentity
    private var trace: Trace { context.trace }

    init(_ context: PanelContext, _ call: TraceSpan, _ identity: TraceIdentity) {
        self.context = context
        self.call = call
        self.identity = identity
    }

    ///     ▸ web → insights.get
    ///       traceparent 00-…-0000000000000002-01
    ///       web       0.000 → 0.130 s
    ///       insights  0.045 → 0.165 s  ▲ 40 ms ahead
    func lines(width: Int) -> [StyledText] {
        [head, header(width: width)] + times
    }

    private var head: StyledText {
        let isSelected = context.selection.span == call.id
        let sign = isSelected ? "\(context.glyphs[.selected]) " : "  "
        let caller = context.index.caller(of: call)
        var line = StyledText(sign, Style(.selection, .bold))
        line.append(trace.name(caller), Style(trace.hue(of: caller), .bold))
        line.append(" \(context.glyphs.rightwards) ", .muted)
        line.append(trace.name(call.component), Style(trace.hue(of: call.component), .bold))
        let operation = trace.name(call.detail)
        if !operation.isEmpty { line.append(".\(operation)", isSelected ? Style(.selection, .bold) : .text) }
        if call.hasFailed, let mark = EventSentence.mark(call.outcome) {
            let isLost = call.isDetached && call.outcome == .reset
            let word = isLost ? context.text("lost", "perdida") : context.outcomeWord(call.outcome)
            line.append("  \(context.glyphs[isLost ? .lost : mark]) \(word)", Style(mark.role))
        }
        return line
    }

    /// Whole where it fits; else without the front of the trace's id.
    private func header(width: Int) -> StyledText {
        var line = StyledText("  traceparent ", .muted)
        guard let header = identity.traceparent(of: call) else {
            line.append(context.text("none: no request asked for it", "ninguno: no lo pidió una petición"), .muted)
            return line
        }
        let isWhole = line.width + 55 <= width
        let trace = isWhole ? header.traceID : String(context.glyphs.ellipsis) + header.traceID.suffix(8)
        line.append("00-\(trace)-", .muted)
        line.append(header.parentID, Style(.accent))
        line.append("-01", .muted)
        return line
    }

    /// What each end writes down, by its own clock.
    private var times: [StyledText] {
        guard let recorded = RecordedCall(call, in: context.index, context.run.clocks, at: context.cursor) else {
            return []
        }
        let names = [recorded.caller, recorded.callee].map { trace.name($0) }
        let nameWidth = names.map(Text.width).max() ?? 0
        func line(_ name: String, _ from: VirtualTime?, _ to: VirtualTime?) -> StyledText {
            let times = [from, to].map { $0.map(context.numbers.seconds) ?? String(context.glyphs.ellipsis) }
            var text = StyledText("  " + Text.pad(name, to: nameWidth) + "  ", .muted)
            text.append("\(times[0]) \(context.glyphs.rightwards) \(times[1]) s")
            return text
        }
        let isDetached = call.isDetached
        var caller = line(names[0], recorded.sent, isDetached ? recorded.sent : recorded.received)
        if isDetached { caller.append(context.text("  does not wait", "  no espera"), .muted) }
        var callee = line(names[1], recorded.arrived, recorded.answered)
        guard let skew = recorded.estimatedSkew else { return [caller, callee] }
        if skew != 0 {
            let amount = context.numbers.duration(Int64(clamping: skew.magnitude))
            let words =
                skew > 0
                ? context.text("seems \(amount) ahead", "parece \(amount) adelantado")
                : context.text("seems \(amount) behind", "parece \(amount) atrasado")
            let sign = recorded.isImpossible ? "\(context.glyphs[.fault]) " : ""
            callee.append("  \(sign)\(words)", Style(.warn, recorded.isImpossible ? .bold : []))
        }
        if let delay = recorded.delay, delay > 0 {
            let amount = context.numbers.duration(delay)
            caller.append(context.text("  on its way \(amount)", "  de camino \(amount)"), .muted)
        }
        return [caller, callee]
    }
}
