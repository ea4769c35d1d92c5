import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What an instructor has over the lesson, as those who follow see it.
@Suite struct OverTests {
    private let lesson: Lesson
    private let presenter: Student
    private let follower: Student

    init() throws {
        lesson = try RehearsalLesson.make()
        var progress = Progress()
        progress.lessons[lesson.id] = LessonProgress()
        progress.lessons[lesson.id]?.isFinished = true
        presenter = Student(
            lesson, size: Size(width: 120, height: 40), progress: progress, presenter: PresenterState()
        ).at("turn")
        follower = Student(lesson, language: .spanish, follows: true).at(nil)
        presenter.send(.glossary(.success(Self.glossary)))
        follower.send(.glossary(.success(Self.glossary)))
    }

    private static let glossary = Glossary(terms: [
        term("retry", "reintento", "Asking again.", "Volver a preguntar."),
        term("queue", "cola", "Calls that wait.", "Llamadas que esperan."),
    ])

    private static func term(_ name: String, _ spanish: String, _ means: String, _ meaning: String) -> Glossary.Term {
        Glossary.Term(
            id: name, name: LocalizedText(en: name, es: spanish),
            aliases: Glossary.Aliases(english: [], spanish: []), forms: Glossary.Aliases(english: [], spanish: []),
            meaning: LocalizedText(en: means, es: meaning), see: [], lessons: [])
    }

    /// The presenter presses keys, and it goes over the network.
    @discardableResult private func show(_ keys: String) throws -> Student {
        presenter.press(keys)
        let snapshot = try #require(LessonSnapshot(presenter.app))
        return follower.send(.followed(try #require(LessonSnapshot(bytes: snapshot.bytes))))
    }

    @Test func theReasonAndItsChainAreShown() throws {
        try show("space right right right right e down").expect(text: "Por qué")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
        try show("q").expect(noText: "Por qué")
    }

    @Test func theOutlineIsShownWithItsChoice() throws {
        try show("o up up").expect(text: "Ensayo general")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
        try show("enter").expect(page: "both")
        #expect(follower.app.overlay == nil)
    }

    @Test func theTermIsShownInTheStudentsLanguage() throws {
        try show("i r e t").expect(text: "Volver a preguntar.").expect(noText: "Llamadas que esperan.")
        follower.press("l")
        follower.expect(text: "Asking again.")
        try show("backspace backspace backspace q u").expect(text: "Calls that wait.")
        try show("escape escape").expect(noText: "Calls that wait.")
    }

    @Test func aTermOfAnotherGlossaryIsNotShown() throws {
        follower.send(.glossary(.success(Glossary())))
        try show("i")
        #expect(follower.app.overlay == nil)
    }

    @Test func theSheetIsShownAndCanBeReadOn() throws {
        try show("S").expect(text: "hoja de referencia")
        let first = follower.screen
        follower.press("down")
        #expect(follower.screen != first)
        // What was scrolled here stays until the instructor scrolls.
        follower.wait(.milliseconds(20)).expect(noText: "no such text")
        try show("down down").expect(text: "hoja de referencia")
        #expect(follower.app.overlay?.over == .sheet(2))
    }

    /// A fault to choose, a place to go to, the keys, the question whether to end: the class sees what comes of them.
    @Test(arguments: ["f", "F", ":", "?", "q"]) func theInstructorsOwnIsNotShown(key: String) throws {
        try show("space right right right")
        try show(key)
        #expect(presenter.app.overlay != nil)
        #expect(follower.app.overlay == nil)
    }

    @Test func whatIsShownTakesNoKeysOfTheStudent() throws {
        try show("space right right right e")
        let before = follower.app.virtualTime
        follower.press("down enter space n +").expect(page: "turn").expect(changes: 0)
        #expect(follower.app.virtualTime == before)
        try show("q o")
        follower.press("down down enter").expect(page: "turn")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
    }

    @Test func whatIsPutAwayStaysAwayUntilAnotherIsShown() throws {
        try show("o")
        follower.press("escape")
        #expect(follower.app.overlay == nil)
        try show("down")
        #expect(follower.app.overlay == nil)
        try show("escape")
        try show("o")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
    }

    @Test func aStudentsOwnGlossaryStaysOpenAndTheLiveRunGoesOn() throws {
        try show("space")
        follower.press("i").expect(text: "Glosario").expect(playing: true)
        try show("space o").expect(text: "Glosario")
        // A capital letter is a letter here, and leaves nobody alone.
        follower.press("D")
        #expect(follower.app.follower?.isLive == true)
        follower.press("escape escape").expect(noText: "Glosario")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
    }

    @Test func whoDetachesKeepsItWithItsKeys() throws {
        try show("o")
        follower.press("D up enter").expect(page: "number")
        #expect(follower.app.overlay == nil)
        follower.press("i D escape escape").expect(page: "number")
        follower.press("D").expect(page: "turn")
        #expect(follower.app.overlay?.over == presenter.app.overlay?.over)
    }

    @Test func nothingIsSeenOnADarkScreen() throws {
        try show("o")
        var dark = try #require(LessonSnapshot(presenter.app))
        dark.isBlack = true
        follower.send(.followed(dark)).expect(text: "a oscuras")
        #expect(follower.app.overlay == nil)
    }

    @Test func senselessOnesAreRefused() throws {
        let good = try #require(LessonSnapshot(presenter.app))
        for over in [
            LessonSnapshot.Over.outline(-1), .sheet(.max), .why(event: 1, place: -1),
            .term(String(repeating: "x", count: 501)),
        ] {
            var bad = good
            bad.over = over
            #expect(LessonSnapshot(bytes: bad.bytes) == nil)
        }
        var far = good
        far.over = .outline(9_999)
        follower.send(.followed(far)).expect(text: "Resumen")
        far.over = .why(event: .max, place: 3)
        follower.send(.followed(far)).expect(text: "Por qué")
    }
}

extension App.Overlay {
    fileprivate var over: LessonSnapshot.Over? { LessonSnapshot.Over(self) }
}
