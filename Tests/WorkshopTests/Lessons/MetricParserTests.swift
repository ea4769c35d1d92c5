import Scenario
import Testing

@testable import Workshop

@Suite struct MetricParserTests {
    private let scope: MetricScope
    private let runs: LessonRuns

    init() throws {
        let lesson = try LessonReader.read(SmallLesson.source())
        var scope = lesson.scope(of: nil)
        scope.tryingChanges = true
        self.scope = scope
        runs = LessonRuns(lesson)
    }

    private func value(_ text: String) throws -> MetricValue {
        try runs.value(of: MetricParser.expression(text, in: scope).expression)
    }

    @Test(arguments: [
        ("flow.page.latency.max", MetricValue(100, .time)),
        ("client.web.latency.p50 of two", MetricValue(100, .time)),
        ("flow.page.latency.last of two", MetricValue(200, .time)),
        ("flow.page.latency.max of two with backends.sql.concurrency = 2", MetricValue(100, .time)),
        ("client.web.latency.mean of two", MetricValue(150, .time)),
        ("flow.page.requests of two + flow.page.ok", MetricValue(3, .number)),
        ("flow.page.ok of two until 150ms", MetricValue(1, .number)),
        ("flow.page.ok of two after 100ms", MetricValue(1, .number)),
        ("flow.page.success", MetricValue(1, .share)),
        ("backend.sql.maxQueued of two", MetricValue(1, .number)),
        ("settings.backends.sql.latency", MetricValue(100, .time)),
        ("max(alone, 2 * alone, alone / 2) - 50ms", MetricValue(150, .time)),
        ("min(flow.page.latency.max with backends.sql.latency = 30ms, alone)", MetricValue(30, .time)),
        ("sum(1, 2, 3) * 10% / 2", MetricValue(0.3, .number)),
        ("(1s - 900ms) / alone", MetricValue(1, .number)),
    ])
    func figures(text: String, expected: MetricValue) throws {
        let found = try value(text)
        #expect(found.unit == expected.unit)
        #expect(abs(found.amount - expected.amount) < 1e-9)
    }

    @Test(arguments: [
        ("flow.page.latency.max = 100ms", true), ("flow.page.latency.max of two = 201ms ± 1%", true),
        ("flow.page.latency.max of two = 201ms", false), ("alone != 100ms", false), ("alone ≤ 0.1s", true),
        ("alone >= 101ms +- 50%", false), ("flow.page.success = 100%", true), ("alone < 100ms", false),
    ])
    func conditions(text: String, holds: Bool) throws {
        #expect(try runs.holds(MetricParser.condition(text, in: scope)) == holds)
    }

    @Test(arguments: [
        ("flow.page.latency.max +", 22, "did not expect \"+\""),
        ("flow.page.latncy.max", 10, "unknown measure \"latncy.max\" of a flow"),
        ("flw.page.ok", 0, "unknown figure \"flw.page.ok\""),
        ("flow.page.ok of tree", 16, "unknown scenario \"tree\""),
        ("flow.page.ok of two with backends.sql.slots = 3", 25, "unknown key \"slots\" in backend \"sql\""),
        ("flow.page.ok of two with", 24, "expected PATH = VALUE"),
        ("flow.page.ok after 5", 19, "expected a time"),
        ("flow.page.ok + alone", 15, "a time cannot be added to a number"),
        ("alone * alone", 8, "a time cannot be multiplied by a time"),
        ("1 / alone", 4, "a number cannot be divided by a time"),
        ("max(1, alone)", 7, "a time beside a number"),
        ("(alone", 6, "expected \")\""),
        ("settings.backends.rest.latency", 9, "scenario \"one\" has no value \"backends.rest.latency\""),
        ("5 apples", 2, "did not expect \"apples\""),
        ("5apples", 0, "\"5apples\" is not a number with a unit"),
        ("", 0, "expected a figure"),
    ])
    func mistakesAreLocated(text: String, offset: Int, message: String) throws {
        let error = try #require(throws: MetricSyntaxError.self) { try MetricParser.expression(text, in: scope) }
        #expect(error.message == message)
        #expect(error.offset == offset)
    }

    @Test func deepNestingEnds() {
        let text = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
        let error = #expect(throws: MetricSyntaxError.self) { try MetricParser.expression(text, in: scope) }
        #expect(error?.message == "nested too deep")
    }

    @Test func aFigureThatTheRunDoesNotHaveIsNoNumberAndHoldsNothing() throws {
        let condition = try MetricParser.condition(
            "flow.page.latency.max with backends.sql.latency = 2s < 1h", in: scope)
        #expect(try runs.value(of: condition.left).amount.isNaN)
        #expect(try !runs.holds(condition))
    }
}

@Suite struct MetricFormatTests {
    @Test(arguments: [
        (MetricValue(1500, .time), nil as MetricFormat?, "1500\u{a0}ms", "1500\u{a0}ms"),
        (MetricValue(0.25, .time), nil, "0.25\u{a0}ms", "0,25\u{a0}ms"),
        (MetricValue(12_340, .time), nil, "12.3\u{a0}s", "12,3\u{a0}s"),
        (MetricValue(222_350, .time), .seconds, "222\u{a0}s", "222\u{a0}s"),
        (MetricValue(300_000, .time), nil, "5\u{a0}min", "5\u{a0}min"),
        (MetricValue(1500, .time), .seconds, "1.5\u{a0}s", "1,5\u{a0}s"),
        (MetricValue(2.96, .number), .times, "3x", "3x"),
        (MetricValue(2.5, .number), .times, "2.5x", "2,5x"),
        (MetricValue(0.9995, .share), nil, "100\u{a0}%", "100\u{a0}%"),
        (MetricValue(0.985, .share), nil, "99\u{a0}%", "99\u{a0}%"),
        (MetricValue(7, .number), nil, "7", "7"),
        (MetricValue(-0.004, .number), nil, "0", "0"),
        (MetricValue(.nan, .time), nil, "–", "–"),
    ])
    func figuresAreWrittenInEachLanguage(value: MetricValue, format: MetricFormat?, english: String, spanish: String) {
        #expect(value.text(.english, as: format) == english)
        #expect(value.text(.spanish, as: format) == spanish)
    }

    @Test(arguments: [
        ("500", MetricUnit.time, 500.0), ("500 ms", .time, 500), ("0,5 s", .time, 500), ("1.5S", .time, 1500),
        ("95", .share, 0.95), ("95 %", .share, 0.95), ("12", .number, 12),
    ])
    func typedAnswersAreRead(text: String, unit: MetricUnit, amount: Double) {
        #expect(MetricValue(typed: text, unit: unit) == MetricValue(amount, unit))
    }

    @Test(arguments: ["", "fast", "5 apples", "10%", "--5", "1e400", "١٢"])
    func otherAnswersAreNot(text: String) { #expect(MetricValue(typed: text, unit: .time) == nil) }
}
