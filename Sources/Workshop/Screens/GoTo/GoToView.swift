import Analysis
import TerminalKit

/// Where to go in the run: a line to type in, and what still comes.
struct GoToView {
    var state: GoToState
    var context: PanelContext

    private static let rows = 12

    func draw(on frame: inout Frame) {
        let width = min(76, frame.size.width - 4)
        let height = min(Self.rows + 6, frame.size.height - 2)
        let glyphs = context.glyphs
        var content = frame.drawBox(Words.goTo(context.language), width: width, height: height, glyphs: glyphs)
        var line = content.cutTop(2).row(0)
        let label = Words.goToLabel(context.language) + " "
        frame.write(label, x: line.x, y: line.y, style: .muted, clip: line)
        line = Rect(x: line.x + Text.width(label), y: line.y, width: line.width - Text.width(label), height: 1)
        frame.draw(state.field, in: line, glyphs: glyphs)
        let footer = content.cutBottom(2)
        let destinations = state.destinations(context)
        if destinations.isEmpty {
            let text = StyledText(Words.nothingComes(context.language), .muted)
            frame.draw(Paragraph(text), in: content, glyphs: glyphs)
        } else {
            frame.draw(ChoiceList(destinations.map(item), selected: state.selected), in: content, glyphs: glyphs)
        }
        let hints = [
            KeyHint("enter", Words.goThere(context.language), importance: 2),
            KeyHint("tab", Words.playThere(context.language), importance: 1),
            KeyHint("esc", Words.leaveIt(context.language), importance: 2),
        ]
        frame.draw(KeyHints(hints), in: footer.row(1), glyphs: glyphs)
    }

    private func item(_ destination: GoToState.Destination) -> ChoiceList.Item {
        switch destination {
        case .moment(let time): return ChoiceList.Item(StyledText(context.numbers.moment(time)))
        case .event(let id, let count):
            guard let event = context.trace[id] else { return ChoiceList.Item(StyledText()) }
            let note = count > 1 ? "\(count)\(context.glyphs.repertoire == .unicode ? "×" : "x")" : ""
            return ChoiceList.Item(EventSentence(event, in: context).timed, note: StyledText(note, .muted))
        }
    }
}
