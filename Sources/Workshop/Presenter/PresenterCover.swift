import Scenario
import TerminalKit

/// What stands on the screen while the class comes in: the lesson, what it teaches, how to follow.
struct PresenterCover {
    var state: LessonState
    var sharing: PresenterState.Sharing?
    var language: Language
    var glyphs: Glyphs

    func groups(width: Int) -> [MarkdownRenderer.Group] {
        let lesson = state.lesson
        let minutes = "\(lesson.minutes) \(Words.minutes(language))"
        var groups = [
            MarkdownRenderer.Group(lines: [
                StyledText("\(lesson.number)  \(lesson.title(language))", Style(.accent, .bold)),
                StyledText(Words.tagline(language), .muted).truncated(to: width, ellipsis: glyphs.ellipsis),
            ])
        ]
        groups.append(.heading("\(Words.together(language)) \(glyphs.separator) \(minutes)"))
        for item in lesson.card.learn {
            let text = StyledText("\(glyphs[.bullet]) ", .muted) + StyledText(item(language))
            groups.append(MarkdownRenderer.Group(lines: text.wrapped(to: width, hanging: 2)))
        }
        return groups + Self.invitation(sharing, language, width: width)
    }

    /// How to follow, to be copied by hand.
    private static func invitation(
        _ sharing: PresenterState.Sharing?, _ language: Language, width: Int
    ) -> [MarkdownRenderer.Group] {
        guard let sharing else { return [] }
        let command = StyledText("ensayo follow \(sharing.address) --code \(sharing.code)", Style(.accent, .bold))
        return [
            .heading(Words.followAlong(language)),
            MarkdownRenderer.Group(lines: command.wrapped(to: width)),
        ]
    }
}
