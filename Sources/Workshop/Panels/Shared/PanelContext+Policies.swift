import Analysis
import TerminalKit
import Trace

extension PanelContext {
    /// The layers of a kind, and which of them the panel is about: that of the selected event, else one that the
    /// selected request passes, else the first; as many further on as the student has scrolled.
    func layers(_ kind: Component.Kind) -> (all: [LayerInfo], shown: Int) {
        let all = index.layers(kind)
        return (all, shown(in: all))
    }

    /// Which of some layers the panel is about.
    func shown(in layers: [LayerInfo]) -> Int {
        let natural = selectedLayer(in: layers) ?? 0
        return max(0, min(natural + min(max(scroll, -layers.count), layers.count), layers.count - 1))
    }

    private func selectedLayer(in layers: [LayerInfo]) -> Int? {
        if let event = selection.event.flatMap({ trace[$0] }) {
            if let layer = layers.firstIndex(where: { $0.id == event.component }) { return layer }
            let policy = index.policies.first { $0.layers.contains { $0.id == event.component } }
            if let layer = layers.firstIndex(where: { $0.policy == policy?.id }) { return layer }
        }
        guard let request = selection.request else { return nil }
        let policies = index.spans(of: request).filter { $0.kind == .guard && cursor.includes($0.startEvent) }
        return policies.lazy.compactMap { span in layers.firstIndex { $0.policy == span.component } }.first
    }

    /// The same layer in another run.
    func counterpart(of layer: NameID, in run: RunView) -> NameID? { run.trace.names.find(trace.name(layer)) }

    /// A layer's whole name in the colour of its policy.
    func layerName(_ layer: LayerInfo) -> StyledText {
        StyledText(trace.name(layer.id), Style(trace.hue(of: layer.id), .bold))
    }

    /// A count, and what it was before the change where that differs: `88 → 129`.
    func count(_ count: Int, before: Int?, style: Style = Style(.text, .bold)) -> StyledText {
        guard let before, before != count else { return StyledText(numbers.count(count), style) }
        var text = StyledText(numbers.count(before), Style(.before))
        text.append(" \(glyphs.rightwards) ", .muted)
        text.append(numbers.count(count), Style(.after, .bold))
        return text
    }

    /// A count with its mark and its name: `⊘ rejected 3`; without emphasis where it is zero.
    func count(_ count: Int, before: Int?, _ mark: Mark, _ words: String) -> CountText {
        let isNone = count == 0 && (before ?? 0) == 0
        let sign = StyledText("\(glyphs[mark]) ", isNone ? .muted : Style(mark.role, .bold))
        let number = self.count(count, before: before, style: isNone ? .muted : Style(.text, .bold))
        return CountText(long: sign + StyledText("\(words) ", .muted) + number, short: sign + number)
    }

    /// The parts beside one another: with their names if that fits, else as many as do without them, the first ones.
    func fitting(_ parts: [CountText], in width: Int) -> StyledText {
        let parts = parts.filter { !$0.long.isEmpty }
        for gap in ["   ", "  "] {
            let line = parts.map(\.long).reduce(StyledText()) { $0.isEmpty ? $1 : $0 + StyledText(gap) + $1 }
            if line.width <= width { return line }
        }
        var line = StyledText()
        for part in parts.map(\.short) where !part.isEmpty {
            if line.isEmpty {
                line = part
            } else if line.width + 2 + part.width <= width {
                line += StyledText("  ") + part
            } else {
                break
            }
        }
        return line
    }

    /// A place that nothing takes: a slot, a place in a queue.
    var freePlace: Character { glyphs.repertoire == .unicode ? glyphs.separator : glyphs.empty }
}

/// A count with its name, and with its mark alone for narrow places.
struct CountText {
    var long: StyledText
    var short: StyledText

    init(long: StyledText, short: StyledText) {
        self.long = long
        self.short = short
    }

    /// What has no shorter form.
    init(_ text: StyledText) {
        long = text
        short = text
    }

    static func + (left: StyledText, right: CountText) -> CountText {
        CountText(long: left + right.long, short: left + right.short)
    }
}
