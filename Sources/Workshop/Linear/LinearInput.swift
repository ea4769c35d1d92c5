import TerminalKit

/// What a line that was typed asks for.
enum LinearInput: Hashable {
    /// Nothing was typed: the last list's first line again.
    case nothing
    /// What can be done: the short list, or all of it.
    case list(isWhole: Bool)
    case place
    case action(LinearAction)
    case unknown(String)

    /// Numbers choose from the list, words are names of keys, of panels or the beginning of an action.
    init(_ line: String, in app: App) {
        let text = line.trimmingBlanks
        let actions = app.linearActions
        if app.takesText {
            let keys = text.map { Key.character($0) } + [text.isEmpty ? .escape : .enter]
            self = .action(LinearAction("", "", .keys(keys)))
        } else if text.isEmpty {
            self = .nothing
        } else if text == "?" {
            self = .list(isWhole: false)
        } else if let typed = Self.answer(text, in: app) ?? ClassInput.action(text, in: app) {
            self = .action(typed)
        } else if let number = Int(text) {
            self = LinearList(app)[number] ?? .unknown(text)
        } else if let word = Self.words(text.lowercased(), in: app, actions) {
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

    private static func words(_ text: String, in app: App, _ actions: [LinearAction]) -> LinearInput? {
        switch text {
        case "where", "dónde", "donde": return .place
        case "more", "más", "mas": return .list(isWhole: true)
        case "sure", "lo sé", "lo se": return .action(LinearAction("", "", .keys([.enter])))
        case "guess", "lo supongo": return .action(LinearAction("", "", .keys([.character("g")])))
        case "why", "por qué", "por que": return .action(LinearAction(.why, "", ""))
        default: break
        }
        if let state = app.lesson,
            let kind = state.panels.first(where: {
                $0.rawValue == text || state.title(of: $0, app.language).lowercased() == text
            })
        {
            return .action(state.telling(kind))
        }
        // One letter is a key; a word may be the beginning of what can be done.
        guard text.count > 2, Key(text) == nil else { return nil }
        let found = actions.filter { $0.label(app.language).lowercased().hasPrefix(text) }
        return found.count == 1 ? found.first.map(LinearInput.action) : nil
    }
}
