import Analysis
import TerminalKit
import Trace

/// One rate limiter, or the budget of one retry, at a moment.
///
///     guarded.rateLimit           50/s, burst 10
///     left    ████████████████░░░░░░░░ 6.3 of 10
///     recent  ✓✓✓✓⊘⊘✓✓┊
///             ✓ 412 passed   ⊘ 30 rejected
struct LimitsBlock: PanelBlock {
    enum Subject {
        case limiter(LimiterState, before: LimiterState?)
        case budget(BudgetState, before: BudgetState?)
    }

    let context: PanelContext
    let layer: LayerInfo
    let subject: Subject

    var glyphs: Glyphs { context.glyphs }
    var numbers: NumberText { context.numbers }

    private static let decisions = 60

    /// `nil`: neither a limiter nor a retry with a budget.
    init?(_ context: PanelContext, _ layer: LayerInfo) {
        let earlier = context.earlier
        let name = earlier.flatMap { context.counterpart(of: layer.id, in: $0) }
        let index = context.index
        if let state = LimiterState(index, layer.id, at: context.cursor, decisions: Self.decisions) {
            let before = earlier.flatMap { run in
                name.flatMap { LimiterState(run.index, $0, at: context.cursor(in: run)) }
            }
            subject = .limiter(state, before: before)
        } else if let state = BudgetState(index, layer.id, at: context.cursor, changes: Self.decisions) {
            let before = earlier.flatMap { run in
                name.flatMap { BudgetState(run.index, $0, at: context.cursor(in: run)) }
            }
            subject = .budget(state, before: before)
        } else {
            return nil
        }
        self.context = context
        self.layer = layer
    }

    func lines(width: Int, _ detail: BlockDetail) -> [StyledText] {
        let name = context.layerName(layer)
        let labels = Labels(context, width: width)
        guard detail != .line else { return [line(name, width: width)] }
        let left = isThrottle ? labels.sent : labels.left
        var lines = [heading(name, width: width), labels.line(left, meter(width: width - labels.width))]
        if detail == .brief { return lines }
        let recent = recent(width: width - labels.width)
        if !recent.isEmpty { lines.append(labels.line(labels.recent, recent)) }
        if detail != .short { lines.append(labels.line("", context.fitting(counts, in: width - labels.width))) }
        if detail == .everything { lines += history }
        return lines
    }

    private struct Labels {
        let left, sent, recent: String
        let width: Int

        init(_ context: PanelContext, width: Int) {
            left = context.text("left", "quedan")
            sent = context.text("sent", "pasan")
            recent = context.text("recent", "últimas")
            let longest = max(Text.width(left), Text.width(recent))
            self.width = width >= 26 ? longest + 2 : 0
        }

        func line(_ label: String, _ text: StyledText) -> StyledText {
            width == 0 ? text : StyledText(Text.pad(label, to: width), .muted) + text
        }
    }

    private func heading(_ name: StyledText, width: Int) -> StyledText {
        let room = width - name.width - Text.width(rule)
        guard room >= 2 else { return name + StyledText("  \(rule)", .muted) }
        return name + StyledText(String(repeating: " ", count: room) + rule, .muted)
    }

    // MARK: What is left

    private var left: (value: Double?, capacity: Double?) {
        switch subject {
        case .limiter(let state, _): (state.permits, state.capacity)
        case .budget(let state, _): (state.balance, state.capacity)
        }
    }

    var floor: Double? { if case .budget(let state, _) = subject { state.floor } else { nil } }

    /// The balance of an adaptive throttle is a share of calls, not a number of retries.
    var isThrottle: Bool { if case .budget(let state, _) = subject { state.isThrottle } else { false } }
    private var threshold: Double { isThrottle ? 0.01 : 1 }

    var isExhausted: Bool {
        switch subject {
        case .limiter(let state, _): (state.permits ?? 1) < 1
        case .budget(let state, _):
            if let floor = state.floor { (state.balance ?? 1) <= floor } else { (state.balance ?? 1) < threshold }
        }
    }

    private var value: String {
        guard let value = left.value else { return String(glyphs.missing) }
        if isThrottle { return numbers.percent(value) }
        let number = number(value)
        // What calls deposit goes beyond what was there at the start.
        guard let capacity = left.capacity, value <= capacity else { return number }
        return context.text("\(number) of \(self.number(capacity))", "\(number) de \(self.number(capacity))")
    }

    /// Whole numbers and tenths: hundredths of a permit would flicker.
    func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded(.down) / 10
        return tenths < 0 ? "-" + numbers.factor(-tenths) : numbers.factor(tenths)
    }

    private func meter(width: Int) -> StyledText {
        let value = StyledText(value, isExhausted ? Style(.reject, .bold) : Style(.text, .bold))
        let bar = bar(width: min(30, width - value.width - 1))
        return bar.isEmpty ? value : bar + StyledText(" ") + value
    }

    private func bar(width: Int) -> StyledText {
        guard width >= 4, let value = left.value, let capacity = left.capacity, capacity > 0 else {
            return StyledText()
        }
        let bar = Bar(value / capacity).text(width: width, glyphs: glyphs)
        var cells = bar.filled.map { TerminalKit.Span(String($0), Style(isExhausted ? .reject : .ok)) }
        cells += bar.empty.map { TerminalKit.Span(String($0), Style(.border)) }
        if let floor, floor > 0, floor < capacity {
            let place = min(width - 1, Int((floor / capacity * Double(width)).rounded()))
            cells[place] = TerminalKit.Span(String(glyphs.heavyVertical), Style(.accent, .bold))
        }
        return cells.reduce(into: StyledText()) { $0.append($1.text, $1.style) }
    }

    private func line(_ name: StyledText, width: Int) -> StyledText {
        let cut = name.truncated(to: max(6, width * 2 / 5), ellipsis: glyphs.ellipsis)
        return cut + StyledText(" ") + meter(width: width - cut.width - 1)
    }
}
