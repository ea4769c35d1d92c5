import Analysis
import TerminalKit
import Trace

/// The answer to *why?* on the screen: which event, and where on the way back to what set it off.
struct WhyState: Hashable, Sendable {
    /// `nil`: there was no event to explain.
    var event: EventID?
    /// 0: the event itself; then its causes, the nearest first.
    var place = 0
}

extension App {
    /// Explains the selected event, or else the one that the cursor stands on.
    mutating func openWhy() {
        pause()
        guard let player = stage?.player, lesson?.isAsking != true else { return }
        let count = player.cursor.eventCount
        let last = count > 0 ? EventID(UInt32(count)) : nil
        overlay = .why(WhyState(event: player.selection.event ?? last))
    }

    func whyView(_ state: WhyState) -> WhyView? {
        stage?.context(for: .log, language, settings).map { WhyView(state: state, context: $0) }
    }

    mutating func press(_ key: Key, in state: WhyState) {
        guard let causes = whyView(state)?.causes else { return overlay = nil }
        func move(_ step: Int) {
            overlay = .why(WhyState(event: state.event, place: min(max(0, state.place + step), causes.count)))
        }
        switch KeyMap.command(for: key) {
        case .up, .scrollUp: move(-1)
        case .down, .scrollDown: move(1)
        case .pageUp, .toStart: move(-causes.count)
        case .pageDown, .toEnd: move(causes.count)
        case .language: language = language.other
        case .confirm where causes.indices.contains(state.place - 1): go(to: causes[state.place - 1])
        default: overlay = nil
        }
    }

    /// To an event: it is selected, the cursor stands on it, and it is explained.
    private mutating func go(to event: EventID) {
        let request = stage?.player?.run?.trace[event]?.request
        changePlayer { player in
            player.seek(after: event)
            player.selection = Selection(request: request == RequestID.none ? nil : request, event: event)
        }
        overlay = .why(WhyState(event: event))
    }
}
