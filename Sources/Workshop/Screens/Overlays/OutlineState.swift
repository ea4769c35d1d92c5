import TerminalKit

/// The outline of a lesson: its pages, one of which is chosen.
struct OutlineState: Hashable, Sendable {
    var index: Int
    /// The number of a step, as far as it is typed.
    var typed = 0

    /// Goes to the step of a number; a second digit makes one number with the first where there is such a step.
    mutating func type(_ digit: Int, of steps: Int) {
        typed = (1...max(1, steps)).contains(typed * 10 + digit) ? typed * 10 + digit : digit
        // The card stands before the first step.
        if (1...max(1, steps)).contains(typed) { index = typed } else { typed = 0 }
    }
}

extension LessonState {
    /// Every page, in order.
    var pages: [Page] { [.card] + lesson.steps.indices.map(Page.step) + [.summary] }
}

extension App {
    mutating func openOutline() {
        guard let lesson else { return }
        pause()
        overlay = .outline(OutlineState(index: lesson.pages.firstIndex(of: lesson.page) ?? 0))
    }

    mutating func press(_ key: Key, in outline: OutlineState) {
        guard let lesson else { return overlay = nil }
        if case .character(let character) = key, character.isASCII, let digit = character.wholeNumberValue {
            var outline = outline
            outline.type(digit, of: lesson.lesson.steps.count)
            return overlay = .outline(outline)
        }
        let last = lesson.pages.count - 1
        func move(to index: Int) { overlay = .outline(OutlineState(index: min(max(0, index), last))) }
        switch KeyMap.command(for: key) {
        case .up, .scrollUp: move(to: outline.index - 1)
        case .down, .scrollDown: move(to: outline.index + 1)
        case .pageUp: move(to: outline.index - 10)
        case .pageDown: move(to: outline.index + 10)
        case .toStart: move(to: 0)
        case .toEnd: move(to: last)
        case .language: language = language.other
        case .confirm:
            overlay = nil
            changeLesson { $0.open(lesson.pages[outline.index]) }
        default: overlay = nil
        }
    }
}
