import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What an instructor does with keys, and sees.
@Suite struct PresenterTests {
    private func teacher(
        size: Size = Size(width: 80, height: 24), sharing: PresenterState.Sharing? = nil,
        progress: Progress = Progress()
    ) throws -> Student {
        Student(
            try RehearsalLesson.make(), size: size, progress: progress, presenter: PresenterState(sharing: sharing))
    }

    @Test func oneThingIsOnTheScreen() throws {
        let teacher = try teacher().at("turn")
        #expect(teacher.screen.contains("Turn"))
        #expect(!teacher.screen.contains("━"), "the picture stands beside the text")
        teacher.press("space")
        #expect(teacher.screen.contains("Sequence"))
        #expect(teacher.app.lesson?.focus == .panel(.sequence))
    }

    @Test func aDigitIsAFaultAndCanBeUndone() throws {
        let teacher = try teacher().at("turn").press("1")
        #expect(teacher.changes.map(\.action) == [.kill(backend: "fast")])
        teacher.press("9").expect(changes: 2)
        #expect(teacher.changes.last?.action == .restore(backend: "fast"))
        teacher.press("u u").expect(changes: 0)
    }

    @Test func theListShowsTheFaultsAndTakesTheirDigits() throws {
        let teacher = try teacher().at("turn").press("F").expect(text: "9  restore everything").press("5")
        #expect(teacher.changes.map(\.action) == [.kill(backend: "slow")])
        teacher.expect(noText: "restore everything")
    }

    @Test func nothingHappensBehindABlackScreen() throws {
        let teacher = try teacher().at("look").press("space").expect(playing: true)
        teacher.press("b").expect(playing: false).press("b").expect(playing: false)
    }

    @Test func aBlackScreenShowsNothingAndAnyKeyComesBack() throws {
        let teacher = try teacher().at("look").press("b")
        #expect(teacher.app.view().rows.allSatisfy { $0.allSatisfy { $0 == " " } })
        teacher.press("n").expect(page: "look").expect(text: "Look")
    }

    // MARK: A clicker

    @Test func twoKeysTakeTheLessonFromItsCoverToItsEndAndBack() throws {
        let teacher = try teacher().at(nil)
        var places: [String] = []
        func place() -> String {
            let page = teacher.app.lesson?.step?.id ?? "\(teacher.app.lesson?.page ?? .card)"
            let shown = teacher.app.lesson?.isPictured == true ? " picture" : ""
            return page + shown + (teacher.app.tally?.isRevealed == true ? " answer" : "")
        }
        for _ in 0..<40 where places.last != "summary" {
            teacher.press("pagedown")
            if places.last != place() { places.append(place()) }
        }
        #expect(
            places == [
                "words", "look picture", "both", "both answer", "number", "number answer", "turn", "turn picture",
                "faster", "faster picture", "summary",
            ])
        teacher.press("pageup").expect(page: "faster").press("pageup").expect(page: "turn")
        for _ in 0..<40 where teacher.app.lesson?.page != .card { teacher.press("pageup") }
        #expect(teacher.app.lesson?.page == .card)
    }

    @Test func backFromAPictureIsItsText() throws {
        let teacher = try teacher().at("turn").press("pagedown")
        #expect(teacher.app.lesson?.focus == .panel(.sequence))
        teacher.press("pageup").expect(page: "turn")
        #expect(teacher.app.lesson?.focus == .text)
    }

    // MARK: Hands

    @Test func handsAreCountedAndTakenBack() throws {
        let teacher = try teacher().at("both").press("1 2 2 2 1").expect(text: "60 %").press("backspace")
        #expect(teacher.app.tally?.hands == [0, 1, 1, 1])
        teacher.expect(text: "75 %").expect(noText: "The run says")
    }

    @Test func enterShowsWhatTheRunSaysAndKeepsNoAnswer() throws {
        let teacher = try teacher().at("both").press("1 2 w").expect(noText: "Timeline").press("enter")
        teacher.expect(text: "The run says").expect(text: "✓ 2").expect(text: "80 ms")
        #expect(teacher.app.lesson?.answer == nil)
        teacher.press("w")
        #expect(teacher.app.lesson?.isWatching == true)
    }

    @Test func aNumberIsAskedForByTheNearest() throws {
        let teacher = try teacher().at("number").expect(text: "Which is nearest?").press("1 3 3 enter")
        let right = try #require(teacher.app.lesson?.tallyOptions(.english)).filter(\.isRight)
        #expect(right.count == 1)
        teacher.expect(text: "The run says").expect(text: "80 ms")
    }

    @Test(arguments: ["a", "both", "number", "a-long-name", "zz"])
    func theNearestIsNearWhereverItStands(salt: String) {
        for amount in [0.003, 0.7, 3, 12, 80, 512, 40_000] {
            for unit in [MetricUnit.time, .number, .share] where unit != .share || amount < 1 {
                let values = NearestScale.values(around: MetricValue(amount, unit), salt: salt).map(\.amount)
                #expect(values.count == 5)
                #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
                let nearest = values.map { abs($0 - amount) }.min() ?? .infinity
                #expect(nearest <= max(0.5, amount / 2))
            }
        }
    }

    // MARK: Time

    @Test func theTimerBeginsWithTheFirstStep() throws {
        let teacher = try teacher().at(nil).send(.clock(.seconds(1))).send(.clock(.seconds(300)))
        teacher.expect(text: "0:00").press("n")
        for second in 301...400 { teacher.send(.clock(.seconds(second))) }
        teacher.expect(text: "1:40 / ")
        #expect(teacher.app.presenter?.timer.elapsed == .seconds(100))
    }

    @Test func overBudgetIsSaidByAMarkAndAWord() throws {
        let teacher = try teacher().at("look").send(.clock(.zero)).send(.clock(.seconds(59))).expect(noText: "over")
        teacher.send(.clock(.seconds(600))).expect(text: "◷ 10:00 / 1:00 over")
        teacher.press("l").expect(text: "pasado")
    }

    @Test func theTimerIsPausedAndSetToZero() throws {
        let teacher = try teacher().at("look").send(.clock(.zero)).send(.clock(.seconds(10))).press("T")
        teacher.send(.clock(.seconds(50)))
        #expect(teacher.app.presenter?.timer.elapsed == .seconds(10))
        teacher.press("T").send(.clock(.seconds(60)))
        #expect(teacher.app.presenter?.timer.steps["look"] == .seconds(20))
        teacher.press("Z")
        #expect(teacher.app.presenter?.timer.elapsed == .zero)
    }

    // MARK: The rest

    @Test func aPresentedLessonLeavesProgressAlone() throws {
        var progress = Progress()
        progress.lessons["rehearsal"] = LessonProgress()
        let teacher = try teacher(progress: progress).at("both")
            .press("1 enter n n n 1 + l n enter h n n q")
        #expect(teacher.saved.isEmpty)
        #expect(teacher.app.progress == progress)
    }

    @Test func leavingIsAskedFor() throws {
        let teacher = try teacher().at("look").press("q").expect(text: "End the presentation?").press("escape")
        #expect(!teacher.hasLeft)
        teacher.press("q q")
        #expect(teacher.hasLeft)
    }

    @Test func theAddressAndTheCodeAreOnTheScreen() throws {
        let sharing = PresenterState.Sharing(address: "192.0.2.7:4747", code: "KXWQPT")
        let teacher = try teacher(sharing: sharing).at(nil).send(.audience(14))
            .expect(text: "ensayo follow 192.0.2.7:4747 --code KXWQPT").expect(text: "14 following")
        teacher.press("n n").expect(text: "192.0.2.7:4747 KXWQPT")
    }

    /// Whatever else there is to say, and however late it is.
    @Test(arguments: [80, 120], [Language.english, .spanish])
    func whoFollowsIsAlwaysCounted(columns: Int, language: Language) throws {
        let sharing = PresenterState.Sharing(address: "192.168.100.200:47470", code: "KXWQPT")
        let script = try SessionScript(
            bytes: Array("format: 1\nlesson: rehearsal\ndo kill slow\npause\n".utf8), file: "demo.replay")
        let teacher = Student(
            try RehearsalLesson.make(), size: Size(width: columns, height: 24), language: language,
            presenter: PresenterState(script: script, sharing: sharing))
        teacher.at("look").send(.clock(.zero)).send(.audience(200))
        for seconds in [0, 59, 754] {
            teacher.send(.clock(.seconds(seconds))).expect(text: language.text("200 following", "200 siguen"))
                .expect(text: "192.168.100.200:47470 KXWQPT")
        }
        teacher.expect(text: columns == 80 ? "◷ 11:34 " : "◷ 12:34 / 1:00 ")
        teacher.send(.clock(.seconds(4000))).expect(text: language.text("200 following", "200 siguen"))
    }

    @Test func onlyWhatIsBrokenIsRestored() throws {
        let teacher = try teacher().at("turn").press("9").expect(changes: 0)
        teacher.press("1 9 9").expect(changes: 2)
        // What was restored by hand, and what is done later, is not.
        teacher.press("5 space").wait(.milliseconds(200)).press("space 1 9").expect(changes: 6)
        #expect(
            teacher.changes.suffix(2).map(\.action) == [.restore(backend: "slow"), .restore(backend: "fast")])
        teacher.press("space").wait(.milliseconds(200)).press("space 2 g 9").expect(changes: 7)
    }

    @Test(arguments: [Language.english, .spanish], [GlyphRepertoire.unicode, .ascii])
    func everyPageFitsEverySize(language: Language, repertoire: GlyphRepertoire) throws {
        let sharing = PresenterState.Sharing(address: "[2001:db8::7]:47470", code: "KXWQPT")
        let teacher = Student(
            try RehearsalLesson.make(), language: language, glyphs: repertoire.glyphs,
            presenter: PresenterState(sharing: sharing))
        for step in [nil, "words", "look", "both", "number", "turn", "faster"] as [String?] {
            for keys in ["", "tab", "1", "1 2 2 enter", "F", "q", "?", "h h", "b"] {
                teacher.at(step).press(keys)
                for size in [(60, 16), (80, 24), (120, 40), (200, 60), (61, 100)] {
                    let frame = teacher.resize(size.0, size.1).app.view()
                    #expect(frame.rows.allSatisfy { Text.width($0) == size.0 })
                }
                teacher.press("escape escape")
            }
        }
    }
}
