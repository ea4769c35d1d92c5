import Scenario
import TerminalKit

/// What the menu says of the chosen lesson: how far the student is, what it builds on, and its card.
struct MenuCover {
    var lesson: LessonCover
    var course: CourseProgress
    var needs: Course
    var language: Language
    var glyphs: Glyphs

    func groups(width: Int) -> [MarkdownRenderer.Group] {
        var lines = state.flatMap { $0.wrapped(to: width) }
        if let advice { lines += advice.wrapped(to: width) }
        return [MarkdownRenderer.Group(lines: lines)]
            + CardView.groups(lesson.card, language, glyphs, width: width)
    }

    private var own: LessonProgress { course.progress.lessons[lesson.id] ?? LessonProgress() }

    private var state: [StyledText] {
        guard course.isStarted(lesson) else {
            return [StyledText("\(Words.steps(lesson.steps.count)(language)), \(Words.notStarted(language))", .muted)]
        }
        var lines: [StyledText] = []
        if own.isFinished {
            lines.append(StyledText("\(glyphs[.ok]) \(Words.lessonFinished(language).capitalizedFirst)", Style(.ok)))
        } else if let step = course.step(in: lesson) {
            let place = Words.stepPlace(step + 1, of: lesson.steps.count)(language).capitalizedFirst
            lines.append(StyledText("\(place): \(lesson.steps[step].title(language))", Style(.accent)))
            let done = Words.stepsDone(course.done(in: lesson), of: lesson.steps.count)(language)
            lines.append(StyledText(done.capitalizedFirst, .muted))
        }
        if !own.answers.isEmpty {
            let score = Words.predictions(
                right: own.rightAnswers, answered: own.answers.count, of: lesson.predictionCount)(language)
            lines.append(StyledText(score.capitalizedFirst, .muted))
        }
        if lesson.challengeCount > 0 {
            let reached = lesson.steps.count { $0.kind == .challenge && own.passed.contains($0.id) }
            let score = Words.challenges(passed: reached, of: lesson.challengeCount)(language)
            lines.append(StyledText(score.capitalizedFirst, .muted))
        }
        return lines
    }

    /// Advice, not a lock: whoever knows it already goes on.
    private var advice: StyledText? {
        let missing = course.missing(for: lesson, in: needs)
        if !missing.isEmpty {
            return StyledText("\(Words.takeFirst(language)) \(list(missing))", Style(.warn))
        }
        let built = needs.needs(of: lesson.id, among: course.lessons)
        return built.isEmpty ? nil : StyledText("\(Words.buildsOn(language)) \(list(built))", .muted)
    }

    private func list(_ lessons: [LessonCover]) -> String {
        lessons.map { "\($0.number) \($0.title(language))" }.joined(separator: ", ")
    }
}
