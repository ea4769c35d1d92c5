import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Lessons and runs as pages to read.
@Suite struct HandoutTests {
    private func lesson(_ language: Language = .english) throws -> Handout {
        try LessonHandout(LessonRuns(try RehearsalLesson.make()), language: language).make()
    }

    private func html(_ handout: Handout) -> String { HandoutHTML(handout, light: .ensayo, dark: .ensayo).text }

    @Test func everyStepIsASection() throws {
        let lesson = try RehearsalLesson.make()
        let ids = try self.lesson().sections.map(\.id)
        #expect(ids == ["about"] + lesson.steps.map(\.id) + ["summary", "reading", "runs"])
    }

    /// Equal inputs give equal bytes.
    @Test(arguments: Language.allCases) func itIsTheSameEveryTime(language: Language) throws {
        #expect(html(try lesson(language)) == html(try lesson(language)))
        #expect(HandoutMarkdown(try lesson(language)).text == HandoutMarkdown(try lesson(language)).text)
    }

    @Test(arguments: Language.allCases) func aPageNeedsNothingElse(language: Language) throws {
        let page = html(try lesson(language))
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
        for word in ["<script", "<img", "<link", "@import", "url(", " src=", "javascript:"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(!page.contains("{{"))
    }

    /// Whoever reads it can run it again and see that it is the same.
    @Test func everyRunIsNamedWithItsDigest() throws {
        let figures = LessonRuns(try RehearsalLesson.make())
        let pages = [html(try lesson()), HandoutMarkdown(try lesson()).text]
        for scenario in ["steady", "pair"] {
            let digest = try figures.index(scenario, [], seedOffset: 0).trace.digest
            for page in pages {
                #expect(page.contains("digest \(digest)"))
                #expect(page.contains("ensayo run rehearsal --scenario \(scenario)"))
            }
        }
    }

    /// The answer to a question is there, and folded.
    @Test func answersAreFolded() throws {
        let handout = try lesson()
        let sections = handout.sections.filter { $0.note == "predict" }
        #expect(!sections.isEmpty)
        for section in sections {
            let open = section.blocks.flatMap(\.lines)
            let all = section.blocks.flatMap(\.allLines)
            #expect(!open.contains { $0.hasPrefix("The run says") } && all.contains { $0.hasPrefix("The run says") })
        }
    }

    @Test func markdownShowsPicturesAsTextAndDiagrams() throws {
        let text = HandoutMarkdown(try lesson()).text
        #expect(text.contains("```text\n╭ ") && text.contains("```mermaid\nsequenceDiagram\n"))
        #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") || $0.hasPrefix("|") })
    }

    @Test func namesOfARunBreakOutOfNothing() throws {
        let name = "</title><script>]]>\"'\u{202E}`|\u{1B}"
        let section = Handout.Section(
            id: "run", title: name,
            blocks: [
                .line(name), .heading(name), .list([name]), .table(header: [name], rows: [[name]]),
                .folded(title: name, [.code([name])]),
            ])
        let handout = Handout(language: .english, title: name, facts: [name], sections: [section])
        let page = html(handout)
        #expect(!page.contains("<script") && !page.contains("]]>"))
        for text in [page, HandoutMarkdown(handout).text] {
            #expect(!text.contains("\u{202E}") && !text.contains("\u{1B}"))
        }
    }

    /// Rows without anything are left out, and no other ones.
    @Test(arguments: [[PanelKind.sequence], [.topology, .metrics], [.sequence, .trace, .topology, .metrics]])
    func trimmedPicturesShowTheSame(panels: [PanelKind]) throws {
        let figures = LessonRuns(try RehearsalLesson.make())
        let view = try #require(try? figures.view("steady"))
        let picture = RunPicture(of: view, panels: panels, size: Size(width: 100, height: 50))
        func words(_ frame: Frame) -> [String] {
            frame.rows.filter { row in row.contains { !" │".contains($0) } }
        }
        #expect(words(picture.trimmedFrame) == words(picture.frame))
        #expect(picture.trimmedFrame.size.height < 50)
    }

    @Test func chartsHaveAPlaceForEveryBucket() throws {
        let view = try LessonRuns(try RehearsalLesson.make()).view("steady")
        let blocks = RunChapter(run: view, title: "steady", language: .english, command: "x").blocks
        let charts = blocks.compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
        let chart = try #require(charts.first)
        #expect(chart.points.count == FlowChart.buckets && chart.mostFailed > 0 && chart.longest > 0)
        let svg = FlowChartSVG(chart: chart).text
        #expect(svg.contains("var(--hue1)") && !svg.contains("nan") && !svg.contains("inf"))
    }
}

extension Handout.Block {
    fileprivate var lines: [String] { if case .line(let text) = self { [text] } else { [] } }

    fileprivate var allLines: [String] {
        if case .folded(_, let blocks) = self { blocks.flatMap(\.allLines) } else { lines }
    }
}
