import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Keys that do nothing say why, in one line, until the next key.
@Suite struct NoticeTests {
    @Test(arguments: [
        ("faster", "s", "First all hints (h), or success"), ("faster", "h h", "s shows one solution"),
        ("turn", "s", "Only challenges have a solution"), ("turn", "h", "There are no hints here"),
        ("number", "h h", "There are no more hints"), ("both", "enter", "Choose first, with 1-2"),
        ("both", "g", "Choose first, with 1-2"), ("number", "enter", "Type a number first"),
        ("both", "e", "Answer first"), ("both", ":", "Answer first"), ("both", "w", "Answer first"),
        ("both", "2 enter :", "w shows it"), ("both", "2 enter enter", "It is answered"),
        ("look", "/", "The search is in the menu"), ("both", "+", "Answer first"), ("words", "space", "no run"),
        ("turn", "u", "nothing to undo"), ("turn", "=", "one future"), ("look", "S", "steps are open"),
    ])
    func aKeyThatDoesNothingSaysWhy(step: String, keys: String, text: String) throws {
        let student = try Student().at(step)
        student.press(keys).expect(page: step)
        let footer = student.app.view().rows.last ?? ""
        #expect(footer.contains(text), "\(footer)")
        student.press("L")
        #expect(student.app.notice == nil)
    }

    @Test func theLineIsGoneWithTheNextKey() throws {
        let student = try Student().at("turn").press("s").expect(text: "Only challenges").press("right")
        student.expect(noText: "Only challenges").expect(text: "? keys")
    }

    /// A choice that is not given is not thrown away without a word.
    @Test func aDraftIsAskedAboutOnce() throws {
        let student = try Student().at("both").press("2 n").expect(page: "both").expect(text: "n again leaves it open")
        student.press("n").expect(page: "number")
        student.press("7 n").expect(page: "number").press("8 n").expect(page: "number").press("n").expect(page: "turn")
        #expect(student.app.progress.lessons["rehearsal"]?.answers.isEmpty == true)
        // Nothing chosen is nothing lost.
        try Student().at("both").press("n").expect(page: "number")
    }

    @Test func escapeStaysInTheMenu() throws {
        let student = try Student().press("escape escape").expect(page: "menu").expect(text: "q leaves Ensayo")
        #expect(!student.hasLeft)
        student.press("q")
        #expect(student.hasLeft)
    }

    @Test func theMenuSaysThatALessonHasNoSheetYet() throws {
        let student = try Student().press("S").expect(page: "menu").expect(text: "6 of 6 steps are open")
        student.press("L S").expect(text: "quedan 6 de 6 pasos")
    }

    @Test func theSameLineIsToldAgain() throws {
        let student = try Student().at("turn").press("s")
        let first = student.app
        let second = student.press("s").app
        #expect(Narrator().news(from: first, to: second) == ["Only challenges have a solution."])
    }

    /// Every line fits on the smallest usual terminal.
    @Test func noticesFit() {
        let texts = [
            Refusal.end, .beginning, .searchIsInTheMenu, .noRun, .answerFirst, .runIsBehind, .noPanel, .noControls,
            .oneControl, .nothingToUndo, .nothingToRedo, .oneFuture, .noHints, .allHints, .allHintsOfChallenge,
            .answered, .typeFirst, .nothingToCheck, .nothingOpen, .answerBeforeWatching, .nothingAsked, .noSolution,
            .solutionComesLater, .chooseFirst(9),
        ].map(\.text) + [Words.quitLeaves, Words.leavesOpen, Words.noSheetYet(10, of: 16), Words.noSheetYet(0, of: 16)]
        for text in texts {
            for language in Language.allCases { #expect(Text.width(text(language)) <= 78, "\(text(language))") }
        }
    }
}
