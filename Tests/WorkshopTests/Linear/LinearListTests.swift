import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Lists that are not only numbers: steps, terms, what a search finds, a moment of the run.
@Suite struct LinearListTests {
    /// What is said after each line, and what it came to.
    private func hear(
        _ lines: [String], in id: String? = nil, at step: String? = nil, _ language: Language = .english
    ) throws -> (said: [String], app: App) {
        let shelf = LinearCourseTests.Shelf()
        var app = App(
            lessons: try shelf.library.entries.map { try shelf.library.cover($0) }, progress: Workshop.Progress(),
            language: language, size: Size(width: 80, height: 24), settings: DisplaySettings(glyphs: .ascii))
        let effects = try id.map { app.open(try shelf.library.load($0), at: step) } ?? []
        var said: [[String]] = [[]]
        var rest = lines[...]
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: shelf,
            read: { _ in
                said.append([])
                return rest.popFirst().map(LinearEvent.line) ?? .end
            },
            write: { said[said.count - 1] += $0 })
        loop.run(effects)
        return (said.map(\.text), loop.app)
    }

    // MARK: Steps

    @Test func aStepIsGoneToByItsNumberOrItsTitle() throws {
        let lesson = try LinearCourseTests.Shelf().library.load("retry")
        for language in Language.allCases {
            let title = lesson.steps[6].title(language)
            for line in ["7", language.text("step 7", "paso 7"), title, title.lowercased()] {
                let (said, app) = try hear(["o", line], in: "retry", language)
                #expect(app.lesson?.page == .step(6), "\(line): \(said)")
                #expect(said[2].contains(Speech.said([title], language)[0]), "\(said[2])")
            }
        }
        let (said, app) = try hear(["outline", "99", "summary"], in: "retry")
        #expect(said[1].contains("7, ") && said[1].contains("Type a step's number"), "\(said[1])")
        #expect(said[2].hasPrefix("The list has no 99."), "\(said[2])")
        #expect(app.lesson?.page == .summary)
    }

    // MARK: Terms

    @Test func aTermIsShownByItsNameItsBeginningAndALink() throws {
        let (said, app) = try hear(["glossary", "retry budget", "idempo", "1", "lesson 4", "where"])
        #expect(said[1].contains("Type a term, or its beginning"), "\(said[1])")
        #expect(said[2].hasPrefix("Retry budget: "), "\(said[2])")
        #expect(said[3].hasPrefix("Idempotent: "), "\(said[3])")
        #expect(said[4].hasPrefix("Retry: "), "\(said[4])")
        #expect(app.lesson?.lesson.id == "retry", "\(said[5])")
        #expect(said[6].hasPrefix("Lesson 4, Retry."))
    }

    @Test func theGlossaryIsClosedFromAnywhere() throws {
        let (said, app) = try hear(["glosario", "reintento", "1", "cerrar"], .spanish)
        #expect(app.overlay == nil, "\(said)")
        #expect(said[2].hasPrefix("Reintento: "), "\(said[2])")
        #expect(!said.joined().contains("a-z") && !said.joined().contains("esc volver"))
    }

    // MARK: Searches

    @Test func whatASearchFindsIsChosenByNumber() throws {
        let (said, app) = try hear(["find", "idempotency", "2"])
        #expect(said[1].contains("Search.") && said[1].contains("Type words to find"), "\(said[1])")
        #expect(said[2].contains("2 found. 1 idempotent, term. 2 lesson 4, Retry"), "\(said[2])")
        #expect(app.lesson?.lesson.id == "retry")
    }

    @Test func aSearchThatFindsNothingIsDoneAgain() throws {
        let (said, app) = try hear(["find", "gobbledygook", "cache", "close"])
        #expect(said[2].hasPrefix("Nothing found"), "\(said[2])")
        #expect(said[3].contains(" found. 1 lesson "), "\(said[3])")
        if case .menu(let menu) = app.screen { #expect(menu.search == nil) } else { Issue.record("\(said)") }
    }

    @Test func aMomentIsTypedAndMendedWhereThereIsNone() throws {
        let lesson = try LinearCourseTests.Shelf().library.load("retry")
        let step = lesson.steps.first { step in
            if case .predict = step.kind { return false }
            return !step.stage.panels.isEmpty
        }
        let (said, app) = try hear([":", "gobbledygook", "0.1s"], in: "retry", at: try #require(step).id)
        #expect(said[1].contains("Go to.") && said[1].contains("Type 12.5s, #257"), "\(said[1])")
        #expect(said[2].contains("Nothing like this comes after the cursor."), "\(said[2])")
        #expect(app.overlay == nil && app.virtualTime == .zero.advanced(by: .milliseconds(100)), "\(said[3])")
    }
}
