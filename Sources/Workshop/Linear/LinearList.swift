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
    /// What else can be typed, said before the list.
    private let prompt: LocalizedText?
    /// Whether numbers choose: where one is asked for they are the answer.
    private let isByNumber: Bool

    init(_ app: App) {
        actions = app.linearActions
        prompt = app.linearPrompt
        isByNumber = app.numberDraft == nil
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
        if !isByNumber { return nil }
        if number == more { return .list(isWhole: true) }
        return numbers.firstIndex(of: number).map { .action(actions[$0]) }
    }

    /// The number of the first that is called so.
    func number(of label: String, _ language: Language) -> Int? {
        actions.firstIndex { $0.label(language).hasPrefix(label) }.map { numbers[$0] }
    }

    /// What they are called: another list where this is another.
    var labels: [LocalizedText] { (prompt.map { [$0] } ?? []) + actions.map(\.label) }

    /// Those whose name, which may end at a comma, is this; and those whose words begin so.
    func named(_ text: String, _ language: Language) -> (whole: [LinearAction], beginning: [LinearAction]) {
        let wanted = text.folded
        let names = actions.map { ($0, $0.label(language).folded) }
        return (
            names.filter { $0.1 == wanted || $0.1.hasPrefix("\(wanted),") }.map(\.0),
            names.filter { $0.1.hasPrefix(wanted) }.map(\.0)
        )
    }

    /// Those that are called so: by all of their words, or those before a comma; else by the first of them, else by
    /// any.
    func actions(called text: String, _ language: Language) -> [LinearAction] {
        let wanted = text.folded
        let names = actions.map { $0.label(language).folded }
        let ways: [(String) -> Bool] = [
            { $0 == wanted || $0.hasPrefix("\(wanted),") }, { $0.hasPrefix(wanted) }, { $0.contains(" \(wanted)") },
        ]
        for isCalledSo in ways {
            let found = zip(actions, names).filter { isCalledSo($0.1) }.map(\.0)
            if !found.isEmpty { return found }
        }
        return []
    }

    func text(_ language: Language, isWhole: Bool) -> String {
        let all = told(language)
        // Without numbers there is none for the rest.
        guard let more, isByNumber else { return said(all, language) }
        if isWhole { return all.dropFirst(Self.short).joined(separator: " ") }
        return said(all.prefix(Self.short) + ["\(more) \(language.text("more", "más"))."], language)
    }

    /// The few that are told unasked.
    func first(_ language: Language) -> String { said(told(language).prefix(3), language) }

    /// Some of them, for somebody who has to say which; those of no list go by their words.
    func which(_ some: [LinearAction], _ language: Language) -> String {
        let others = some.filter { !actions.contains($0) }.map { "\($0.label(language))." }
        let listed = zip(numbers, actions).filter { some.contains($0.1) }.map { text($0, $1, language) }
        return ([language.text("Which one?", "¿Cuál?")] + listed + others).joined(separator: " ")
    }

    private func said(_ items: some Sequence<String>, _ language: Language) -> String {
        ((prompt.map { [$0(language)] } ?? []) + items).joined(separator: " ")
    }

    private func told(_ language: Language) -> [String] {
        zip(numbers, actions).filter { !$0.1.isTold }.map { text($0, $1, language) }
    }

    private func text(_ number: Int, _ action: LinearAction, _ language: Language) -> String {
        isByNumber ? "\(number) \(action.label(language))." : "\(action.label(language))."
    }
}
