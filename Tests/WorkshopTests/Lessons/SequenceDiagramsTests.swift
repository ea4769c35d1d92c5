import Scenario
import Testing

@testable import Workshop

/// Lesson 13 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct SequenceDiagramsTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("sequence-diagrams") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// One after another the sum counts, in a `par` the longest, in a `loop` the rounds.
    @Test func blocksDecideHowLongItTakes() throws {
        #expect(try taught.value("apart").amount == 900)
        #expect(try taught.value("together").amount == 500)
        #expect(try taught.value("orders").amount == 300)
    }

    /// The receipt takes 800 ms, and nobody waits for it.
    @Test func nobodyWaitsForAnOpenArrow() throws {
        #expect(try taught.value("answered").amount == 200)
        let trace = try taught.index("checkout").trace
        let served = trace.events.filter { $0.kind == .serviceFinished && trace.name($0.component) == "Mail" }
        #expect(served.map(\.time.milliseconds) == [1000])
    }

    @Test(arguments: [("together", "500ms", "900ms"), ("again", "300ms", "60ms"), ("receipt", "200ms", "1000ms")])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        #expect(try taught.verdict(on: right, in: step).isRight)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    @Test func onlyWhatTheWebWaitsForMakesItQuicker() throws {
        let payments = "backends.Payments.latency"
        let mail = "backends.Mail.latency"
        #expect(try taught.grade([payments: "120ms"], in: "thank-you").isPassed)
        #expect(try !taught.grade([mail: "400ms"], in: "thank-you").isPassed)
        #expect(try !taught.grade([payments: "60ms"], in: "thank-you").isPassed)
    }
}
