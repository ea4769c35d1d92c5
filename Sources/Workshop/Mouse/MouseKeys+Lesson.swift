import TerminalKit

// The mouse in a lesson.
extension MouseKeys {
    func press(at point: Point, in state: LessonState) -> [Key] {
        let layout = LessonLayout(app.size, for: state)
        if !state.isAsking, let time = time(at: point, state, in: layout.timeline) { return time }
        if let choice = choice(at: point, state) { return [choice] }
        if let way = focus(at: point, state), !way.isEmpty { return way }
        return walk(to: point)
    }

    func wheel(isDown: Bool, at point: Point, in state: LessonState) -> [Key] {
        let layout = LessonLayout(app.size, for: state)
        if layout.panels.contains(where: { $0.rect.contains(point) }), let way = focus(at: point, state) {
            return way + scroll(isDown: isDown)
        }
        return state.isZoomed ? [] : [isDown ? .pageDown : .pageUp]
    }

    /// The choice of a prediction that stands there: its line begins with its number.
    private func choice(at point: Point, _ state: LessonState) -> Key? {
        guard state.isAsking, state.answer == nil, case .predict(let prediction) = state.step?.kind,
            case .choices(let choices) = prediction.form
        else { return nil }
        let line = text(1...(frame.size.width - 2), point.y)
        guard let word = line.split(separator: " ").first(where: { $0.contains { $0.isLetter || $0.isNumber } }),
            let number = Int(word), choices.indices.contains(number - 1)
        else { return nil }
        // Pressed again, it is the answer.
        if state.reply.choice == number - 1 { return .enter }
        return .character(Character(String(number)))
    }

    /// To the panel, or the text, that is there. `nil`: there is none.
    private func focus(at point: Point, _ state: LessonState) -> [Key]? {
        let layout = LessonLayout(app.size, for: state)
        guard !state.isAsking, !layout.panels.isEmpty else { return nil }
        if layout.text.contains(point) { return tabs(to: nil) }
        return layout.panels.first { $0.rect.contains(point) }.flatMap { tabs(to: $0.kind) }
    }

    // MARK: Before a class

    /// A hand for an answer, a moment of the run, another picture, something to select in this one.
    func pressAsPresenter(at point: Point, in state: LessonState) -> [Key] {
        if state.isAsking { return number(at: point).map { [$0] } ?? [] }
        guard state.isPictured else { return [] }
        let layout = PresenterLayout(app.size, for: state)
        if let time = time(at: point, state, in: layout.timeline) { return time }
        let others = state.panels.filter { $0 != state.focusedPanel }
        if !state.isShowingFutures, let other = zip(others, layout.companions).first(where: { $1.contains(point) }) {
            return tabs(to: other.0) ?? []
        }
        return layout.picture.contains(point) ? walk(to: point) : []
    }

    /// Scrolls a picture, and turns the pages of a text; it never leads to the next step.
    func wheelAsPresenter(isDown: Bool, in state: LessonState) -> [Key] {
        if state.isPictured { return scroll(isDown: isDown) }
        let pages = app.presenterView(of: state)?.textPageCount(on: app.size) ?? 1
        if isDown { return state.textPage + 1 < pages ? [.pageDown] : [] }
        return state.textPage > 0 ? [.pageUp] : []
    }
}
