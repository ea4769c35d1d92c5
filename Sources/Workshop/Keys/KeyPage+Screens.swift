import Scenario

extension App {
    /// What the page of keys tells of: the keys that do something on this screen, its own first.
    var keyGroups: [KeyPage.Group] {
        if presenter != nil { return KeyPage.teaching }
        switch screen {
        case .menu: return KeyPage.inMenu
        case .sandbox: return KeyPage.building
        case .notes: return KeyPage.inNotes
        case .lesson(let state):
            let groups = KeyPage.groups(of: state) + (findings == nil ? [] : [KeyPage.author])
            return follower == nil ? groups : [KeyPage.follower] + groups.without([.record])
        }
    }
}

extension KeyPage {
    /// In the menu.
    static let inMenu = [
        Group(
            title: LocalizedText(en: "The lessons", es: "Las lecciones"),
            lines: [
                Line(.up, .down, en: "choose", es: "elegir"),
                Line(.toStart, .toEnd, en: "the first, the last", es: "la primera, la última"),
                Line(.confirm, en: "open it", es: "abrirla"),
                Line(.nextStep, en: "go on where you were", es: "seguir donde lo dejaste"),
                Line(.search, en: "search the lessons", es: "buscar en las lecciones"),
                Line(.pageDown, .pageUp, en: "turn the page about it", es: "pasar la página sobre ella"),
                Line(.sheet, en: "a finished lesson on a page", es: "lección terminada, en una hoja"),
                Line(.glossary, en: "what a word means", es: "qué significa una palabra"),
                Line(.record, en: "my answers: how they went", es: "mis respuestas: cómo fueron"),
            ]),
        Group(
            title: workshop.title,
            lines: [Line(keys: "q", en: "leave Ensayo", es: "salir de Ensayo")]
                + workshop.without([.record, .close]).lines),
    ]

    /// Beside somebody who presents.
    static let inNotes = [
        Group(
            title: LocalizedText(en: "The notes", es: "Las notas"),
            lines: [
                Line(.up, .down, en: "scroll", es: "desplazar"),
                Line(.pageDown, .pageUp, en: "turn the page", es: "pasar página"),
            ]), workshop.without([.record]),
    ]

    /// On a page of a lesson.
    static func groups(of state: LessonState) -> [Group] {
        let own = state.isUnanswered ? [answering(state)].compactMap(\.self) : []
        let others = student.compactMap { group -> Group? in
            var group = group
            group.lines = group.lines.compactMap { line($0, in: state) }
            return group.lines.isEmpty ? nil : group
        }
        return own + others
    }

    private static func answering(_ state: LessonState) -> Group? {
        guard case .predict(let prediction) = state.step?.kind else { return nil }
        let reply: Line
        if case .choices(let choices) = prediction.form {
            reply = Line(keys: "1-\(choices.count)", en: "choose", es: "elegir")
        } else {
            reply = Line(keys: "0-9", en: "type the number", es: "escribir el número")
        }
        return Group(
            title: LocalizedText(en: "The question", es: "La pregunta"),
            lines: [
                reply, Line(keys: "enter", en: "I am sure", es: "lo sé"),
                Line(keys: "g", en: "I am guessing", es: "lo supongo"),
            ])
    }

    /// A line as it holds on a page; `nil`: its keys do nothing there.
    private static func line(_ line: Line, in state: LessonState) -> Line? {
        if line.commands == [.up, .down] { return state.hasRun ? line : nil }
        // An unanswered question has told of these keys.
        if state.isUnanswered, line.commands == [.confirm] || line.commands == [.toStart, .toEnd] { return nil }
        guard line.commands.contains(where: { state.refusal(of: $0)?.isForNow ?? true }) else { return nil }
        guard line.commands == [.confirm] else { return line }
        switch state.page {
        case .card: return Line(.confirm, en: "begin", es: "empezar")
        case .summary:
            return Line(.confirm, en: Words.firstOpenStep(.english), es: Words.firstOpenStep(.spanish))
        case .step: return Line(.confirm, en: "check the goals", es: "comprobar los objetivos")
        }
    }
}

extension KeyPage.Group {
    /// Without the lines of some commands.
    func without(_ commands: Set<Command>) -> Self {
        var group = self
        group.lines.removeAll { $0.commands.contains(where: commands.contains) }
        return group
    }
}

extension [KeyPage.Group] {
    func without(_ commands: Set<Command>) -> Self { map { $0.without(commands) }.filter { !$0.lines.isEmpty } }
}
