import Scenario
import TerminalKit

extension MenuView {
    /// The menu in sentences: how far the student is, then what can be opened.
    var spoken: [String] {
        let total = menu.lessons.count
        guard total > 0 else { return [Words.noLessons(language)] }
        if let search = menu.search { return spoken(search) }
        let rows = menu.rows.map { row in
            switch row {
            case .heading(let title): "\(title(language)):"
            case .lesson(let lesson): "\(spokenName(of: lesson)), \(spokenStatus(of: lesson))."
            case .coming(let lesson): "\(lesson.number) \(lesson.title(language)), \(Words.toCome(language))."
            case .sandbox: "\(SandboxWords.sandbox(language)): \(SandboxWords.aboutIt(language))"
            }
        }
        return ["\(Words.finished(course.finished, of: total)(language))."] + rows
    }

    private func spoken(_ search: MenuSearch) -> [String] {
        guard !search.hits.isEmpty else { return [Words.nothingFound(language)] }
        return ["\(Words.found(search.hits.count)(language))."]
            + search.hits.map { hit in
                hit.lesson.map { "\($0.number) \($0.title(language)): \(hit.text)." } ?? "\(hit.text)."
            }
    }

    /// With the number that opens it first.
    private func spokenName(of lesson: LessonCover) -> String {
        let number = zip(menu.lessons, menu.spokenNumbers).first { $0.0.id == lesson.id }?.1 ?? lesson.number
        let title = "\(lesson.number) \(lesson.title(language))"
        return number == lesson.number ? title : "\(number) \(language.text("lesson", "lección")) \(title)"
    }

    private func spokenStatus(of lesson: LessonCover) -> String {
        if progress.lessons[lesson.id]?.isFinished == true { return Words.lessonFinished(language) }
        guard course.isStarted(lesson) else { return "\(lesson.minutes) \(Words.minutes(language))" }
        return Words.stepsDone(course.done(in: lesson), of: lesson.steps.count)(language)
    }
}
