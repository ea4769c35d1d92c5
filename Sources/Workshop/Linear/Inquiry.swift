/// What somebody asks who teaches, or reads the notes of who does.
enum Inquiry: String, CaseIterable, Hashable, Sendable {
    case time, audience, demo, faults, hands, notes, next

    /// What is typed for it, in either language.
    var words: [String] {
        switch self {
        case .time: ["time", "tiempo"]
        case .audience: ["class", "clase"]
        case .demo: ["demo"]
        case .faults: ["faults", "fallos"]
        case .hands: ["hands", "manos"]
        case .notes: ["notes", "notas"]
        case .next: ["then", "después", "despues"]
        }
    }

    func sentences(_ app: App) -> [String] {
        let language = app.language
        guard let standing = ClassStanding(app) else { return [Words.waitingForLesson(language)] }
        switch self {
        case .time: return standing.times(language)
        case .audience: return [standing.audience(language)] + (app.presenter?.sharing?.spoken(language) ?? [])
        case .demo: return [standing.demo(language)]
        case .faults: return standing.faults(language)
        case .hands: return standing.hands(language)
        case .notes: return standing.notes(language) + standing.answer(language)
        case .next: return [standing.next(language)]
        }
    }
}

extension PresenterState.Sharing: Spoken {
    /// How students come in. The code is said once more, letter by letter.
    public func spoken(_ language: Language) -> [String] {
        let letters = code.map(String.init).joined(separator: " ")
        return [
            language.text(
                "Students follow with: ensayo follow \(address) --code \(code)",
                "Para seguirte: ensayo follow \(address) --code \(code)"),
            language.text("The code, letter by letter: \(letters).", "El código, letra a letra: \(letters)."),
        ]
    }
}
