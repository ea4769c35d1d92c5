import Analysis
import TerminalKit
import Trace

/// Why an event happened: in one sentence, and as the chain of causes back to what set it off. Of the cause that is
/// chosen, its own why stands below it.
struct WhyView {
    var state: WhyState
    var context: PanelContext

    /// Causes that can be visited; in a closed loop they reach to the start of the run.
    private static let mostCauses = 64
    private static let mostColumns = 76

    func draw(on frame: inout Frame) {
        let width = min(Self.mostColumns, frame.size.width - 8)
        let lines = lines(width: width)
        let height = min(lines.count + 4, frame.popUpRoom.height)
        let area = frame.popUpRoom.popUp(Size(width: width + 4, height: height))
        let chosen = lines.lastIndex { $0.isChosen } ?? 0
        let scroll = Scroll(total: lines.count, visible: height - 4, showing: chosen)
        frame.draw(
            Box(Words.why(context.language), footnote: scroll.part, isFocused: true), in: area, glyphs: context.glyphs)
        var content = Box.content(of: area)
        let keys = content.cutBottom(2).row(1)
        for (row, line) in lines[scroll.range].enumerated() {
            frame.write(line.text, x: content.x, y: content.y + row, clip: content)
        }
        frame.draw(KeyHints(hints), in: keys, glyphs: context.glyphs)
    }

    private var hints: [KeyHint] {
        let back = KeyHint("esc", Words.back(context.language), importance: 1)
        guard !causes.isEmpty else { return [back] }
        let repertoire = context.glyphs.repertoire
        return [
            KeyHint(KeyMap.keys([.down, .up], repertoire), Words.alongCauses(context.language)),
            KeyHint(KeyMap.keys([.confirm], repertoire), Words.goThere(context.language)), back,
        ]
    }

    // MARK: Text

    private typealias Line = (text: StyledText, isChosen: Bool)

    /// What led to the event, the nearest cause first.
    var causes: [EventID] {
        state.event.map { context.trace.causes(of: $0, limit: Self.mostCauses) } ?? []
    }

    private func lines(width: Int) -> [Line] {
        guard let id = state.event, let event = context.trace[id] else {
            let text = StyledText(Words.selectEvent(context.language), .muted)
            return text.wrapped(to: width).map { ($0, false) }
        }
        let head = EventSentence(event, in: context).timed.holdingUnits.wrapped(to: width, hanging: 2)
            + because(id).holdingUnits.wrapped(to: width, hanging: 2)
        var lines: [Line] = head.map { ($0, state.place == 0) }
        let causes = causes
        // A chain of one cause says no more than the reason.
        guard let nearest = causes.first.flatMap({ context.trace[$0] }),
            causes.count > 1 || EventSentence(nearest, in: context).text.plain != reason(of: id).plain
        else { return lines }
        lines.append((StyledText(), false))
        lines.append((StyledText(Words.chain(context.language), .muted), false))
        for (place, id) in causes.enumerated() { lines += self.lines(ofCause: id, place: place + 1, width: width) }
        return lines
    }

    private func lines(ofCause id: EventID, place: Int, width: Int) -> [Line] {
        guard let event = context.trace[id] else { return [] }
        let isChosen = place == state.place
        let mark = isChosen ? "\(context.glyphs[.selected]) " : "  "
        var texts = (StyledText(mark, Style(.focus)) + EventSentence(event, in: context).timed)
            .holdingUnits.wrapped(to: width, hanging: 4)
        if isChosen { texts += (StyledText("    ") + because(id)).holdingUnits.wrapped(to: width, hanging: 4) }
        return texts.map { ($0, isChosen) }
    }

    private func because(_ id: EventID) -> StyledText {
        StyledText(Words.because(context.language) + " ", .muted) + reason(of: id)
    }

    /// The nearest reason; what nothing led to was planned so.
    private func reason(of id: EventID) -> StyledText {
        EventReasons(context: context).reasons(of: id, limit: 1).first
            ?? StyledText(Words.beginning(context.language))
    }
}

extension StyledText {
    /// The text with its numbers held to their units: `400 ms` is never broken.
    fileprivate var holdingUnits: StyledText {
        StyledText(spans: spans.map { Span(MarkdownRenderer.holdingUnits($0.text), $0.style) })
    }
}

extension WhyView {
    /// What happened and why, then the chain, a sentence an event.
    var spoken: [String] {
        guard let id = state.event, let event = context.trace[id] else { return [Words.selectEvent(context.language)] }
        let first = EventSentence(event, in: context).text.plain
        let chain = causes.compactMap { context.trace[$0] }.map { EventSentence($0, in: context).timed.plain + "." }
        return ["\(first.capitalizedFirst), \(because(id).plain)."]
            + (chain.isEmpty ? [] : [Words.chain(context.language) + ":"] + chain)
    }
}
