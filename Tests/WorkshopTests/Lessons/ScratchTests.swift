import Scenario
import Testing

@testable import Workshop

@Test func scratchPages() throws {
    let lesson = try LessonLibrary(folder: OrchestrationTests.folder).load("orchestration")
    let runs = LessonRuns(lesson)
    for step in lesson.steps {
        for language in Language.allCases {
            let text = lesson.text(of: step, language)
            let renderer = MarkdownRenderer(width: LessonColumn(of: step).width) { runs.text(of: $0, in: step, language) }
            for (name, part) in [("body", text.body), ("after", text.after)] + text.hints.map({ ("hint", $0) }) where !part.isEmpty {
                let pages = renderer.pages(part, height: LessonColumn(of: step).height)
                print("---- \(step.id) \(language) \(name) \(pages.map(\.count))")
            }
        }
    }
}
