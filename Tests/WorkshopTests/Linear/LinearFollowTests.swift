import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Those who follow by ear: a student, and the presenter's own notes.
@Suite struct LinearFollowTests {
    private func presenter(_ lesson: Lesson) -> Student { Student(lesson, presenter: PresenterState()).at(nil) }

    private func shown(_ presenter: Student) throws -> ClassListener.Entry {
        .message(.followed(try #require(LessonSnapshot(presenter.app))))
    }

    private func noted(_ presenter: Student) throws -> ClassListener.Entry {
        .message(.noted(try #require(NotesSnapshot(presenter.app))))
    }

    private let settle = ClassListener.Entry.wait(.seconds(2))

    // MARK: A student

    @Test func whatThePresenterShowsIsTold() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson)
        let follower = ClassListener(lesson)
        var entries = [try shown(presenter.at("look")), settle]
        entries += [try shown(presenter.press("right right")), settle]
        entries += [try shown(presenter.press("n 1 2 2")), settle, try shown(presenter.press("enter")), settle]
        entries += [try shown(presenter.press("b")), settle, try shown(presenter.press("b")), settle]
        let said = follower.hear(entries)
        #expect(said[0].contains("You follow the presenter: what they show is told here."))
        #expect(said[2].text.contains("Step 2 of 6, watch: Look. Watch the first arrow."), "\(said[2])")
        #expect(said[4].text.contains("fast") && said[4].text.contains("At 0."), "\(said[4])")
        #expect(said[6].text.contains("Two calls, one slot. How long? Answer 1: 40 ms. Answer 2: 80 ms."))
        #expect(said[8].text.contains("The run says: 80 ms. Answer 2 is right, 2 hands of 3."), "\(said[8])")
        #expect(said[10] == ["The presenter's screen is dark for a moment."])
        #expect(said[12] == ["The presenter's screen is back."])
    }

    @Test func handsAreHeardAsTheyAreCounted() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("both")
        let follower = ClassListener(lesson)
        let said = follower.hear([
            try shown(presenter), settle, try shown(presenter.press("1")), try shown(presenter.press("2 2")), settle,
        ])
        #expect(said[5].isEmpty || said[4].isEmpty)
        #expect((said[3] + said[4] + said[5]).suffix(2) == ["Answer 1: 1 hand.", "Answer 2: 2 hands."])
    }

    /// Ten snapshots a second for a minute of a run that plays, and of a presenter who scrolls to and fro.
    @Test(arguments: [true, false])
    func muchIsToldAsLittle(isPlaying: Bool) throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn").press("- - -")
        if isPlaying { presenter.press("space") }
        let follower = ClassListener(lesson)
        var entries = [try shown(presenter)]
        for turn in 0..<600 {
            if isPlaying {
                presenter.wait(.milliseconds(100))
            } else {
                presenter.press(turn % 7 < 4 ? "right" : "left")
            }
            entries += [try shown(presenter), .wait(.milliseconds(100))]
        }
        let said = follower.hear(entries + [settle])
        let passages = said.dropFirst().filter { !$0.isEmpty }.count
        #expect(passages > 1)
        #expect(passages <= (isPlaying ? 12 : 62), "\(passages)")
        #expect(follower.last.lesson?.player?.cursor == presenter.player?.cursor)
        #expect(follower.wakes < 600 * 6, "it sleeps while nothing comes")
    }

    @Test func onesOwnWayBeginsHereAndLeadsBack() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("look").press("space").wait(.milliseconds(200))
        let follower = ClassListener(lesson)
        let said = follower.hear([
            try shown(presenter), settle, .line("n"), .line("1"), .line("2"), .line("n"), .line("?"),
            try shown(presenter.press("space n")), settle, .line("8"), .line("?"),
        ])
        #expect(said[3] == ["The presenter steers. D goes on alone from here."])
        #expect(said[4].text.contains("On your own since 0."), "\(said[4])")
        #expect(said[4].text.contains("1 play on. 2 one event forward. 3 next step."), "\(said[4])")
        #expect(said[4].text.contains("8 back to the presenter."), "\(said[4])")
        #expect(said[5].text.contains("At 0."), "\(said[5])")
        #expect(said[6].text.contains("Step 3 of 6"), "\(said[6])")
        #expect(said[8].isEmpty && said[9].isEmpty, "who is on their own is left alone")
        #expect(follower.last.follower?.isLive == (said[7].text.contains("8 back to the presenter.")))
    }

    @Test func theEndOfThePresentationIsToldAndTheLessonStays() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("look")
        let follower = ClassListener(lesson, language: .spanish)
        let said = follower.hear([
            try shown(presenter), settle, .message(.instructorLost(.connection)), settle,
            .message(.instructorLost(nil)), settle, .message(.instructorLost(.ended)), settle, .line("3"),
        ])
        #expect(said[4].text.contains("Se perdió la conexión, reintentando."), "\(said[4])")
        #expect(said[6].text.contains("Vuelve a haber conexión."), "\(said[6])")
        #expect(said[8].text.contains("La presentación ha terminado."), "\(said[8])")
        #expect(said[8].text.contains("3 paso siguiente."), "\(said[8])")
        #expect(said[9].text.contains("Paso 3 de 6"), "\(said[9])")
    }

    // MARK: Notes

    @Test func notesAreToldAtEachStepAndNotForTheClock() throws {
        let lesson = try RehearsalLesson.make(
            english: RehearsalLesson.english.replacing(
                "Watch the first arrow.", with: "Watch the first arrow.\n\n<!-- notes: Ask what comes first. -->"))
        let presenter = presenter(lesson).at("look").send(.clock(.zero))
        let notes = ClassListener(lesson, readsNotes: true)
        var entries = [try shown(presenter), try noted(presenter), settle]
        for second in 1...50 { entries += [try noted(presenter.send(.clock(.seconds(second)))), .wait(.seconds(1))] }
        let said = notes.hear(entries + [.line("2")])
        let first = said[1...3].joined().map(\.self).text
        #expect(first.contains("Step 2 of 6, watch: Look."), "\(first)")
        #expect(first.contains("Ask what comes first. Next: Both. Two calls, one slot. How long?"), "\(first)")
        #expect(first.contains("This step: 0 seconds of 1 minute."), "\(first)")
        #expect(said[4..<104].joined().isEmpty, "the clock ticks in silence")
        #expect(said[104].first == "This step: 50 seconds of 1 minute.")
    }

    @Test func theAnswerTheHandsAndThePassedBudgetAreTold() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("both").send(.clock(.zero))
        let notes = ClassListener(lesson, readsNotes: true)
        var entries = [try shown(presenter), try noted(presenter), settle]
        entries += [try shown(presenter.press("1 2 2")), settle]
        entries += [try noted(presenter.send(.clock(.seconds(200)))), settle]
        entries += [try noted(presenter.send(.clock(.seconds(210)))), settle]
        entries += [try shown(presenter.press("enter")), settle]
        let said = notes.hear(entries)
        #expect(said[1...3].joined().contains("The run says: 80 ms, answer 2; not shown yet."), "\(said)")
        #expect(said[5] == ["Answer 1: 1 hand.", "Answer 2: 2 hands."])
        #expect(said[7].first?.hasPrefix("Over budget: this step was") == true, "\(said[7])")
        #expect(said[9] == [])
        #expect(said[11].first == "The answer is shown.", "\(said[11])")
    }

    @Test func notesEndWithThePresentationAndSayWhy() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("look")
        let notes = ClassListener(lesson, language: .spanish, readsNotes: true)
        let said = notes.hear([
            try shown(presenter), try noted(presenter), settle, .message(.instructorLost(.ended)), settle,
            .line("never read"),
        ])
        #expect(said[5].last == "La presentación ha terminado.", "\(said)")
        #expect(said.count == 6)
    }
    // MARK: Without a keyboard

    /// The end of the input is no wish to leave what only tells.
    @Test func withoutInputItIsToldToTheEnd() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson)
        let entries = [
            .endOfInput, try shown(presenter.at("look")), settle, .message(.instructorLost(.connection)), settle,
            .message(.instructorLost(nil)), try shown(presenter.press("n")), settle, .message(.instructorLost(.ended)),
            settle,
        ]
        let follower = ClassListener(lesson).hear(entries)
        #expect(Array(follower.joined()).text.contains("Step 2 of 6, watch: Look."))
        #expect(Array(follower.joined()).text.contains("Two calls, one slot."))
        #expect(follower.count == 10, "it left when it was over: nothing was read after that")
        let notes = ClassListener(lesson, readsNotes: true).hear(entries)
        #expect(Array(notes.joined()).text.contains("Step 3 of 6") && notes.count <= 11, "\(notes)")
    }

    /// Whoever has gone on alone hears nothing more by itself.
    @Test func whoIsAloneLeavesWithTheInput() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson)
        let said = ClassListener(lesson).hear([
            try shown(presenter.at("look")), settle, .line("D"), .endOfInput, .line("never read"),
        ])
        #expect(said.count == 5)
    }
}
