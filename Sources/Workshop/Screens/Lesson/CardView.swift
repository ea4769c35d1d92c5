import Scenario
import TerminalKit

/// The cover of a lesson: what it teaches, how long it takes, what its model leaves out.
struct CardView {
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    func page(in area: Rect) -> TextPage {
        let lesson = state.lesson
        return TextPage(
            title: "\(lesson.number) \(lesson.title(language))", note: "\(lesson.minutes) \(Words.minutes(language))",
            groups: Self.groups(lesson.card, language, glyphs, width: TextPage.width(in: area)), page: state.textPage)
    }

    /// What stands on the card; the menu shows it too.
    static func groups(
        _ card: LessonCard, _ language: Language, _ glyphs: Glyphs, width: Int
    ) -> [MarkdownRenderer.Group] {
        let parts: [(LocalizedText, [LocalizedText])] = [
            (Words.learn, card.learn), (Words.watchFor, card.watch), (Words.modelled, card.models),
            (Words.omitted, card.omits),
        ]
        return parts.filter { !$0.1.isEmpty }.flatMap { title, items in
            [MarkdownRenderer.Group.heading(title(language))]
                + items.map { item in
                    let text = StyledText("\(glyphs[.bullet]) ", .muted) + StyledText(item(language))
                    return MarkdownRenderer.Group(lines: text.wrapped(to: width, hanging: 2), isApart: false)
                }
        }
    }
}
