import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 14 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct TracingTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("tracing") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// The reference trace: GetCustomerInsights 320 ms holding 120, 180 and 80 ms.
    @Test func theReferenceTrace() throws {
        for (value, milliseconds) in [("insights", 320.0), ("sql", 120), ("cosmos", 180), ("rest", 80), ("page", 325)] {
            #expect(try taught.value(value).amount == milliseconds, "\(value)")
        }
    }

    /// Of the four numbers only the beginnings say who overlaps whom.
    @Test func restRunsBesideCosmosAndNotBesideSQL() throws {
        let index = try taught.index("one")
        func times(_ name: String) throws -> ClosedRange<Double> {
            let span = try #require(index.spans.first { index.trace.name($0.component) == name && $0.kind == .call })
            return try span.start.seconds...#require(span.end).seconds
        }
        let (sql, cosmos, rest) = (try times("sql"), try times("cosmos"), try times("rest"))
        #expect(sql.upperBound == cosmos.lowerBound)
        #expect(cosmos.lowerBound == rest.lowerBound)
        #expect(rest.upperBound < cosmos.upperBound)
    }

    /// Calls of a service are the service's, not the client's: a tree of four levels.
    @Test func everyHopHasItsCaller() throws {
        let index = try taught.index("one")
        let callers = index.spans.filter { $0.kind == .call }
            .map { "\(index.trace.name(index.caller(of: $0))) → \(index.trace.name($0.component))" }
        #expect(
            callers == [
                "web → gateway", "gateway → insights", "insights → sql", "insights → cosmos", "insights → rest",
            ])
    }

    @Test func onlyTheCriticalPathIsWorthMoney() throws {
        #expect(try taught.value("gain_rest").amount == 0)
        #expect(try taught.value("gain_cosmos").amount == 100)
    }

    /// A clock changes what is written down, and nothing that happens.
    @Test func aWrongClockChangesNothingThatHappens() throws {
        let right = try taught.index("one").trace.events
        let wrong = try taught.index("skewed").trace.events.filter { $0.kind != .clockSet }
        #expect(right.map(\.time) == wrong.map(\.time))
        #expect(right.map(\.kind) == wrong.map(\.kind))
    }

    @Test func anErrorIsCountedByEveryoneAboveIt() throws {
        for backend in ["cosmos", "insights", "gateway"] {
            #expect(try taught.figure("backend.\(backend).failed", in: "broken").amount == 1, "\(backend)")
        }
        #expect(try taught.figure("backend.sql.failed", in: "broken").amount == 0)
    }

    @Test(arguments: [
        ("four-numbers", "some", "apart"), ("broken", "cosmos", "gateway"), ("skewed", "clock", "slower"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        #expect(try taught.verdict(on: right, in: step).isRight)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// Sixty milliseconds at SQL or at Cosmos, or thirty at each; never at REST.
    @Test func theBudgetIsSpentOnTheCriticalPath() throws {
        let (sql, cosmos, rest) = ("backends.sql.latency", "backends.cosmos.latency", "backends.rest.latency")
        #expect(try !taught.grade([:], in: "budget").isPassed)
        #expect(try taught.grade([cosmos: "120ms"], in: "budget").isPassed)
        #expect(try taught.grade([sql: "60ms"], in: "budget").isPassed)
        #expect(try taught.grade([sql: "90ms", cosmos: "150ms"], in: "budget").isPassed)
        #expect(try !taught.grade([rest: "20ms"], in: "budget").isPassed)
        #expect(try !taught.grade([sql: "60ms", cosmos: "90ms"], in: "budget").isPassed)
    }
}
