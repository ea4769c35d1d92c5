// A clicker has two keys. They take a lesson from its cover to its end, one thing at a time.
extension App {
    /// The next page of the text, then the answer, then the picture, then the next step.
    mutating func clickOn() {
        guard let state = lesson else { return }
        let pages = presenterView(of: state)?.textPageCount(on: size) ?? 1
        if !state.isPictured, state.textPage + 1 < pages {
            changeLesson { $0.turnText(1) }
        } else if state.isAsking, tally?.isRevealed != true {
            _ = count(.enter)
        } else if !state.isPictured, !state.isAsking, !state.panels.isEmpty {
            changeLesson { $0.showPicture() }
        } else if state.page == .summary {
            refuse(Words.endOfTeaching)
        } else {
            changeLesson { $0.nextPage() }
        }
    }

    /// The page before, then the step before.
    mutating func clickBack() {
        guard let state = lesson else { return }
        if state.isPictured, !state.opensWithPicture {
            changeLesson { $0.focus = .text }
        } else if !state.isPictured, state.textPage > 0 {
            changeLesson { $0.turnText(-1) }
        } else if state.page == .card {
            refuse(Refusal.beginning.text)
        } else {
            changeLesson { $0.previousPage() }
        }
    }
}

extension LessonState {
    /// Whether the step begins with its picture, and its text is to be asked for.
    fileprivate var opensWithPicture: Bool {
        if case .watch = step?.kind { true } else { false }
    }
}
