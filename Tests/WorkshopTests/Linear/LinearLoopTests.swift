import Scenario
import Testing

@testable import TerminalKit
@testable import Workshop

/// What is typed, and what is said for it.
@Suite struct LinearLoopTests {
    /// What is said after each line.
    private func dialogue(_ lines: [String], at step: String? = nil, language: Language = .english) throws -> [[String]]
    {
        let lesson = try RehearsalLesson.make()
        let shelf = LinearCourseTests.Shelf()
        var app = App(
            lessons: [lesson.cover], progress: Workshop.Progress(), language: language,
            size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        let effects = app.open(lesson, at: step)
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
        return Array(said.dropLast())
    }

    @Test func theCardIsSaidAndWhatCanBeDone() throws {
        let said = try dialogue([])
        #expect(said.isEmpty || said[0].prefix(2) == ["Lesson 7, Rehearsal.", "About this lesson."])
        let first = try dialogue(["where"])
        #expect(first[0].contains("You will learn:"))
        #expect(first[0].last?.hasPrefix("1 begin.") == true)
        #expect(first[1] == ["Lesson 7, Rehearsal. About this lesson."])
    }

    @Test func anEmptyLineSaysTheFirstActionsAgain() throws {
        let said = try dialogue([""], at: "look")
        #expect(said[1] == ["1 play on. 2 one event forward. 3 next step."])
    }

    @Test func aNumberOfTheLongListDoesWhatItSays() throws {
        let said = try dialogue(["9", "more", "where"], at: "turn")
        #expect(said[1].first?.hasPrefix("10 ") == true)
        #expect(said[1] == said[2])
    }

    @Test func playingOnGoesToTheNextMarkAndTellsWhatHappened() throws {
        let said = try dialogue(["1", "1"], at: "look")
        #expect(said[1].joined(separator: " ").contains("0.500 s"), "\(said[1])")
        #expect(said[2].joined(separator: " ").contains("0.800 s"), "\(said[2])")
    }

    @Test func anAnswerIsChosenGivenAndJudged() throws {
        let said = try dialogue(["2", "sure"], at: "both")
        #expect(said[0].contains("Answer 1: 40 ms."))
        #expect(said[1].first == "You choose 2: 80 ms.")
        let verdict = said[2].joined(separator: " ")
        #expect(verdict.contains("You said: 80 ms, and were sure. That is right."), "\(verdict)")
        #expect(verdict.contains("The run says: 80 ms."), "\(verdict)")
    }

    @Test func aNumberIsTypedWhole() throws {
        let said = try dialogue(["7", "80", "sure"], at: "number")
        #expect(said[1].first == "Your number: 7.")
        #expect(said[2].first == "Your number: 80.")
        #expect(said[3].joined(separator: " ").contains("That is right."))
    }

    /// Digits are the answer: no list offers them for anything else, and none of them gives it.
    @Test(arguments: Language.allCases)
    func whileANumberIsAskedForNumbersDoNothingElse(_ language: Language) throws {
        let said = try dialogue(["1", "1", "?", "", "2"], at: "number", language: language)
        for answer in [said[0], said[1], said[3], said[4]] {
            let list = answer.last ?? ""
            #expect(!list.contains { $0.isNumber }, "\(list)")
        }
        let words = language == .english ? "Type another number, or words:" : "Escribe otro número, o palabras:"
        #expect(said[3].joined(separator: " ").hasPrefix(words), "\(said[3])")
        let number = language == .english ? "Your number: 2." : "Tu número: 2."
        #expect(said[5].first == number, "it is still only chosen: \(said[5])")
    }

    @Test func whileANumberIsAskedForActionsGoByTheirWords() throws {
        let said = try dialogue(["hint", "80", "i am guessing"], at: "number")
        #expect(said[0].joined(separator: " ").contains("or words: next step. a hint. previous step."), "\(said[0])")
        #expect(said[1].joined(separator: " ").contains("You have seen it."), "\(said[1])")
        #expect(said[3].joined(separator: " ").contains("and were guessing. That is right."), "\(said[3])")
    }

    /// Whatever the list is: an action is 8, or 10, and never 9.
    @Test func nineIsTheRestAndNothingElse() throws {
        for step in ["words", "look", "both", "number", "turn", "faster"] {
            let said = try dialogue(["9", "where"], at: step)
            let place = "Lesson 7, Rehearsal."
            #expect(said[2].first?.hasPrefix(place) == true, "\(step): \(said[1])")
            #expect(!said.joined().contains { $0.contains("9 back.") }, "\(step)")
        }
    }

    @Test func aWordOfAnActionIsEnough() throws {
        let said = try dialogue(["event", "hint"], at: "turn")
        #expect(said[1].first?.hasPrefix("Which one?") == true, "\(said[1])")
        #expect(said[2].first?.hasPrefix("Nothing here is called \"hint\".") == true, "\(said[2])")
        let named = try dialogue(["previous step"], at: "turn")
        #expect(named[1].joined(separator: " ").contains("predict: Number."), "\(named[1])")
    }

    @Test func aLineThatDoesNothingIsAnsweredToo() throws {
        let said = try dialogue(["g", "g"], at: "turn")
        #expect(said[1] != ["Nothing changes."] && said[2] == ["Nothing changes."], "\(said)")
    }

    @Test func theSolutionIsToldAgainWhenItIsAskedForAgain() throws {
        let said = try dialogue(["h", "s", "h", "s", "s"], at: "faster")
        #expect(said[2].joined(separator: " ").contains("One solution: Slots: 2."), "\(said[2])")
        #expect(said[4].joined(separator: " ") == "One solution: Slots: 2.", "\(said[4])")
        #expect(said[5] == said[4])
    }

    // MARK: The menu

    private func menu(_ lines: [String], language: Language = .english) throws -> (said: [[String]], app: App) {
        let lessons = LinearCourseTests.Shelf().library.entries
        var covers = try lessons.map { try LinearCourseTests.Shelf().library.cover($0) }
        var own = try RehearsalLesson.make().cover
        (own.number, own.pack) = (1, "mine")
        covers.append(own)
        let app = App(
            lessons: covers, progress: Workshop.Progress(), language: language, size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        var said: [[String]] = [[]]
        var rest = lines[...]
        let shelf = OwnShelf()
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: shelf,
            read: { _ in
                said.append([])
                return rest.popFirst().map(LinearEvent.line) ?? .end
            },
            write: { said[said.count - 1] += $0 })
        loop.run()
        return (Array(said.dropLast()), loop.app)
    }

    /// The course, and a lesson of a pack.
    private final class OwnShelf: LoopDelegate {
        func save(_ progress: Workshop.Progress) {}
        func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> {
            if let own = try? RehearsalLesson.make(), own.id == cover.id { return .success(own) }
            return LinearCourseTests.Shelf().lesson(cover)
        }
        func pressed(_ key: Key, in app: App) {}
        func resized(to size: Size, in app: App) {}
        func changes(in app: App) -> [Message] { [] }
        func pollInterval(in app: App) -> Duration? { nil }
    }

    @Test func aLessonWhoseNumberIsTakenHasOneOfItsOwn() throws {
        let said = try menu([]).said[0].joined(separator: " ")
        let list = LinearList(try menu([]).app)
        let number = try #require(list.number(of: "lesson 1, Rehearsal", .english))
        #expect(number > 1)
        #expect(said.contains("\(number) lesson 1, Rehearsal."), "\(said)")
        #expect(said.contains("\(number) lesson 1 Rehearsal, "), "the course and the list say the same number")
        #expect(try menu([String(number)]).app.lesson?.lesson.id == "rehearsal")
        #expect(try menu(["1"]).app.lesson?.lesson.id == "orchestration")
    }

    @Test(arguments: ["rehearsal", "Rehearsal", "lesson 1, rehearsal"])
    func aLessonIsOpenedByItsName(_ name: String) throws {
        #expect(try menu([name]).app.lesson?.lesson.id == "rehearsal")
    }

    @Test(arguments: ["cortacircuitos", "circuit-breaker"])
    func aLessonIsOpenedByItsNameInSpanish(_ name: String) throws {
        #expect(try menu([name], language: .spanish).app.lesson?.lesson.id == "circuit-breaker")
    }

    @Test func aNameOfSeveralIsAskedBack() throws {
        let said = try menu(["cache"]).said[1].joined(separator: " ")
        #expect(said.hasPrefix("Which one? 8 lesson 8, "), "\(said)")
    }

    @Test func noNumberIsThereTwice() throws {
        let said = try menu(["?"]).said[1].joined(separator: " ")
        let numbers = said.split(separator: ".").compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
        #expect(Set(numbers).count == numbers.count, "\(said)")
    }

    // MARK: What is only to be seen

    @Test func boxesThatDifferAreReadOneByOne() {
        func screen(_ left: String, _ right: String) -> Frame {
            var frame = Frame(size: Size(width: 24, height: 3))
            for (y, row) in ["┌─Goals────┐┌─Run──────┐", "│\(left)││\(right)│", "│+ web     ││No request│"]
                .enumerated()
            {
                frame.write(row, x: 0, y: y, style: .text)
            }
            return frame
        }
        let (then, now) = (screen("not yet   ", "0.000 s   "), screen("reached   ", "1 call    "))
        #expect(ScreenDifference(before: then, after: now).spoken(.english) == ["Reached.", "1 call."])
        #expect(ScreenDifference(before: screen("a", "b"), after: screen("a", "b")).spoken(.english) == [])
    }

    @Test func whyIsToldAndNeedsNoClosing() throws {
        let said = try dialogue(["2", "why", "where"], at: "look")
        #expect(said[2].first == "Why?")
        #expect(said[3].first?.hasPrefix("Lesson 7, Rehearsal. Step 2") == true)
    }

    @Test func aPanelIsToldWhenItIsNamed() throws {
        let said = try dialogue(["1", "metrics"], at: "look")
        #expect(said[2].contains { $0.hasPrefix("page: ") }, "\(said[2])")
    }

    @Test func whatIsNotUnderstoodIsSaid() throws {
        let said = try dialogue(["nonsense"], language: .spanish)
        let text = "Aquí nada se llama «nonsense». Un signo de interrogación dice qué se puede hacer."
        #expect(said[1].joined(separator: " ") == text)
    }

    @Test func aChangeTellsBothFutures() throws {
        let said = try dialogue(["+"], at: "turn")
        let text = said[1].joined(separator: " ")
        #expect(text.contains("Two futures:"), "\(text)")
        #expect(text.contains("Control Slots: 8, as written 4."), "\(text)")
    }

    @Test func tablesAreReadRowByRow() {
        let blocks = MarkdownParser.parse("| server | share |\n|---|---:|\n| s1 | 20 % |\n")
        let said = MarkdownSpeech(language: .english) { $0.source }.sentences(blocks)
        #expect(said == ["Server: s1; share: 20 %."])
    }

    @Test(arguments: [
        ("a → b", "a to b"), ("≤ 3", "at most 3"), ("x ─── y", "x y"), ("⣿ 2", "2"), ("✗ sql ▲", "failed sql fault"),
        ("3 × 2\u{a0}ms …", "3 x 2 ms ..."), (" después · ¿qué?  ", "después · ¿qué?"), ("", ""), ("  ", ""),
    ])
    func drawingBecomesWords(_ text: String, _ spoken: String) {
        #expect(Speech.plain(text, .english).singleBlanked == spoken)
    }
}
