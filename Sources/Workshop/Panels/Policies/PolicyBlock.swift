import Analysis
import TerminalKit
import Trace

/// One policy: work goes down through its layers, what comes of it goes up.
///
///     guarded        ▼ 412   ▲ ✓ 388   ✗ 24
///     ╭ timeout      ▼ 412   ◷ 12 timed out
///     │  2 s
///     │╭ retry       ▼ 412   ↻ 88 retried   ✗ 12 given up
///     ││╭ breaker    ▼ 500   ⊘ 88 failed fast
///     │││ calls      ▼ 412
struct PolicyBlock: PanelBlock {
    let context: PanelContext
    let stack: PolicyStack
    /// All policies that are shown, for columns that line up.
    let all: [PolicyStack]
    /// In all policies and runs shown: what a full bar stands for.
    let mostWork: Int
    /// Whether the selected request or event is in it.
    let isSelected: Bool

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }
    private var name: StyledText {
        let style = isSelected ? Style(.selection, .bold) : Style(context.trace.hue(of: stack.state.id), .bold)
        return StyledText(isSelected ? "\(glyphs[.selected]) \(stack.state.name)" : stack.state.name, style)
    }

    func lines(width: Int, _ detail: BlockDetail) -> [StyledText] {
        guard detail != .line else { return [line(width: width)] }
        let columns = PolicyColumns(context, all, mostWork: mostWork, width: width)
        var lines = [columns.line(name, work: stack.state.passes, rate: stack.passRate, hue: hue, ends)]
        for (place, layer) in stack.layers.enumerated() {
            let words = LayerWords(context: context, layer: layer)
            var head = StyledText(nest(place) + String(glyphs.topLeft), Style(.border))
            head.append(" ")
            head += title(layer)
            if columns.hasSettings { head.append("  \(words.settings)", .muted) }
            lines.append(columns.line(head, work: layer.work, rate: layer.rate, hue: hue, words.decisions))
            if detail == .full || detail == .everything, !columns.hasSettings, !words.settings.isEmpty {
                var settings = StyledText(nest(place + 1), Style(.border))
                settings.append("  \(words.settings)", .muted)
                lines.append(settings)
            }
        }
        var bottom = StyledText(nest(stack.layers.count), Style(.border))
        bottom.append(" " + context.text("calls", "llamadas"), Style(.text, .bold))
        lines.append(
            columns.line(bottom, work: stack.calls, rate: stack.callRate, hue: hue, [CountText(amplification)]))
        return lines
    }

    private var hue: Style { Style(context.trace.hue(of: stack.state.id)) }

    private func nest(_ depth: Int) -> String { String(repeating: glyphs.vertical, count: depth) }

    private func title(_ layer: PolicyStack.Layer) -> StyledText {
        let isSelected = context.selection.event.flatMap { context.trace[$0] }?.component == layer.state.info.id
        return StyledText(layer.state.info.name, Style(isSelected ? .selection : .text, .bold))
    }

    /// What comes of the work: it goes up again.
    private var ends: [CountText] {
        let up = StyledText("\(glyphs.arrowUp) ", .muted)
        var parts = [
            up + context.count(stack.ok, before: stack.before?.ok, .ok, context.text("ok", "bien")),
            context.count(stack.failed, before: stack.before?.failed, .failed, context.text("failed", "mal")),
        ]
        if stack.state.inside > 0 {
            let sign = StyledText("\(glyphs[.waiting]) ", Style(.wait))
            let number = StyledText(numbers.count(stack.state.inside), Style(.text, .bold))
            let inside = sign + StyledText(context.text("inside ", "dentro "), .muted) + number
            parts.append(CountText(long: inside, short: sign + number))
        }
        return parts
    }

    /// How many calls the work has led to, where that is not one each.
    private var amplification: StyledText {
        guard stack.state.passes > 0, stack.calls != stack.state.passes else { return StyledText() }
        let factor = Double(stack.calls) / Double(stack.state.passes)
        let share = factor < 1 ? numbers.percent(factor) : "\(glyphs.times)\(numbers.factor(factor))"
        return StyledText(context.text("\(share) of what came", "\(share) de lo que llegó"), .muted)
    }

    private func line(width: Int) -> StyledText {
        var text = name + StyledText("  \(glyphs.arrowDown) ", .muted)
        text.append("\(numbers.count(stack.state.passes)) \(glyphs.rightwards) \(numbers.count(stack.calls))")
        return text + StyledText("  ") + context.fitting(ends, in: width - text.width - 2)
    }
}
