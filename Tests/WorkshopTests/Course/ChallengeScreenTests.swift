import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What a challenge says of its runs, its hints and its solution.
@Suite struct ChallengeScreenTests {
    private func result(_ comparison: MetricCondition.Comparison, _ values: [Double]) throws
        -> ChallengeVerdict.GoalResult
    {
        let lesson = try RehearsalLesson.make()
        let step = try #require(lesson.steps.last)
        guard case .challenge(let challenge) = step.kind else { throw CancellationError() }
        var goal = challenge.goals[0]
        goal.that.comparison = comparison
        return ChallengeVerdict.GoalResult(
            goal: goal, values: values.map { MetricValue($0, .time) }, target: MetricValue(100, .time), isMet: false)
    }

    @Test(arguments: [
        (MetricCondition.Comparison.atMost, 120.0), (.less, 120), (.atLeast, 70), (.more, 70), (.equal, 70),
        (.notEqual, 90),
    ])
    func theWorstIsTheFarthestFromTheGoal(comparison: MetricCondition.Comparison, worst: Double) throws {
        #expect(try result(comparison, [90, 70, 120]).worst?.amount == worst)
    }

    @Test func noFigureIsTheWorst() throws {
        #expect(try result(.atMost, [90, .nan, 120]).worst?.amount.isNaN == true)
    }

    private func lesson(seeds: Int) throws -> Lesson {
        let yaml = RehearsalLesson.yaml.replacing(
            "goals: [ flow.quick.latency.max <= 40ms, settings.backends.fast.latency >= 40ms ]",
            with: "goals: [ flow.page.latency.p99 <= 10ms ]\n    seeds: \(seeds)")
        let pair = "clients: { web: { flow: quick, at: [ 0s, 0s ] } }"
        return try RehearsalLesson.make(
            yaml: yaml.replacing(
                pair,
                with: "clients: { web: { flow: quick, at: 0s }, more: { flow: page, arrivals: { poisson: 5/s } } }"))
    }

    @Test func theWorstOfSeveralRunsIsSaid() throws {
        let student = Student(try lesson(seeds: 3), size: Size(width: 120, height: 40)).at("faster")
        student.expect(text: "Each must hold in all 3 runs").press("enter").expect(text: "worst of 3 runs: ")
        student.press("L").expect(text: "peor de 3 simulaciones: ")
    }

    @Test func allFiguresAreThereWhereThereIsRoom() throws {
        let student = Student(try lesson(seeds: 3), size: Size(width: 200, height: 60)).at("faster").press("enter")
        let row = student.app.view().rows.first { $0.components(" ms,").count >= 3 }
        #expect(row != nil, "\(student.screen)")
    }

    @Test func faultsOfOnesOwnAreNotChecked() throws {
        let student = try Student(size: Size(width: 120, height: 40)).at("faster").press("f enter enter")
        student.expect(text: "Your faults are not part").press("u enter").expect(noText: "Your faults are not part")
    }

    @Test func theLastHintOffersTheSolution() throws {
        let student = try Student(size: Size(width: 120, height: 40)).at("faster").expect(noText: "the last hint")
        student.press("h").expect(text: "That was the last hint").press("L").expect(text: "Era la última pista")
    }

    @Test func theNewestHintIsOnTheScreen() throws {
        let hint = "Two calls want two slots."
        let english = RehearsalLesson.english.replacing(
            hint, with: Array(repeating: hint, count: 12).joined(separator: "\n\n"))
        let student = Student(try RehearsalLesson.make(english: english)).at("faster").press("h")
        student.expect(text: "Hint 1").expect(text: "pgdn")
    }

    /// Whatever stands before it in the text.
    @Test(arguments: [(60, 16), (80, 24), (120, 40)]) func theSolutionIsOnTheScreen(size: (Int, Int)) throws {
        let english = RehearsalLesson.english.replacing(
            "Make it faster.", with: Array(repeating: "Make it faster.", count: 40).joined(separator: "\n\n"))
        let student = Student(
            try RehearsalLesson.make(english: english), size: Size(width: size.0, height: size.1))
        student.at("faster").press("enter h s").expect(text: "Slots: 2")
        student.press("h").expect(text: "There are no more hints").press("s").expect(text: "Slots: 2")
    }

    @Test func aChallengeReachedWithItsSolutionIsToldSo() throws {
        let student = try Student(size: Size(width: 120, height: 40)).at("faster").press("h s + enter")
        student.expect(text: "Goals: reached").press("n").expect(page: "summary")
        student.expect(text: "Challenges reached: 1 of 1, 1 with its solution")
        #expect(student.app.progress.lessons["rehearsal"]?.withSolution == ["faster"])
        student.press("y").expect(text: "Challenges reached: 1 of 1, 1 with its solution.")
    }

    @Test func aSolutionSeenAfterwardsDoesNotCount() throws {
        let student = try Student(size: Size(width: 120, height: 40)).at("faster").press("+ enter s n")
        student.expect(text: "Challenges reached: 1 of 1").expect(noText: "with its solution")
    }
}

extension String {
    /// The parts between the places where another text stands.
    fileprivate func components(_ other: String) -> [String] { split(separator: other).map(String.init) }
}
