import Scenario

/// What can be done now, each under a number: the most useful first, the rest under `more`.
///
/// Lessons stand under their own numbers, as they are called everywhere else; what else the menu can do follows them.
/// While a number is asked for there are no others: what is done goes by its words.
struct LinearList {
    /// How many the short list has; the next number asks for the rest, and never for anything else.
    static let short = 8

    private let actions: [LinearAction]
    private let numbers: [Int]
    /// The number that asks for the rest; `nil`: all of it is told at once.
    private let more: Int?
    /// What is typed of the number that is asked for; `nil`: none is.
    private let draft: String?

    init(_ app: App) {
        actions = app.linearActions
        draft = app.numberDraft
        guard let most = actions.compactMap(\.number).max() else {
            let more = actions.count > Self.short ? Self.short + 1 : nil
            self.more = more
            numbers = actions.indices.map { $0 < Self.short ? $0 + 1 : $0 + 2 }
            return
        }
        more = nil
        var next = most
        numbers = actions.map { action in
            if let number = action.number { return number }
            next += 1
            return next
        }
    }

    /// What a number chooses; `nil`: it is none of these.
    subscript(number: Int) -> LinearInput? {
        if draft != nil { return nil }
        if number == more { return .list(isWhole: true) }
        return numbers.firstIndex(of: number).map { .action(actions[$0]) }
    }

    /// The number of the first that is called so.
    func number(of label: String, _ language: Language) -> Int? {
        actions.firstIndex { $0.label(language).hasPrefix(label) }.map { numbers[$0] }
    }

    /// Those that are called so: by all of their words, else by the first of them, else by any.
    func actions(called text: String, _ language: Language) -> [LinearAction] {
        let wanted = text.folded
        let names = actions.map { $0.label(language).folded }
        let ways: [(String) -> Bool] = [
            { $0 == wanted }, { $0.hasPrefix(wanted) }, { $0.contains(" \(wanted)") },
        ]
        for isCalledSo in ways {
            let found = zip(actions, names).filter { isCalledSo($0.1) }.map(\.0)
            if !found.isEmpty { return found }
        }
        return []
    }

    func text(_ language: Language, isWhole: Bool) -> String {
        let all = told(actions, language)
        if let draft { return ([inWords(draft, language)] + all).joined(separator: " ") }
        guard let more else { return all.joined(separator: " ") }
        if isWhole { return all.dropFirst(Self.short).joined(separator: " ") }
        return (all.prefix(Self.short) + ["\(more) \(language.text("more", "más"))."]).joined(separator: " ")
    }

    /// The few that are told unasked.
    func first(_ language: Language) -> String {
        let few = told(Array(actions.prefix(3)), language)
        return ((draft.map { [inWords($0, language)] } ?? []) + few).joined(separator: " ")
    }

    /// Some of them, for somebody who has to say which.
    func which(_ some: [LinearAction], _ language: Language) -> String {
        ([language.text("Which one?", "¿Cuál?")] + told(some, language)).joined(separator: " ")
    }

    private func told(_ some: [LinearAction], _ language: Language) -> [String] {
        zip(numbers, actions).filter { some.contains($0.1) }.map { number, action in
            draft == nil ? "\(number) \(action.label(language))." : "\(action.label(language))."
        }
    }

    private func inWords(_ draft: String, _ language: Language) -> String {
        draft.isEmpty
            ? language.text("Type a number, or words:", "Escribe un número, o palabras:")
            : language.text("Type another number, or words:", "Escribe otro número, o palabras:")
    }
}
