import Scenario
import TerminalKit

// What can be done in a class, by number.
extension App {
    /// What somebody can do who teaches, reads notes or looks on; `nil`: what a student alone can.
    var classActions: [LinearAction]? {
        if case .notes = screen { return LinearAction.onNotes }
        if follower?.isLive == true { return LinearAction.lookingOn(lesson) }
        guard let presenter, let state = lesson else { return nil }
        if presenter.isBlack { return [LinearAction(.black, "show the lesson again", "volver a mostrar la lección")] }
        switch overlay {
        case .presenter(.faults): return state.faultActions
        case .presenter(.leaving): return LinearAction.leaving
        case .presenter(.resuming): return LinearAction.resuming
        case .keys, .problem, .wrongFiles, .sheet: return [LinearAction("close", "cerrar", .keys([.escape]))]
        case .some: return nil
        case nil: return state.teachingActions(tally: shownTally) + common(presenter, state)
        }
    }

    /// The student's list, with the way back to the class where it is always said.
    func wayBack(in list: [LinearAction]) -> [LinearAction] {
        guard follower?.loss == nil else { return list }
        var list = list
        let back = LinearAction(.detach, "back to the presenter", "volver con quien presenta")
        list.insert(back, at: min(list.count, LinearList.short - 1))
        return list
    }

    private func common(_ presenter: PresenterState, _ state: LessonState) -> [LinearAction] {
        let demo = LinearAction("play the demo on", "seguir con la demo", .keys([.character("x")]))
        var list = presenter.demo?.line == nil ? [] : [demo]
        if !state.quickFaults.isEmpty {
            list.append(LinearAction(.faultList, "the faults by number", "los fallos por número"))
        }
        list.append(LinearAction("the time", "el tiempo", .ask(.time)))
        list.append(LinearAction(.black, "black screen", "pantalla negra"))
        if presenter.sharing != nil { list.append(LinearAction("the class", "la clase", .ask(.audience))) }
        list.append(LinearAction("my notes", "mis notas", .ask(.notes)))
        if state.page != .card, state.page != .summary, !state.isAsking, state.player != nil {
            list += state.stageActions
        } else {
            list += state.page == .card ? [] : state.stepActions
        }
        list.append(LinearAction(.timer, "pause the timer, or go on", "pausar el reloj, o seguir"))
        list.append(LinearAction(.zeroTimer, "timer to zero", "reloj a cero"))
        return list + [
            .outline, .glossary, .otherLanguage,
            LinearAction(.close, "end the presentation", "terminar la presentación"),
        ]
    }
}

extension LinearAction {
    fileprivate static let onNotes = [
        LinearAction("the notes again", "las notas otra vez", .ask(.notes)),
        LinearAction("the time", "el tiempo", .ask(.time)),
        LinearAction("what comes next", "qué viene después", .ask(.next)),
        LinearAction("the hands", "las manos", .ask(.hands)),
        LinearAction("the faults by number", "los fallos por número", .ask(.faults)),
        LinearAction("the demo", "la demo", .ask(.demo)), LinearAction("the class", "la clase", .ask(.audience)),
        .otherLanguage, .leave,
    ]

    fileprivate static let leaving = [
        LinearAction("end the presentation", "terminar la presentación", .keys([.enter])),
        LinearAction("go on", "seguir", .keys([.escape])),
    ]

    fileprivate static let resuming = [
        LinearAction("go on", "seguir", .keys([.enter])),
        LinearAction("begin anew", "empezar de nuevo", .keys([.character("a")])),
    ]

    fileprivate static func lookingOn(_ state: LessonState?) -> [LinearAction] {
        let alone = LinearAction(.detach, "go on alone from here", "seguir por tu cuenta desde aquí")
        let told = state.map { $0.isAsking || $0.step == nil ? [] : $0.panels.map($0.telling) } ?? []
        return [alone] + told + [.otherLanguage, .leave]
    }
}

extension LessonState {
    /// The digits are the numbers: the last one restores everything.
    fileprivate var faultActions: [LinearAction] {
        quickFaults.enumerated().map { place, fault in
            var action = LinearAction(
                fault.label(.english), fault.label(.spanish), .keys([.character(Character(String(place + 1)))]))
            action.number = place + 1
            return action
        }
    }

    /// What comes first on each page.
    fileprivate func teachingActions(tally: Tally?) -> [LinearAction] {
        if page == .card { return [LinearAction(.confirm, "begin", "empezar")] }
        if page == .summary { return [LinearAction(.previousStep, "previous step", "paso anterior")] }
        if let tally { return handActions(tally) }
        guard player != nil, !panels.isEmpty else { return moving }
        return [
            LinearAction(.playPause, "play, or stand still", "reproducir, o parar"),
            LinearAction(.forward, "one event forward", "un evento adelante"),
        ] + moving
    }

    private func handActions(_ tally: Tally) -> [LinearAction] {
        if tally.isRevealed { return moving + [LinearAction(.watchIt, "watch it happen", "verlo en marcha")] }
        let (english, spanish) = (tallyOptions(.english), tallyOptions(.spanish))
        var list = zip(english, spanish).enumerated().map { place, option in
            LinearAction(
                "a hand for \(option.0.text)", "una mano para \(option.1.text)",
                .keys([.character(Character(String(place + 1)))]))
        }
        list.append(LinearAction("show the answer", "mostrar la respuesta", .keys([.enter])))
        list += moving
        if !tally.hands.isEmpty {
            list.append(LinearAction("take the last hand back", "quitar la última mano", .keys([.backspace])))
        }
        return list
    }
}

/// What is typed in a class, beyond numbers of the list and names of keys.
enum ClassInput {
    /// A word that asks something, several hands at once, or a fault by its number; `nil`: none of them.
    static func action(_ text: String, in app: App) -> LinearAction? {
        let words = text.lowercased().split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        if words.count == 1, let inquiry = Inquiry.allCases.first(where: { $0.words.contains(first) }),
            ClassStanding(app) != nil
        {
            return LinearAction("", "", .ask(inquiry))
        }
        guard app.presenter != nil, app.overlay == nil else { return nil }
        if words.count > 1, app.countsHands, let hands = hands(words) { return LinearAction("", "", .keys(hands)) }
        if words.count == 2, ["fault", "fallo"].contains(first), let digit = Int(words[1]),
            app.lesson?.quickFaults.indices.contains(digit - 1) == true
        {
            return LinearAction("", "", .keys([.character(Character(String(digit)))]))
        }
        return nil
    }

    /// `1 2 2`.
    private static func hands(_ words: [String]) -> [Key]? {
        let digits = words.compactMap { word in Int(word).flatMap { (1...9).contains($0) ? Character(word) : nil } }
        return digits.count == words.count ? digits.map(Key.character) : nil
    }
}

extension Words {
    static let followsPresenter = LocalizedText(
        en: "You follow the presenter: what they show is told here.",
        es: "Sigues a quien presenta: aquí se cuenta lo que muestra.")
    static let pickFault = LocalizedText(
        en: "A number does it, escape does nothing.", es: "Un número lo hace; escape no hace nada.")
}
