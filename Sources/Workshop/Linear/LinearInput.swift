import TerminalKit

/// What a line that was typed asks for.
enum LinearInput: Hashable {
    /// Nothing was typed: the last list's first line again.
    case nothing
    /// What can be done: the short list, or all of it.
    case list(isWhole: Bool)
    case place
    case action(LinearAction)
    /// All of these are called so.
    case several([LinearAction])
    case unknown(String)

    /// Numbers choose from the list, words are names of keys, of panels or the beginning of an action.
    init(_ line: String, in app: App) {
        let text = line.trimmingBlanks
        if text == "?" {
            self = .list(isWhole: false)
        } else if let field = app.lineField {
            self = .action(LinearAction("", "", .keys(field.keys(for: text))))
        } else if text.isEmpty {
            self = .nothing
        } else if let typed = Self.answer(text, in: app) ?? ClassInput.action(text, in: app) {
            self = .action(typed)
        } else if let number = Int(text) {
            self = LinearList(app)[number] ?? .unknown(text)
        } else if let word = Self.words(text.lowercased(), in: app) {
            self = word
        } else if let key = Key(text) {
            self = .action(LinearAction("", "", .keys([key])))
        } else {
            self = .unknown(text)
        }
    }

    /// A question whose answer is a number takes each that is typed, in place of the one before: none of them does
    /// anything else there.
    private static func answer(_ text: String, in app: App) -> LinearAction? {
        guard let draft = app.numberDraft, text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }),
            text.contains(where: \.isNumber)
        else { return nil }
        let old = Array(repeating: Key.backspace, count: draft.count)
        return LinearAction("", "", .keys(old + text.map { .character($0) }))
    }

    private static func words(_ text: String, in app: App) -> LinearInput? {
        switch text {
        case "where", "dónde", "donde": return .place
        case "more", "más", "mas": return .list(isWhole: true)
        default: break
        }
        if let finder = app.lineFinder { return found(text, in: app, finder) }
        switch text {
        case "sure", "lo sé", "lo se": return .action(LinearAction("", "", .keys([.enter])))
        case "guess", "lo supongo": return .action(LinearAction("", "", .keys([.character("g")])))
        case "why", "por qué", "por que": return .action(LinearAction(.why, "", ""))
        default: break
        }
        if let found = app.parts(called: text) {
            return found.count > 1 ? .several(found) : found.first.map(LinearInput.action)
        }
        if let state = app.stage, app.overlay == nil,
            let kind = state.panels.first(where: { kind in
                kind.rawValue == text
                    || Language.allCases.contains { state.title(of: kind, $0).lowercased() == text }
            })
        {
            return .action(state.telling(kind))
        }
        if case .menu(let menu) = app.screen, app.overlay == nil, let action = menu.opening(text) {
            return .action(action)
        }
        // One letter is a key; a word may be one of what can be done.
        guard text.count > 2, Key(text) == nil else { return nil }
        let found = LinearList(app).actions(called: text, app.language)
        return found.count > 1 ? .several(found) : found.first.map(LinearInput.action)
    }

    /// In a list that can be searched: what is called so, or alone begins so; else the text is what to look for.
    private static func found(_ text: String, in app: App, _ finder: TextField) -> LinearInput? {
        if text.count == 1 { return nil }
        if let key = Key(text) { return .action(LinearAction("", "", .keys([key]))) }
        let (named, beginning) = LinearList(app).named(text, app.language)
        if let term = app.term(called: text, isWhole: true) { return .action(term) }
        if let first = named.first { return named.count == 1 ? .action(first) : .several(named) }
        if let term = app.term(called: text, isWhole: false) { return .action(term) }
        if beginning.count == 1, let first = beginning.first { return .action(first) }
        return .action(LinearAction("", "", .keys(LineField.replacing(finder.text, by: text))))
    }
}
