import Analysis
import TerminalKit
import Trace

/// Why the selected event happened: in one sentence, and as the chain of causes back to what set it off.
struct WhyView {
    var player: Player
    var context: PanelContext

    /// Causes that are shown; longer chains are cut.
    private static let mostCauses = 8

    func draw(on frame: inout Frame) {
        let width = min(76, frame.size.width - 8)
        let dialog = Dialog(Words.why(context.language), text, textWidth: width)
        frame.draw(dialog, in: frame.bounds, glyphs: context.glyphs)
    }

    var text: StyledText {
        guard let id = player.selection.event ?? lastEvent, let event = context.trace[id] else {
            return StyledText(Words.selectEvent(context.language), .muted)
        }
        var text = EventSentence(event, in: context).timed
        let reason = reason(of: id)
        text += StyledText("\n" + Words.because(context.language) + " ", .muted) + reason
        let causes = context.index.causalChain(of: id).events.dropFirst()
        let sentences = causes.prefix(Self.mostCauses).compactMap { context.trace[$0] }
            .map { EventSentence($0, in: context) }
        // A chain of one cause says no more than the reason.
        guard let nearest = sentences.first, causes.count > 1 || nearest.text.plain != reason.plain else { return text }
        text.append("\n\n" + Words.chain(context.language), .muted)
        for sentence in sentences { text += StyledText("\n") + sentence.timed }
        if causes.count > Self.mostCauses { text.append("\n\(context.glyphs.ellipsis)", .muted) }
        return text
    }

    /// The nearest reason; what nothing led to was planned so.
    private func reason(of id: EventID) -> StyledText {
        EventReasons(context: context).reasons(of: id, limit: 1).first
            ?? StyledText(Words.beginning(context.language))
    }

    /// What the cursor stands on when nothing is selected.
    private var lastEvent: EventID? {
        player.cursor.eventCount > 0 ? EventID(UInt32(player.cursor.eventCount)) : nil
    }
}
