import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// An instructor who teaches by ear.
@Suite struct LinearPresentTests {
    private func teacher(
        at step: String? = nil, language: Language = .english, sharing: PresenterState.Sharing? = nil,
        script: String? = nil
    ) throws -> ClassListener {
        let script = try script.map { try SessionScript(parsing: $0, file: "demo.replay") }
        return ClassListener(
            try RehearsalLesson.make(), language: language, at: step,
            presenter: PresenterState(script: script, sharing: sharing))
    }

    @Test func theAddressAndTheCodeAreSaidLetterByLetter() throws {
        let sharing = PresenterState.Sharing(address: "192.0.2.7:4747", code: "KXWQPT")
        let said = try teacher(sharing: sharing).hear("class", "1", "class")
        #expect(said[0].prefix(2) == ["Lesson 7, Rehearsal.", "About this lesson."])
        #expect(said[0].contains("Students follow with: ensayo follow 192.0.2.7:4747 --code KXWQPT"))
        #expect(said[0].contains("The code, letter by letter: K X W Q P T."))
        #expect(said[1].first == "Nobody follows.")
        #expect(said[2].text.contains("Step 1 of 6, read: Words. Only words stand here"))
        #expect(!said[2].text.contains("KXWQPT"), "it is said again only when it is asked for")
        #expect(said[3].contains("The code, letter by letter: K X W Q P T."))
    }

    @Test func thoseWhoComeAndGoAreCounted() throws {
        let said = try teacher(at: "words").hear([
            .message(.audience(2)), .message(.audience(3)), .message(.audience(3)), .message(.audience(1)),
        ])
        #expect(said.dropFirst().prefix(4).map(\.text) == [
            "2 more came in. 2 follow.", "1 more came in. 3 follow.", "", "2 left. 1 follows.",
        ])
    }

    @Test func handsAreCountedTakenBackAndTheAnswerShown() throws {
        let said = try teacher(at: "both").hear("1", "2", "2 2 1", "take", "hands", "show", "3")
        #expect(said[0].contains("Answer 1: 40 ms."))
        #expect(said[0].text.contains("1 a hand for 40 ms. 2 a hand for 80 ms. 3 show the answer. 4 next step."))
        #expect(said[1].first == "Answer 1: 1 hand.")
        #expect(said[2].first == "Answer 2: 1 hand.")
        #expect(Array(said[3].prefix(3)) == ["Answer 2: 2 hands.", "Answer 2: 3 hands.", "Answer 1: 2 hands."]
            || said[3].text.contains("Answer 1: 2 hands. Answer 2: 3 hands."))
        #expect(said[4].text.contains("Answer 1: 1 hand."))
        #expect(said[5].text.contains("Answer 2: 3 hands, 75 %."))
        #expect(said[5].text.contains("4 hands in all."))
        let verdict = said[6].text
        #expect(verdict.contains("The run says: 80 ms. Answer 2 is right, 3 hands of 4."), "\(verdict)")
        #expect(verdict.contains("The second call waited for the first one."), "\(verdict)")
        #expect(verdict.contains("1 next step. 2 watch it happen."), "\(verdict)")
    }

    @Test func aNumberIsAskedForByTheNearest() throws {
        let said = try teacher(at: "number").hear("show")
        #expect(said[0].text.contains("Which is nearest? Answer 1:"))
        #expect(said[1].text.contains("is nearest."), "\(said[1])")
    }

    @Test func faultsAreDoneByNumber() throws {
        let teacher = try teacher(at: "turn")
        let said = teacher.hear("the faults", "1", "faults", "fault 9", "undo")
        #expect(said[1].text.contains("A number does it, escape does nothing. 1 fast killed."), "\(said[1])")
        #expect(said[2].text.contains("Change 1, at 0.300 s: fast killed."), "\(said[2])")
        #expect(said[3].contains("1. Fast killed."))
        #expect(said[4].text.contains("fast restored"), "\(said[4])")
        #expect(teacher.last.lesson?.player?.history.changes.map(\.action) == [.kill(backend: "fast")])
    }

    @Test func anyListOfFaultsIsLeftByEscape() throws {
        let said = try teacher(at: "turn").hear("F", "escape")
        #expect(said[2].first == "Closed.")
    }

    // MARK: Time

    @Test func aBudgetIsToldOnceAndTheClockWhenItIsAskedFor() throws {
        let teacher = try teacher(at: "look")
        let said = teacher.hear([.wait(.seconds(59)), .wait(.seconds(5)), .wait(.seconds(600)), .line("time")])
        #expect(said[0].contains("Planned: 1 minute."))
        #expect(said[1] == ["The timer runs."], "the clock ticks in silence")
        #expect(said[2] == ["Over budget: this step was to take 1 minute."])
        #expect(said[3].count <= 1, "\(said[3])")
        #expect(said[4].first?.hasPrefix("This step: 11 minutes and ") == true, "\(said[4])")
        #expect(said[4].text.contains("of 1 minute."))
        #expect(teacher.wakes < 800, "it sleeps between the ticks of the clock")
    }

    @Test func theTimerIsPausedAndSetToZero() throws {
        let said = try teacher(at: "look").hear([
            .wait(.seconds(10)), .line("T"), .wait(.seconds(10)), .line("time"), .line("Z"), .line("T"),
        ])
        #expect(said[2] == ["The timer stands still."])
        #expect(said[4].text.contains("The timer stands still."))
        #expect(said[5] == ["The timer is at zero."])
        #expect(said[6] == ["The timer runs."])
    }

    @Test func aBlackScreenIsToldAndLeft() throws {
        let said = try teacher(at: "look").hear("b", "1")
        #expect(said[1] == ["The screen is black.", "1 show the lesson again."])
        #expect(said[2].first == "The screen shows the lesson again.")
    }

    // MARK: The run

    /// A class sees it play, so it plays at its own speed and is told when it stands still.
    @Test func aRunPlaysInItsOwnTime() throws {
        let teacher = try teacher(at: "look")
        let said = teacher.hear([.line("1"), .wait(.milliseconds(400)), .wait(.seconds(2)), .line("where")])
        #expect(said[1].contains("It plays."), "\(said[1])")
        #expect(said[2] == [])
        #expect(said[3].text.contains("0.800 s"), "\(said[3])")
        #expect(said[3].text.contains("From 0.000 s to 0.800 s:") || said[3].text.contains("At 0."), "\(said[3])")
        #expect(teacher.last.virtualTime == .milliseconds(800))
    }

    @Test func whatWasPlayedBeforeAChangeIsToldToo() throws {
        let said = try teacher(at: "turn").hear([.line("space"), .wait(.milliseconds(300)), .line("+")])
        let text = said[3].text
        #expect(text.contains("0.9"), "\(text)")
        #expect(text.contains("Control Slots: 8, as written 4."), "\(text)")
    }

    @Test func whyStaysForTheClassUntilItIsClosed() throws {
        let teacher = try teacher(at: "look")
        let said = teacher.hear("2", "why")
        #expect(said[2].first == "Why?")
        #expect(LessonSnapshot(teacher.last)?.over != nil)
    }

    // MARK: The demo

    private let script = """
        format: 1
        lesson: rehearsal
        step: look
        key tab
        key space
        wait until flow.page.requests >= 3
        pause
        do kill slow
        pause
        """

    @Test func aDemoIsToldKeyByKeyAndItsPauses() throws {
        let teacher = try teacher(script: script)
        let said = teacher.hear([.line("demo"), .line("x"), .wait(.seconds(5)), .line("x"), .wait(.seconds(5))])
        #expect(said[1] == ["The demo, next: key tab."])
        let first = (said[2] + said[3]).text
        #expect(first.contains("The demo goes on."), "\(first)")
        let told = [
            "The demo: key tab.", "The demo: key space.", "The demo stands still. The demo, next: do kill slow.",
        ]
        for line in told {
            #expect(first.contains(line), "\(first)")
        }
        let second = (said[4] + said[5]).text
        #expect(second.contains("The demo: do kill slow."), "\(second)")
        #expect(second.contains("The demo is over."), "\(second)")
    }

    @Test func aKeyInterruptsTheDemo() throws {
        let said = try teacher(script: script).hear([.line("x"), .line("n")])
        #expect(said[2].text.contains("The demo stands still."), "\(said[2])")
    }

    @Test func leavingIsAskedFor() throws {
        let said = try teacher(at: "look").hear("q", "2", "q", "1", "never read")
        #expect(said[1].text.contains("End the presentation?"))
        #expect(said[1].text.contains("1 end the presentation. 2 go on."))
        #expect(said[2].first == "Closed.")
        #expect(said.count == 5, "what is typed behind the end is not read")
    }

    /// Whatever is done in whatever order: sentences that can be read, in lines that are short enough.
    @Test(arguments: Language.allCases, [1, 2, 3] as [UInt64])
    func everySentenceIsPlain(language: Language, seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let teacher = try teacher(at: nil, language: language, script: script)
        let keys = ["x", "b", "F", "n", "p", "T", "why", "time", "notes", "hands", "+", "?"]
        let words = (1...12).map(String.init) + keys
        var entries: [ClassListener.Entry] = []
        for _ in 0..<120 {
            entries.append(.line(random.pick(words)))
            entries.append(.wait(.milliseconds(Int.random(in: 0...1500, using: &random))))
        }
        for line in teacher.hear(entries).joined() {
            #expect(!line.contains(where: Speech.isDrawing) && Text.width(line) < 80, "\(line)")
        }
    }
}
