import Analysis
import TerminalKit
import Trace

/// The causal chain of the selected event, from what happened back to what set it off.
struct WhyView {
    var player: Player
    var context: PanelContext

    func draw(on frame: inout Frame) {
        let width = min(76, frame.size.width - 8)
        let dialog = Dialog(Words.why(context.language), text(width: width), textWidth: width)
        frame.draw(dialog, in: frame.bounds, glyphs: context.glyphs)
    }

    private func text(width: Int) -> StyledText {
        guard let event = player.selection.event ?? lastEvent else {
            return StyledText(Words.selectEvent(context.language), .muted)
        }
        let chain = context.run.index.causalChain(of: event).events
        var text = StyledText()
        for (depth, id) in chain.prefix(9).enumerated() {
            guard let event = context.run.trace[id] else { break }
            if depth > 0 { text += StyledText("\n\(Words.because(context.language)) ", .muted) }
            text += EventSentence(event, in: context).timed
        }
        if chain.count > 9 { text += StyledText("\n\(context.glyphs.ellipsis)", .muted) }
        return text
    }

    /// What the cursor stands on when nothing is selected.
    private var lastEvent: EventID? {
        player.cursor.eventCount > 0 ? EventID(UInt32(player.cursor.eventCount)) : nil
    }
}
