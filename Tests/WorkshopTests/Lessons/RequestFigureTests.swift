import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Figures of one request: how they are read, and what they are.
@Suite struct RequestFigureTests {
    private let scope: MetricScope
    private let runs: LessonRuns

    init() throws {
        let backends = "sql: { latency: 100ms, concurrency: 1 }"
        let others = "insights: { latency: 5ms }\n    rest: { latency: 5ms }\n    cosmos: { latency: 5ms }"
        let yaml = SmallLesson.yaml.replacing(backends, with: "\(backends)\n    \(others)")
            .replacing(
                "page: [ { call: sql.read } ]",
                with: "page: [ { call: sql.read }, { call: insights.get }, { call: rest.get }, { call: cosmos.get } ]")
        let lesson = try LessonReader.read(SmallLesson.source(yaml: yaml))
        scope = lesson.scope(of: nil)
        runs = LessonRuns(lesson)
    }

    private func value(_ text: String, _ trace: Trace) throws -> MetricValue {
        let shown = ShownRun(scenario: "one", index: TraceIndex(trace))
        return try runs.value(of: MetricParser.expression(text, in: scope).expression, shown: shown)
    }

    /// See `TraceSketch.services`.
    @Test(arguments: [
        ("request.1.latency", 310.0), ("request.3.latency", 510), ("request.1.overlap.sql.rest", 120),
        ("request.1.overlap.rest.sql", 120), ("request.1.overlap.sql.cosmos", 0),
        ("request.1.overlap.insights.cosmos", 80), ("request.1.self.insights", 40), ("request.1.self.rest", 180),
        ("request.1.path.rest", 180), ("request.1.path.sql", 0), ("request.1.path.insights", 40),
        ("request.1.path.cosmos", 80), ("request.1.gaps", 10), ("request.1.span.insights.start", 5),
        ("request.1.span.insights.duration", 300), ("request.1.span.cosmos.end", 290),
        ("request.1.skew.insights", -40), ("request.1.skew.sql", 40),
        ("request.1.path.rest + request.1.path.insights + request.1.path.cosmos + request.1.gaps", 310),
    ])
    func figures(text: String, expected: Double) throws {
        let found = try value(text, TraceSketch.services(ahead: -40))
        #expect(found.unit == .time && abs(found.amount - expected) < 1e-9, "\(found)")
    }

    @Test func callsAreCountedAndWhatHasNotHappenedIsMissing() throws {
        let trace = TraceSketch.services()
        #expect(try value("request.1.calls", trace) == MetricValue(4, .number))
        #expect(try value("request.1.calls until 100ms", trace) == MetricValue(3, .number))
        #expect(try value("request.1.latency until 100ms", trace).amount.isNaN)
        #expect(try value("request.9.latency", trace).amount.isNaN)
    }

    @Test(arguments: [
        ("request.latency", 8, "expected the number of a request"),
        ("request.0.latency", 8, "expected the number of a request"),
        ("request.1.latncy", 10, "unknown measure \"latncy\" of a request"),
        ("request.1.span.sql", 10, "unknown measure \"span.sql\" of a request"),
        ("request.1.self.sqll", 15, "scenario \"one\" has no backend or cache \"sqll\""),
        ("request.1.overlap.sql.rst", 22, "scenario \"one\" has no backend or cache \"rst\""),
    ])
    func mistakesAreNamedWhereTheyAre(text: String, offset: Int, message: String) {
        do throws(MetricSyntaxError) {
            _ = try MetricParser.expression(text, in: scope)
            Issue.record("\(text) is read")
        } catch {
            #expect(error.offset == offset && error.message == message, "\(error)")
        }
    }
}
