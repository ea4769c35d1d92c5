import Analysis
import Foundation
import Scenario
import Testing

@testable import Workshop

/// The authors' guide: its example is a lesson, and what it lists is what there is.
@Suite struct LessonGuideTests {
    private let guide: String

    init() throws {
        let root = OrchestrationTests.folder.dropLast("Lessons".count)
        guide = try String(contentsOfFile: root + "docs/lessons.md", encoding: .utf8)
    }

    /// The first fenced block of a language.
    private func example(_ language: String) throws -> String {
        let start = try #require(guide.firstRange(of: "```\(language)\n"))
        let end = try #require(guide[start.upperBound...].firstRange(of: "```\n"))
        return String(guide[start.upperBound..<end.lowerBound])
    }

    @Test func theExampleIsALessonWithoutProblems() throws {
        let text = try example("markdown")
        // The guide shows one language; that the other says the same is lint's matter, not the example's.
        let source = SmallLesson.source(yaml: try example("yaml"), english: text, spanish: text)
        let problems = LessonLint.check(source).filter { !$0.file.hasSuffix("es.md") }
        #expect(problems.map(\.short) == [])
    }

    @Test func everyMeasureFormatPanelAndKindIsInTheGuide() {
        let measures = Metric.Kind.allCases.flatMap { $0.measures.keys }.flatMap {
            $0.split(separator: Character(".")).map(String.init)
        }
        let counts = LayerCount.allCases.map(\.name)
        let formats = MetricFormat.allCases.map(\.rawValue)
        let panels = PanelKind.allCases.map(\.rawValue)
        for word in Set(measures + counts + formats + panels + ["read", "watch", "predict", "experiment", "challenge"])
        {
            #expect(guide.contains("`\(word)`") || guide.contains("`\(word).`"), "\(word)")
        }
    }
}
