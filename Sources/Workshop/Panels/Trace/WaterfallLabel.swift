import Analysis
import TerminalKit
import Trace

/// The name of a row, below what holds it.
struct WaterfallLabel {
    let context: PanelContext
    private var glyphs: Glyphs { context.glyphs }
    /// Deeper rows are not set in further.
    static let deepest = 6

    func text(_ row: WaterfallRow, isCritical: Bool, width: Int) -> StyledText {
        let emphasis: Attributes = isCritical ? .bold : []
        let text = StyledText(String(repeating: " ", count: min(row.depth, Self.deepest))) + name(row.first, emphasis)
        guard row.spans.count > 1 else { return text.truncated(to: width, ellipsis: glyphs.ellipsis) }
        let count = StyledText(" \(glyphs.times)\(context.numbers.count(row.spans.count))", Style(.text, emphasis))
        return text.truncated(to: width - count.width, ellipsis: glyphs.ellipsis) + count
    }

    /// `sql.read`, `→ audit.note` for what nobody waits for, `wait`, `parallel`, `attempt 2`.
    func name(_ span: TraceSpan, _ emphasis: Attributes = []) -> StyledText {
        let detail = context.trace.name(span.detail)
        switch span.kind {
        case .call, .cacheLookup:
            var text = StyledText(span.isDetached ? "\(glyphs.rightwards) " : "", Style(.wait, emphasis))
            text.append(context.trace.name(span.component), Style(context.trace.hue(of: span.component), emphasis))
            if !detail.isEmpty { text.append(".\(detail)", Style(.text, emphasis)) }
            return text
        case .wait: return StyledText(context.text("wait", "espera"), Style(.wait, emphasis))
        case .step: return StyledText(Words.block(detail)(context.language), Style(.text, emphasis))
        case .request, .background: return StyledText(detail, Style(.text, emphasis))
        case .guard: return StyledText(context.trace.name(span.component), Style(.text, emphasis))
        case .attempt, .copy: return repetition(span, emphasis)
        }
    }

    /// `attempt 1`, `↻ attempt 2`, `first call`, `⇉ copy 1`.
    private func repetition(_ span: TraceSpan, _ emphasis: Attributes) -> StyledText {
        let number = context.numbers.count(Int(clamping: span.number))
        let isAttempt = span.kind == .attempt
        let isFirst = span.number <= (isAttempt ? 1 : 0)
        let copy =
            isFirst ? context.text("first call", "primera llamada") : context.text("copy \(number)", "copia \(number)")
        let name = isAttempt ? context.text("attempt \(number)", "intento \(number)") : copy
        let mark = isAttempt ? Mark.retried : .hedged
        let sign = isFirst ? StyledText() : StyledText("\(glyphs[mark]) ", Style(mark.role, emphasis))
        return sign + StyledText(name, Style(.text, emphasis))
    }
}
