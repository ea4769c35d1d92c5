import Foundation
import Scenario
import Testing

@testable import TerminalKit
@testable import Workshop

/// A student takes the whole course line by line, choosing by number, and hears everything.
@Suite struct LinearCourseTests {
    /// Files and progress in memory.
    final class Shelf: LoopDelegate {
        let library = LessonLibrary(folder: LessonSession.lessons)
        private(set) var progress = Workshop.Progress()

        func save(_ progress: Workshop.Progress) { self.progress = progress }
        func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
            do throws(ScenarioError) { return .success(try library.load(cover.id)) } catch { return .failure(error) }
        }
        func glossary() -> Result<Glossary, ScenarioError> { library.readGlossary() }
        func pressed(_ key: Key, in app: App) {}
        func resized(to size: Size, in app: App) {}
        func changes(in app: App) -> [Message] { [] }
        func pollInterval(in app: App) -> Duration? { nil }
    }

    /// Answers what it is asked, by number where there is a list.
    final class Listener {
        private var played: String?
        private(set) var lines = 0

        /// The next line, for what the workshop is like now; `nil`: it leaves.
        func line(for app: App) -> String? {
            lines += 1
            guard lines < 4000 else { return nil }
            guard let lesson = app.lesson else {
                guard case .menu(let menu) = app.screen,
                    let next = menu.lessons.firstIndex(where: { app.progress.lessons[$0.id]?.isFinished != true })
                else { return nil }
                return number(of: "lesson \(menu.lessons[next].number),", "lección \(menu.lessons[next].number),", app)
            }
            switch lesson.page {
            case .card: return "1"
            case .summary: return "q"
            case .step: return line(in: lesson, app)
            }
        }

        private func line(in lesson: LessonState, _ app: App) -> String {
            if lesson.isAsking, lesson.answer == nil, case .predict(let prediction) = lesson.step?.kind {
                if case .choices = prediction.form { return lesson.reply.choice == nil ? "1" : "sure" }
                return lesson.reply.typed.isEmpty ? "100" : "guess"
            }
            if played != lesson.pageName, lesson.player != nil, !lesson.isAsking, !lesson.panels.isEmpty {
                played = lesson.pageName
                return "1"
            }
            return number(of: "next step", "paso siguiente", app)
        }

        /// The number that the list says.
        private func number(of english: String, _ spanish: String, _ app: App) -> String {
            let label = app.language == .english ? english : spanish
            return String(LinearList(app).number(of: label, app.language) ?? 0)
        }
    }

    @Test(arguments: Language.allCases)
    func wholeCourse(_ language: Language) throws {
        let shelf = Shelf()
        let covers = try shelf.library.entries.map { try shelf.library.cover($0) }
        let app = App(
            lessons: covers, progress: Workshop.Progress(), language: language, size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        let listener = Listener()
        var said: [String] = []
        var now: () -> App = { app }
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: shelf,
            read: { _ in listener.line(for: now()).map(LinearEvent.line) ?? .end },
            write: { said += $0 })
        now = { loop.app }
        loop.run()
        #expect(listener.lines < 4000, "the listener is lost at \(loop.app.lesson?.pageName ?? "the menu")")
        for cover in covers { #expect(shelf.progress.lessons[cover.id]?.isFinished == true, "\(cover.id)") }
        #expect(said.allSatisfy { Text.width($0) < 80 })
        let drawn = said.filter { $0.contains(where: Speech.isDrawing) }
        #expect(drawn.isEmpty, "\(drawn.prefix(3))")
        // Every step of every lesson was announced.
        for cover in covers {
            let lesson = try shelf.library.load(cover.id)
            let text = said.joined().lowercased().filter { $0 != " " }
            for step in lesson.steps {
                let title = Speech.plain(step.title(language), language).lowercased().filter { $0 != " " }
                #expect(text.contains(title), "\(cover.id): \(title)")
            }
        }
    }
}
