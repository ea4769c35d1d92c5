import Scenario
import Testing

@testable import Workshop

@Suite struct OrchestrationTests {
    static let folder = String(#filePath.dropLast("Tests/WorkshopTests/Lessons/OrchestrationTests.swift".count)) + "Lessons"

    /// The figures of the curriculum, from the lesson's own runs.
    @Test(arguments: [
        ("sequential", 1500.0), ("parallel", 500), ("cached", 50), ("page_sequential", 650), ("page_parallel", 500),
        ("page_by_data", 350), ("fan_out", 500), ("fan_out_20", 500),
    ])
    func theRunsGiveTheFiguresOfTheCurriculum(name: String, milliseconds: Double) throws {
        let lesson = try LessonLibrary(folder: Self.folder).load("orchestration")
        let value = try #require(lesson.values.first { $0.name == name })
        #expect(try LessonRuns(lesson).value(of: value.expression) == MetricValue(milliseconds, .time))
    }
}
