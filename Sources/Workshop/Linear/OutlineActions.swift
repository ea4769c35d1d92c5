import TerminalKit

extension OutlineState {
    /// Each step by its own number, or by its title; then the pages that have none.
    func linearActions(_ lesson: LessonState) -> [LinearAction] {
        lesson.pages.enumerated().map { place, page in
            let way = Key.arrows(from: index, to: place) + [.enter]
            switch page {
            case .card: return LinearAction(Words.card(.english), Words.card(.spanish), .keys(way))
            case .summary: return LinearAction(Words.summary(.english), Words.summary(.spanish), .keys(way))
            case .step(let step):
                let title = lesson.lesson.steps[step].title
                var action = LinearAction(
                    "step \(step + 1), \(title.en)", "paso \(step + 1), \(title.es)", .keys(way))
                (action.number, action.isTold) = (step + 1, true)
                return action
            }
        } + [LinearAction("close", "cerrar", .keys([.escape]))]
    }
}
