import TerminalKit

/// The text on a lesson's screen, whichever page it is: what it says and where it stands.
struct LessonTextView {
    let page: TextPage
    let area: Rect

    /// `nil` where no text is shown.
    init?(_ state: LessonState, _ layout: LessonLayout, _ language: Language, _ glyphs: Glyphs) {
        switch state.page {
        case .card:
            area = layout.body
            page = CardView(state: state, language: language, glyphs: glyphs).page(in: area)
        case .summary:
            area = layout.body
            page = SummaryView(state: state, language: language, glyphs: glyphs).page(in: area)
        case .step:
            guard let step = state.step else { return nil }
            if state.isAsking, case .predict(let prediction) = step.kind {
                area = PredictionView.area(in: layout.body)
                if let tally = state.tally {
                    page = TallyText(state: state, tally: tally, language: language, glyphs: glyphs)
                        .page(step, in: area)
                } else {
                    page = PredictionView(state: state, language: language, glyphs: glyphs)
                        .page(step, prediction, in: area)
                }
            } else {
                guard !layout.text.isEmpty, !state.isShowingFutures else { return nil }
                area = layout.text
                page = StepTextView(state: state, language: language, glyphs: glyphs).page(step, in: area)
            }
        }
    }

    var pageCount: Int { page.pageCount(in: area) }

    /// The page that a heading stands on.
    func page(of heading: String) -> Int? { page.page(of: heading, in: area) }
}
