import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What the author of an open lesson is told: until it is mended, and never in the way.
@Suite struct LessonFindingsTests {
    let student: Student

    init() throws { student = try Student().at("look") }

    private let mistake = Problem(
        file: "\(RehearsalLesson.folder)/lesson.yaml", line: 19, column: 5, source: "    stopp: 800ms",
        message: "unknown key \"stopp\" in a step", suggestion: "did you mean \"stop\"?")

    private func findings(_ count: Int, isBroken: Bool = false, isHint: Bool = false) -> Message {
        var problem = mistake
        problem.isHint = isHint
        let problems = (0..<count).map { place in
            var other = problem
            other.message += " \(place + 1)"
            return other
        }
        return .checked(LessonFindings(folder: RehearsalLesson.folder, problems: problems, isBroken: isBroken))
    }

    private var top: String {
        student.app.view().exportedText.split(separator: "\n").first.map(String.init) ?? ""
    }

    @Test func aKeyPutsTheBoxAwayAndLeavesABadge() throws {
        let error = ScenarioError(problems: [mistake])
        student.send(.reloaded(.failure(error))).expect(text: "lesson.yaml:19:5 unknown key")
        student.press("enter")
        #expect(top.contains("1 problem: lesson.yaml:19 !"))
        // It stays on whatever is opened, and in the menu.
        student.press("n")
        #expect(top.contains("1 problem: lesson.yaml:19 !"))
        student.press("q")
        #expect(top.contains("1 problem: lesson.yaml:19 !"))
        student.press("!").expect(text: "did you mean \"stop\"?").press("q").press("enter")
        student.send(.reloaded(.success(try RehearsalLesson.make())))
        #expect(!top.contains("problem"))
    }

    @Test func whatLintFindsInAGoodLessonIsABadgeAlone() {
        let before = student.app.view()
        student.send(findings(3))
        let after = student.app.view()
        #expect(top.contains("3 problems: lesson.yaml:19 !"))
        let changed = (0..<after.size.height).filter { y in
            (0..<after.size.width).contains { before[$0, y] != after[$0, y] }
        }
        #expect(changed == [0])
        student.send(findings(2, isHint: true))
        #expect(top.contains("2 hints: lesson.yaml:19 !"))
        student.send(findings(0))
        #expect(student.app.view() == before)
        // Without findings there is nothing to open.
        student.press("!")
        #expect(student.app.view() == before)
    }

    @Test func theBoxFollowsWhatIsMended() {
        student.send(findings(3)).press("!").expect(text: "stopp\" in a step 1").press("down down down")
        student.expect(text: "stopp\" in a step 3")
        #expect(!student.app.view().exportedText.contains("stopp\" in a step 1"))
        student.send(findings(1)).expect(text: "stopp\" in a step 1").send(findings(0))
        #expect(student.app.overlay == nil)
    }

    @Test func anotherLessonHasNoBadge() {
        student.send(.checked(LessonFindings(folder: "packs/01-other", problems: [mistake])))
        #expect(!top.contains("problem"))
    }

    @Test func theKeyIsNamedWhereThereIsSomethingToShow() {
        func titles() -> [String] { student.app.keyGroups.map(\.title.en) }
        #expect(!titles().contains("Writing"))
        student.send(findings(1))
        #expect(titles().contains("Writing"))
    }

    @Test func problemsAreSaidInSentences() {
        student.send(findings(7)).press("!")
        let overlay = student.app.overlay
        let told = overlay.map { OverlaySpeech(overlay: $0, app: student.app).spoken(.english) } ?? []
        #expect(
            told.prefix(3).map { $0.lowercased() } == [
                "the lesson's files have problems: 7.",
                "lesson.yaml, line 19, column 5: unknown key \"stopp\" in a step 1.", "did you mean \"stop\"?",
            ])
        #expect(told.last == "And 2 more.")
        #expect(student.app.linearActions.map(\.label.en) == ["close"])
    }

    // MARK: The checker

    private func all(_ source: LessonSource) async throws -> (first: LessonFindings, all: LessonFindings) {
        let checker = LessonChecker()
        let first = checker.begin(source)
        while first.isRunning {
            if let all = checker.finished() { return (first, all) }
            await Task.yield()
        }
        return (first, first)
    }

    @Test func theCheckerSaysWhatLintSays() async throws {
        let source = SmallLesson.spoilt("lesson.yaml", "- alone = 100ms", "- alone = 90ms")
        let (first, all) = try await all(source)
        #expect(first.problems == [] && first.isRunning && !first.isBroken)
        #expect(all.problems == LessonLint.check(source) && !all.isRunning)
        #expect(all.problems.count == 1)
    }

    @Test func whatNeedsNoRunIsSaidAtOnce() async throws {
        let source = SmallLesson.spoilt("en.md", "- Nothing.", "- http://example.org")
        let (first, all) = try await all(source)
        #expect(first.problems == all.problems && first.problems.count == 1)
    }

    @Test func aLessonThatCannotBeReadIsNotRun() async throws {
        let broken = SmallLesson.spoilt("lesson.yaml", "panels:", "panel:")
        let (first, _) = try await all(broken)
        #expect(first.isBroken && !first.isRunning && first.problems == LessonLint.check(broken))
    }

    @Test func aNewerSaveStopsTheOlderCheck() async throws {
        let checker = LessonChecker()
        _ = checker.begin(SmallLesson.spoilt("lesson.yaml", "- alone = 100ms", "- alone = 90ms"))
        _ = checker.begin(SmallLesson.source())
        var found: LessonFindings?
        while found == nil {
            found = checker.finished()
            await Task.yield()
        }
        #expect(found?.problems == [])
        #expect(checker.finished() == nil)
    }
}
