import Scenario
import Testing

@testable import Workshop

/// Figures and changed scenarios are kept for the next question.
@Suite struct KeptFigureTests {
    private let lesson: Lesson
    private let slowest: MetricExpression

    init() throws {
        let yaml = SmallLesson.yaml.replacing("latency: 100ms,", with: "latency: { exponential: 100ms },")
        lesson = try LessonReader.read(SmallLesson.source(yaml: yaml))
        let scope = lesson.scope(of: lesson.step("both"))
        slowest = try MetricParser.expression("flow.page.latency.max", in: scope).expression
    }

    private struct Question: Hashable {
        var seed: UInt64
        var slots: String?
    }

    private func answer(_ question: Question, _ runs: LessonRuns) throws -> Double {
        let changes = question.slots.map { slots in
            ScenarioChanges(scenario: "two", settings: [Setting(path: "backends.sql.concurrency", value: slots)])
        }
        return try runs.value(of: slowest, seedOffset: question.seed, changes: changes).amount
    }

    @Test func anAnswerDoesNotDependOnWhatWasAskedBefore() throws {
        let questions = [UInt64(0), 1].flatMap { seed in
            [nil, "2", "3"].map { Question(seed: seed, slots: $0) }
        }
        let runs = LessonRuns(lesson)
        var known: [Question: Double] = [:]
        for question in questions + questions.reversed() {
            let fresh = try answer(question, LessonRuns(lesson))
            #expect(try answer(question, runs) == fresh, "\(question)")
            known[question] = fresh
        }
        #expect(Set(known.values).count >= 4, "the questions have answers of their own")
    }
}
