import Scenario
import TerminalKit

extension MenuView {
    /// The menu in sentences: how far the student is, then what can be opened.
    var spoken: [String] {
        let total = menu.lessons.count
        guard total > 0 else { return [Words.noLessons(language)] }
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

    /// What a search has found; of one that looks for nothing yet, that it is there.
    var spokenSearch: [String] {
        guard let search = menu.search else { return [] }
        if search.field.text.isEmpty { return ["\(Words.search(language))."] }
        guard !search.hits.isEmpty else { return [Words.nothingFound(language)] }
        let told = search.hits.prefix(Self.mostTold).enumerated().map { "\($0 + 1) \(spoken($1))." }
        let rest = search.hits.count - told.count
        let more = rest > 0 ? [language.text("And \(rest) more.", "Y \(rest) más.")] : []
        return ["\(Words.found(search.hits.count)(language))."] + told + more
    }

    /// More of what was found are not told in one go.
    static let mostTold = 20

    private func spoken(_ hit: SearchHit) -> String {
        guard let lesson = hit.lesson else { return "\(hit.text), \(Words.glossaryTerm(language))" }
        let name = "\(language.text("lesson", "lección")) \(lesson.number), \(lesson.title(language))"
        return switch hit.place {
        case .title, .term: name
        case .step(let step): "\(name), \(Words.step(language)) \(step + 1): \(hit.text)"
        case .card: "\(name): \(hit.text)"
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
