import Analysis
import Scenario
import TerminalKit
import Trace

extension App {
    /// Asks where in the run to go. The run stands still meanwhile.
    mutating func openGoTo() {
        guard lesson?.isAsking != true, lesson?.panels.isEmpty != true, let player = stage?.player, let run = player.run
        else { return }
        changePlayer { $0.pause() }
        overlay = .goTo(GoToState(Upcoming(in: run.trace, after: player.cursor)))
    }

    mutating func press(_ key: Key, in state: GoToState) {
        guard let context = stage?.context(for: .log, language, settings) else { return overlay = nil }
        var state = state
        let destinations = state.destinations(context)
        switch key {
        case .escape: return overlay = nil
        case .up: state.move(-1, in: destinations.count)
        case .down: state.move(1, in: destinations.count)
        case .enter, .tab:
            guard destinations.indices.contains(state.selected) else { return }
            let destination = destinations[state.selected]
            changePlayer { key == .enter ? $0.go(to: destination) : $0.play(to: destination) }
            return overlay = nil
        default: state.type(key)
        }
        overlay = .goTo(state)
    }
}

extension Player {
    /// Jumps there. An event becomes the selection, so that its *why* is one key away.
    mutating func go(to destination: GoToState.Destination) {
        switch destination {
        case .moment(let time): seek(to: time)
        case .event(let id, _): go(to: id)
        }
    }

    /// Plays on and pauses there; what lies behind the cursor is jumped to.
    mutating func play(to destination: GoToState.Destination) {
        let time: VirtualTime
        switch destination {
        case .moment(let moment): time = moment
        case .event(let id, _): time = run?.trace[id]?.time ?? .zero
        }
        guard time > cursor.time else { return go(to: destination) }
        play(until: time)
    }
}

extension Words {
    static let goTo = LocalizedText(en: "Go to", es: "Ir a")
    static let goToLabel = LocalizedText(
        en: "12.5s, #257, or words:", es: "12,5s, #257 o palabras:")
    static let nothingComes = LocalizedText(
        en: "Nothing like this comes after the cursor.", es: "Después del cursor no llega nada así.")
    static let goThere = LocalizedText(en: "go there", es: "ir allí")
    static let playThere = LocalizedText(en: "play, and pause there", es: "reproducir y pausar allí")
    static let leaveIt = LocalizedText(en: "stay here", es: "quedarse aquí")
}
