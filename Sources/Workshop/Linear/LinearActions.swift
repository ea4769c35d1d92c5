import Scenario
import TerminalKit

/// Something that can be done now, and the keys that do it.
struct LinearAction: Hashable {
    var label: LocalizedText
    var deed: Deed
    /// The number that it has wherever it stands; `nil`: that of its place.
    var number: Int?
    /// Whether the list leaves it out: what is on the screen has told it, with its number.
    var isTold = false

    enum Deed: Hashable {
        case keys([Key])
        /// The run is played on to the next mark, stop, or its end.
        case playOn
        /// A panel is told; nothing changes.
        case tell(PanelKind)
        /// Something about the class is told.
        case ask(Inquiry)
    }

    init(_ english: String, _ spanish: String, _ deed: Deed) {
        label = LocalizedText(en: english, es: spanish)
        self.deed = deed
    }

    /// What a command does, by the first of its keys.
    init(_ command: Command, _ english: String, _ spanish: String) {
        let key = KeyMap.bindings.first { $0.command == command }?.keys.first
        self.init(english, spanish, .keys(key.map { [$0] } ?? []))
    }
}

extension App {
    /// What can be done now, the most useful first. Their places are the numbers that choose them.
    var linearActions: [LinearAction] {
        if let actions = classActions { return actions }
        if case .faults(let menu) = overlay { return menu.linearActions }
        if case .wrongFiles = overlay { return [LinearAction("close", "cerrar", .keys([.escape]))] }
        if case .outline(let outline) = overlay { return lesson.map(outline.linearActions) ?? [] }
        if case .glossary(let state) = overlay { return linearActions(in: state) }
        if case .goTo = overlay { return [] }
        if overlay != nil { return LinearAction.inList }
        if case .sandbox(let state) = screen {
            guard state.input == nil else { return state.linearActions }
            let leave = LinearAction(.close, "leave the sandbox, to the menu", "salir del banco de pruebas, al menú")
            return state.linearActions + [.glossary, .otherLanguage, leave]
        }
        if case .lesson(let state) = screen {
            let list = state.linearActions + [.outline, .glossary, .otherLanguage]
            return follower == nil ? list + [.back] : wayBack(in: list + [.leave])
        }
        let rest = [LinearAction.glossary, .otherLanguage, .leave]
        guard case .menu(let menu) = screen else { return rest }
        if let search = menu.search { return search.linearActions }
        let find = LinearAction(.search, "find a lesson, a step or a term", "buscar una lección, un paso o un término")
        return menu.linearActions + [LinearAction(.record, "my answers", "mis respuestas"), find] + rest
    }

    /// What is typed of the number that a question asks for; `nil`: none does. Digits are the answer then, and nothing
    /// else.
    var numberDraft: String? {
        guard let state = lesson, overlay == nil, presenter == nil, follower?.isLive != true,
            state.isAsking, state.answer == nil, case .predict(let prediction) = state.step?.kind,
            case .number = prediction.form
        else { return nil }
        return state.reply.typed
    }
}

extension LinearAction {
    static let otherLanguage = LinearAction(.language, "español", "English")
    static let outline = LinearAction(.outline, "outline of the steps", "esquema de los pasos")
    static let glossary = LinearAction(.glossary, "glossary", "glosario")
    /// In a list that lies over the screen.
    fileprivate static let inList = [
        LinearAction("next", "siguiente", .keys([.down])), LinearAction("previous", "anterior", .keys([.up])),
        LinearAction("take it", "elegir", .keys([.enter])), LinearAction("close", "cerrar", .keys([.escape])),
    ]
    fileprivate static let back = LinearAction(.close, "back", "volver")
    static let leave = LinearAction(.close, "leave", "salir")
}

extension MenuState {
    /// Up and down pass over what cannot be chosen.
    fileprivate var linearActions: [LinearAction] {
        let sandbox = LinearAction(
            SandboxWords.sandbox(.english), SandboxWords.sandbox(.spanish), .keys([.end, .enter]))
        return openings + [sandbox]
    }

    /// What opens each lesson.
    private var openings: [LinearAction] {
        let now = lessons.firstIndex { $0.id == lesson?.id } ?? (isOnSandbox ? lessons.count : 0)
        return zip(lessons, spokenNumbers).enumerated().map { place, entry in
            let (lesson, number) = entry
            let way = Key.arrows(from: now, to: place)
            var action = LinearAction(
                "lesson \(lesson.number), \(lesson.title(.english))",
                "lección \(lesson.number), \(lesson.title(.spanish))", .keys(way + [.enter]))
            action.number = number
            return action
        }
    }

    /// What opens the lesson of an id.
    func opening(_ id: String) -> LinearAction? { zip(lessons, openings).first { $0.0.id == id }?.1 }

    /// The number that opens each lesson: its own, unless one before it has that; then the next after all of them.
    var spokenNumbers: [Int] {
        var next = lessons.map(\.number).max() ?? 0
        var taken: Set<Int> = []
        return lessons.map { lesson in
            if taken.insert(lesson.number).inserted { return lesson.number }
            next += 1
            return next
        }
    }
}

extension FaultMenu {
    fileprivate var linearActions: [LinearAction] {
        let name = targets[target].name
        let deeds = items.enumerated().map { place, fault in
            let way = Key.arrows(from: item, to: place)
            var action = LinearAction(
                "\(name): \(fault.label(.english))", "\(name): \(fault.label(.spanish))", .keys(way + [.enter]))
            (action.number, action.isTold) = (place + 1, true)
            return action
        }
        let others = targets.indices.filter { $0 != target }.map { place in
            let way = Array(repeating: place < target ? Key.left : .right, count: abs(place - target))
            return LinearAction("\(targets[place].name) instead", "otro: \(targets[place].name)", .keys(way))
        }
        return deeds + others + [LinearAction("do nothing", "no hacer nada", .keys([.escape]))]
    }
}

extension LessonState {
    fileprivate var linearActions: [LinearAction] {
        switch page {
        case .card: return [LinearAction(.confirm, "begin", "empezar")]
        case .summary:
            let open = LinearAction(.confirm, Words.firstOpenStep(.english), Words.firstOpenStep(.spanish))
            return (openSteps.isEmpty ? [] : [open])
                + [LinearAction(.previousStep, "previous step", "paso anterior")]
        case .step where isAsking: return questionActions + stepActions
        case .step where player == nil || panels.isEmpty: return moving + stepActions
        case .step: return runActions
        }
    }

    var moving: [LinearAction] { [LinearAction(.nextStep, "next step", "paso siguiente")] }

    var stepActions: [LinearAction] {
        var list: [LinearAction] = []
        if refusal(of: .hint) == nil { list.append(LinearAction(.hint, "a hint", "una pista")) }
        return list + [LinearAction(.previousStep, "previous step", "paso anterior")]
    }

    private var questionActions: [LinearAction] {
        guard answer == nil, case .predict(let prediction) = step?.kind else {
            return moving + [LinearAction(.watchIt, "watch it happen", "verlo en marcha")]
        }
        var list: [LinearAction] = []
        if case .choices(let choices) = prediction.form {
            list = choices.prefix(9).enumerated().map { place, choice in
                LinearAction(
                    "answer \(choice.text(.english))", "responder \(choice.text(.spanish))",
                    .keys([.character(Character(String(place + 1)))]))
            }
        }
        if reply.choice != nil || !reply.typed.isEmpty {
            list.append(LinearAction("I am sure", "lo sé", .keys([.enter])))
            list.append(LinearAction("I am guessing", "lo supongo", .keys([.character("g")])))
        }
        return list + moving
    }

    private var runActions: [LinearAction] {
        // What is always there keeps its number.
        [
            LinearAction("play on", "seguir", .playOn),
            LinearAction(.forward, "one event forward", "un evento adelante"),
        ] + moving + stageActions
    }

    /// What can be done to a run and asked about it, but for letting time pass.
    var stageActions: [LinearAction] {
        var list: [LinearAction] = []
        if isChallenge { list.append(LinearAction(.confirm, "check the goals", "comprobar los objetivos")) }
        if let kind = stage?.panels.first {
            list.append(telling(kind))
        }
        if controls.indices.contains(control) {
            let label = controls[control].label
            list.append(LinearAction(.raise, "raise \(label.en)", "subir \(label.es)"))
            list.append(LinearAction(.lower, "lower \(label.en)", "bajar \(label.es)"))
        }
        if controls.count > 1 { list.append(LinearAction(.nextControl, "another control", "otro control")) }
        list.append(LinearAction(.why, "why did this happen", "por qué ha pasado"))
        if player?.history.canUndo == true { list.append(LinearAction(.undo, "undo the change", "deshacer")) }
        list += stepActions
        if canShowSolution { list.append(LinearAction(.solution, "one solution", "una solución")) }
        list.append(LinearAction(.fault, "inject a fault", "provocar un fallo"))
        list.append(LinearAction(.back, "one event back", "un evento atrás"))
        list.append(LinearAction(.previousMark, "previous mark", "marca anterior"))
        list.append(LinearAction(.toStart, "to the start", "al principio"))
        list.append(LinearAction(.toEnd, "to the end", "al final"))
        list.append(LinearAction(.goTo, "to a moment, a request or an event", "a un momento, una petición o un evento"))
        if player?.earlier != nil {
            list.append(LinearAction(.compare, "both futures, or one", "los dos futuros, o uno"))
            list.append(LinearAction(.nextDifference, "to where they part", "a donde se separan"))
        }
        let told = panels.filter { $0 != stage?.panels.first }
        return list + told.map(telling)
    }
}
