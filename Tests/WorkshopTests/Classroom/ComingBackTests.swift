import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Those who follow, when their connection is lost and there again. The lesson then comes once more, and so does what
/// the presenter shows.
@Suite struct ComingBackTests {
    private let lesson: Lesson
    private let presenter: Student
    private let follower: Student

    init() throws {
        lesson = try RehearsalLesson.make()
        presenter = Student(lesson, size: Size(width: 120, height: 40), presenter: PresenterState()).at("turn")
        follower = Student(lesson, follows: true).at(nil)
    }

    private func show() throws { follower.send(.followed(try #require(LessonSnapshot(presenter.app)))) }

    private func lose() { follower.send(.instructorLost(.connection)) }

    private func find() { follower.send(.instructorLost(nil)) }

    /// What a new connection brings first.
    private func hearAll() throws {
        follower.send(.opened(.success(lesson))).send(.glossary(.success(Glossary())))
        try show()
    }

    @Test func theLessonThatComesAgainIsShownWhereThePresenterIs() throws {
        presenter.press("space").wait(.milliseconds(300)).press("1 space")
        try show()
        lose()
        find()
        follower.expect(page: "turn").send(.opened(.success(lesson))).expect(page: "turn").expect(changes: 1)
        try hearAll()
        follower.expect(page: "turn").expect(text: "live")
        #expect(follower.digest == presenter.digest)
        #expect(follower.app.virtualTime == presenter.app.virtualTime)
    }

    /// An author who presents saves a file.
    @Test func aLessonThatIsEditedIsShownWhereThePresenterIs() throws {
        presenter.press("o")
        try show()
        var edited = lesson
        edited.title = LocalizedText(en: "Edited", es: "Editada")
        follower.send(.opened(.success(edited))).expect(page: "turn").expect(text: "Edited")
        #expect(follower.app.overlay.flatMap { LessonSnapshot.Over($0) } == .outline(5))
    }

    @Test func whatWasShownMeanwhileIsShown() throws {
        try show()
        lose()
        presenter.press("n")
        find()
        follower.expect(page: "turn")
        try show()
        follower.expect(page: "faster")
    }

    @Test func whoExploresIsNotTornBack() throws {
        try show()
        follower.press("D + n").expect(page: "faster")
        lose()
        find()
        try hearAll()
        follower.expect(page: "faster").expect(text: "on your own")
        follower.press("D").expect(page: "turn").expect(changes: 0)
    }

    @Test(arguments: ["D", "+"]) func whoSetsOutMeanwhileIsNotTornBack(key: String) throws {
        try show()
        lose()
        follower.press(key)
        let changes = follower.changes
        find()
        try hearAll()
        follower.expect(text: "on your own since").expect(changes: changes.count)
        follower.press("D").expect(text: "live").expect(changes: 0)
    }

    /// Pages that were turned stay turned, and so does what was opened to be read.
    @Test func whoReadsKeepsTheirPlace() throws {
        let lesson = try TaughtLesson.shared("circuit-breaker").lesson
        let step = try #require(
            lesson.steps.first { step in
                Student(lesson).at(step.id).press("pagedown").app.lesson?.textPage == 1
            })
        let presenter = Student(lesson, presenter: PresenterState()).at(step.id)
        let reader = Student(lesson, follows: true).at(nil)
        let snapshot = try #require(LessonSnapshot(presenter.app))
        reader.send(.glossary(.success(Glossary()))).send(.followed(snapshot)).press("pagedown i")
        reader.send(.instructorLost(.connection)).press("r").send(.instructorLost(nil)).send(.followed(snapshot))
        reader.expect(text: "Glossary").press("escape escape").expect(page: step.id).expect(text: "live")
        #expect(reader.app.lesson?.textPage == 1)
        reader.send(.instructorLost(.connection)).press("pageup").send(.instructorLost(nil)).expect(text: "live")
        #expect(reader.app.lesson?.textPage == 0)
    }

    @Test func whatThePresenterHasOverTheLessonIsStillTheirs() throws {
        presenter.press("o")
        try show()
        lose()
        find()
        try show()
        follower.expect(text: "Summary").press("escape")
        lose()
        find()
        try show()
        #expect(follower.app.overlay == nil, "it was put away")
        presenter.press("escape")
        try show()
        presenter.press("S")
        try show()
        lose()
        find()
        presenter.press("escape")
        try show()
        #expect(follower.app.overlay == nil)
    }

    @Test func theHandsAreBack() throws {
        presenter.at("both").press("1 2 2 2")
        try show()
        follower.expect(text: "75")
        lose()
        follower.expect(noText: "75")
        find()
        follower.expect(text: "75")
    }
}
