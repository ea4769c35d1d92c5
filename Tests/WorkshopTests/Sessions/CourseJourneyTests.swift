import Foundation
import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// A student's whole course on the screen: every lesson from the menu by keys, and the way back the next day.
@Suite struct CourseJourneyTests {
    private let library = LessonFolders.library

    private func script(_ file: String) throws -> SessionScript {
        let path = "\(LessonFolders.lessons)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try SessionScript(bytes: text.utf8, file: path, files: .beside(path))
    }

    /// A lesson that is new in the course is taken, too, and in its place.
    @Test(arguments: ["course.replay", "curso.replay"]) func everyLessonIsTakenInOrder(file: String) throws {
        var taken: [String] = []
        for case .expect(.lesson(let id)) in try script(file).lines.map(\.action) where taken.last != id {
            taken.append(id)
        }
        #expect(taken == (try library.course()).parts.flatMap(\.lessons))
    }

    @Test(arguments: [("course.replay", Language.english), ("curso.replay", .spanish)])
    func theWholeCourse(file: String, language: Language) throws {
        let shelf = SessionShelf(library)
        let result = try SessionReplay.run(script(file), on: shelf, name: file, isWatched: false)
        for check in result.checks where check.failure != nil { Issue.record("\(check)") }
        let progress = result.app.progress
        #expect(progress.language == language)
        for entry in library.entries {
            let kept = try #require(progress.lessons[entry.id], "\(entry.id)")
            #expect(kept.isFinished, "\(entry.id)")
            let asked = try shelf.figures(of: entry.id).get().lesson.steps.filter { step in
                if case .predict = step.kind { true } else { false }
            }
            let missing = asked.map(\.id).filter { kept.answers[$0] == nil }
            #expect(missing.isEmpty, "\(entry.id): not predicted: \(missing)")
        }
        try expectTheSameTomorrow(result.app, shelf)
    }

    /// What is on disk is what the student comes back to.
    private func expectTheSameTomorrow(_ app: App, _ shelf: SessionShelf) throws {
        let folder = NSTemporaryDirectory() + "ensayo-course-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = ProgressStore(folder: folder)
        store.save(app.progress)
        let kept = ProgressStore(folder: folder).load()
        #expect(kept == app.progress)
        let tomorrow = App(
            lessons: shelf.covers, course: shelf.course, progress: kept, language: kept.language ?? .english,
            size: app.size, settings: app.settings)
        #expect(tomorrow.pageName == "menu")
        #expect(CourseProgress(lessons: shelf.covers, progress: kept).next == nil)
    }
}
