import TerminalKit

/// Where everything stands in the lines of policies, the same for all that are shown.
struct PolicyColumns {
    let context: PanelContext
    /// Of the names, with their nesting; of the numbers; of the bars and rates, which there may be none of.
    private let head: Int
    private let number: Int
    private let bar: Int
    private let rate: Int
    private let rest: Int
    /// What a full bar stands for.
    private let mostWork: Int
    /// Whether settings stand beside the names, not below them.
    let hasSettings: Bool

    private static let widestBar = 20
    /// For what a layer has decided.
    private static let decisions = 44

    /// - Parameter mostWork: in all policies and runs that are shown.
    init(_ context: PanelContext, _ stacks: [PolicyStack], mostWork: Int, width: Int) {
        self.context = context
        self.mostWork = mostWork
        let layers = stacks.flatMap { $0.layers.enumerated() }
        let names = layers.map { $0.offset + 2 + Text.width($0.element.state.info.name) }
        let settings = zip(layers, names).map { layer, name in
            let words = LayerWords(context: context, layer: layer.element).settings
            return name + (words.isEmpty ? 0 : Text.width(words) + 2)
        }
        let calls = (stacks.map(\.layers.count).max() ?? 0) + 1 + Text.width(context.text("calls", "llamadas"))
        let titles = stacks.map { Text.width($0.state.name) + 2 }.max() ?? 0
        let least = max(names.max() ?? 0, calls, titles)
        let most = max(settings.max() ?? 0, least)
        let digits = max(3, Text.width(context.numbers.count(mostWork)))
        let rates = stacks.flatMap { [$0.passRate, $0.callRate] + $0.layers.map(\.rate) }
        let widest = rates.compactMap { $0 }.reduce(0) { max($0, Text.width(context.numbers.rate($1))) }
        number = digits
        rate = context.isZoomed && width >= 60 ? widest : 0
        let fixed = 2 + 2 + number + (rate > 0 ? rate + 2 : 0) + 2
        hasSettings = most + fixed + Self.decisions <= width
        head = hasSettings ? most : min(least, max(8, width / 2))
        let room = width - head - fixed - Self.decisions - 1
        bar = room >= 6 ? min(room, Self.widestBar) : 0
        rest = width - head - fixed - (bar > 0 ? bar + 1 : 0)
    }

    func line(_ head: StyledText, work: Int, rate: Double?, hue: Style, _ decisions: [CountText]) -> StyledText {
        let cut = head.truncated(to: self.head, ellipsis: context.glyphs.ellipsis)
        var text = cut + StyledText(String(repeating: " ", count: self.head - cut.width + 2))
        if bar > 0 {
            let share = mostWork > 0 ? Double(work) / Double(mostWork) : 0
            let filled = work > 0 ? max(1, Int((share * Double(bar)).rounded())) : 0
            text.append(String(repeating: context.glyphs.heavyHorizontal, count: filled), hue)
            text.append(String(repeating: " ", count: bar - filled + 1))
        }
        text.append("\(context.glyphs.arrowDown) ", .muted)
        text.append(
            Text.pad(context.numbers.count(work), to: number, .right), work == 0 ? .muted : Style(.text, .bold))
        if self.rate > 0 {
            text.append("  " + Text.pad(rate.map { context.numbers.rate($0) } ?? "", to: self.rate, .right), .muted)
        }
        return text + StyledText("  ") + context.fitting(decisions, in: rest)
    }
}
