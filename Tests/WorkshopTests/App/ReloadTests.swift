import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The open lesson is edited while it is shown.
@Suite struct ReloadTests {
    let student: Student

    init() throws { student = try Student().at("look") }

    private func edit(_ old: String, _ new: String) throws -> Lesson {
        try RehearsalLesson.make(
            yaml: RehearsalLesson.yaml.replacing(old, with: new),
            english: RehearsalLesson.english.replacing(old, with: new))
    }

    @Test func anEditedSentenceIsShownWithoutLosingThePlace() throws {
        student.press("]").press("z").press("z").send(
            .reloaded(.success(try edit("the first arrow", "the last arrow")))
        )
        .expect(text: "the last arrow").expect(page: "look").expect(cursor: "500ms")
        #expect(student.app.lesson?.focus == .panel(.sequence))
        student.press("right")
        #expect(student.player?.selection.event != nil)
    }

    @Test func theStepThatWasEditedIsOpened() throws {
        student.send(.reloaded(.success(try edit("Turn the knob", "Turn that knob")))).expect(page: "turn")
            .expect(text: "Turn that knob").send(.reloaded(.success(try RehearsalLesson.make()))).press("p p p")
            .send(.reloaded(.success(try edit("[ 40ms, 80ms ]", "[ 40ms, 80ms, 90ms ]")))).expect(page: "both")
            .expect(text: "90 ms")
    }

    /// Lines that move are no edit of the steps below.
    @Test func aNewParagraphIsAnEditOfItsStepAlone() throws {
        student.at("turn").send(.reloaded(.success(try edit("## both\n", "## both\n\nThis is new.\n"))))
            .expect(page: "both").expect(text: "This is new.")
    }

    /// A lesson that is waited for opens at the step that was asked for, once.
    @Test func theStepThatWasAskedForIsOpenedWhenTheLessonCanBeRead() throws {
        let lesson = try RehearsalLesson.make()
        var app = App(
            lessons: [lesson.cover], progress: Progress(), language: .english, size: Size(width: 80, height: 24),
            settings: DisplaySettings())
        app.openNext(at: "turn")
        _ = app.update(.opened(.failure(ScenarioError(problems: []))))
        #expect(app.lesson == nil)
        _ = app.update(.reloaded(.success(lesson)))
        _ = app.update(.opened(.success(lesson)))
        #expect(app.lesson?.pageName == "turn")
        _ = app.update(.key(.character("q")))
        _ = app.update(.opened(.success(lesson)))
        #expect(app.lesson?.step?.id == "turn", "where the student left it")
    }

    @Test func anEditedScenarioIsRunAgain() throws {
        let digest = try #require(student.digest)
        student.press("G").send(.reloaded(.success(try edit("seed: 7", "seed: 8")))).expect(page: "look")
        #expect(student.digest != digest)
        student.expect(cursor: "0s")
    }

    @Test func nothingEditedChangesNothing() throws {
        student.press("]")
        let before = student.app.view()
        student.send(.reloaded(.success(try RehearsalLesson.make())))
        #expect(student.app.view() == before)
    }

    @Test func aMistakeIsShownAndTheOldLessonStays() throws {
        let before = student.app.view()
        let mistake = #expect(throws: ScenarioError.self) { try edit("stop: 800ms", "stopp: 800ms") }
        student.send(.reloaded(.failure(try #require(mistake)))).expect(text: "lesson.yaml:").expect(text: "stopp")
        // Any key goes on with the lesson as it was, but for a badge; a mended file does so too.
        student.press("enter").expect(text: "1 problem: lesson.yaml:")
        student.expect(page: "look")
        student.send(.reloaded(.failure(try #require(mistake)))).send(.reloaded(.success(try RehearsalLesson.make())))
        #expect(student.app.view() == before)
    }

    @Test func aStepThatIsGoneGivesItsPlaceToAnother() throws {
        let yaml = RehearsalLesson.yaml.replacing("experiment: turn", with: "experiment: spin")
        let english = RehearsalLesson.english.replacing("## turn", with: "## spin")
        let spanish = RehearsalLesson.spanish.replacing("## turn", with: "## spin")
        let edited = try LessonReader.read(
            LessonSource(
                folder: RehearsalLesson.folder, yaml: Array(yaml.utf8), english: Array(english.utf8),
                spanish: Array(spanish.utf8)))
        student.at("turn").send(.reloaded(.success(edited))).expect(page: "spin").expect(text: "Turn the knob")
    }

    /// The menu, and the lesson opened from it, are those of the new file.
    @Test func theMenuKnowsTheNewLesson() throws {
        student.send(.reloaded(.success(try edit("en: Rehearsal,", "en: Dress rehearsal,")))).press("q")
            .expect(text: "Dress rehearsal").press("enter").expect(text: "Dress rehearsal")
    }

    @Test func theCardAndTheSummaryStayOpen() throws {
        let student = try Student().at(nil).send(.reloaded(.success(try RehearsalLesson.make()))).expect(page: "card")
        student.press("n", times: 7).send(.reloaded(.success(try RehearsalLesson.make()))).expect(page: "summary")
    }

    @Test func anotherLessonIsNotTouched() throws {
        let source = LessonSource(
            folder: "Lessons/09-small", yaml: Array(SmallLesson.yaml.utf8), english: Array(SmallLesson.english.utf8),
            spanish: Array(SmallLesson.spanish.utf8))
        student.send(.reloaded(.success(try LessonReader.read(source)))).expect(page: "look").expect(text: "Rehearsal")
    }
}
