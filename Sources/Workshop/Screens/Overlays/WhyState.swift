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
    /// Explains what is selected, or else the event that the cursor stands on.
    mutating func openWhy() {
        pause()
        guard let player = stage?.player, lesson?.isAsking != true else { return }
        let count = player.cursor.eventCount
        let last = count > 0 ? EventID(UInt32(count)) : nil
        overlay = .why(WhyState(event: player.selectedEvent ?? last))
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

extension Player {
    /// The event that is selected, or the newest of the span or the request that is.
    fileprivate var selectedEvent: EventID? {
        if let event = selection.event { return event }
        guard let index = run?.index else { return nil }
        if let span = selection.span.flatMap({ index.span($0) }) {
            return [span.closed?.event, span.opened.event].compactMap(\.self).first(where: cursor.includes)
        }
        return selection.request.flatMap { index.events(of: $0).last(where: cursor.includes) }
    }
}
