import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// An instructor's keys that do nothing say why, in the line at the bottom, until the next key.
@Suite struct TeachingNoticeTests {
    private func teacher(_ language: Language = .english, script: String? = nil) throws -> Student {
        let script = try script.map { try SessionScript(parsing: $0, file: "demo.replay") }
        return Student(try RehearsalLesson.make(), language: language, presenter: PresenterState(script: script))
    }

    @Test(arguments: [
        (nil, "x", "This lesson has no demo"), (nil, "1", "There is no run on this page"),
        (nil, "F", "There is no run on this page"), (nil, "space", "There is no run"), (nil, "p", "begins here"),
        (nil, "pageup", "begins here"), (nil, "/", "in the menu of ensayo"), (nil, "s", "Only challenges"),
        ("both", "3", "Hands are counted here: 1-2"), ("both", "0", "Hands are counted here: 1-2"),
        ("both", "F", "Hands are counted here: 1-2"), ("both", "w", "First the answer (enter)"),
        ("both", "space", "First the answer (enter)"), ("both", "g", "First the answer (enter)"),
        ("both", "backspace", "No hand is counted yet"), ("both", "enter enter", "The answer is shown"),
        ("both", "2 enter 1", "The answer is shown"), ("both", "2 enter backspace", "The answer is shown"),
        ("both", "enter space", "w shows it"), ("look", "w", "Only a question's run"), ("look", "z", "whole screen"),
        ("look", "=", "one future"), ("turn", "u", "nothing to undo"), ("look", "h", "no hints"),
        ("look", "enter", "nothing to check"), ("faster", "n n", "q ends the presentation"),
        ("faster", "n pagedown", "q ends the presentation"),
    ] as [(String?, String, String)])
    func aKeyThatDoesNothingSaysWhy(step: String?, keys: String, text: String) throws {
        let teacher = try teacher().at(step).press(keys)
        let footer = teacher.app.view().rows.last ?? ""
        #expect(footer.contains(text), "\(footer)")
        teacher.press("L")
        #expect(teacher.app.notice == nil)
    }

    @Test func thereAreOnlySoManyFaults() throws {
        let lesson = try LessonReader.read(
            LessonSource(
                folder: "Lessons/05-small", yaml: Array(SmallLesson.yaml.utf8),
                english: Array(SmallLesson.english.utf8), spanish: Array(SmallLesson.spanish.utf8)))
        let teacher = Student(lesson, presenter: PresenterState()).at("look")
        teacher.press("7").expect(text: "The faults here are 1-5: F lists them.").expect(changes: 0)
        teacher.press("F 8").expect(text: "The faults here are 1-5").press("1").expect(changes: 1)
        #expect(teacher.app.notice == nil)
    }

    @Test func theDemoSaysThatItPlaysAndThatItIsOver() throws {
        let script = "format: 1\nlesson: rehearsal\nstep: look\nkey tab\nkey space\npause\n"
        let teacher = try teacher(script: script).at(nil).press("x x").expect(text: "The demo is playing")
        for _ in 0..<40 { teacher.wait(.seconds(1)) }
        teacher.press("x").expect(text: "The demo is over.").press("L").press("x").expect(text: "La demo ha terminado.")
    }

    /// Heard as well, and again when the key is pressed again.
    @Test func itIsToldByEar() throws {
        let teacher = ClassListener(try RehearsalLesson.make(), presenter: PresenterState())
        let said = teacher.hear("x", "x", "F")
        #expect(said[1] == ["This lesson has no demo; --script names one."])
        #expect(said[2] == said[1])
        #expect(said[3] == ["There is no run on this page."])
    }

    @Test func noticesFit() {
        let texts = [
            Words.noDemo, Words.demoPlays, Words.demoIsOver, Words.noFaults, Words.noHands, Words.answerIsShown,
            Words.answerBeforeRun, Words.pictureIsLarge, Words.noSearchHere, Words.endOfTeaching,
            Words.handsAreCounted(9), Words.faultsGoTo(8), Words.meansNothing, Words.notesFollow, Words.presenterSteers,
        ]
        for text in texts {
            for language in Language.allCases { #expect(Text.width(text(language)) <= 78, "\(text(language))") }
        }
    }
}
