import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Problems over the screen: with their places and lines, at any size, in both languages.
@Suite struct ProblemsViewTests {
    private func problems(_ count: Int, line: String = "    stopp: 100ms") -> [Problem] {
        let text = Array(repeating: line, count: 60).joined(separator: "\n")
        let source = SourceText(file: "packs/01-queues/lesson.yaml", text: text)
        return (1...count).map { number in
            source.mark(line: number * 5, column: 5, length: 5).problem(
                "unknown key \"stopp\" in a step", suggestion: "did you mean \"stop\"?")
        }
    }

    private func screen(
        _ problems: [Problem], width: Int = 80, height: Int = 24, _ language: Language = .english,
        _ glyphs: Glyphs = .unicode
    ) -> [String] {
        var frame = Frame(size: Size(width: width, height: height))
        ProblemsView(problems: problems, language: language, glyphs: glyphs).draw(on: &frame)
        return frame.exportedText.split(separator: "\n").map(String.init)
    }

    private func row(_ text: String, in rows: [String]) -> Int? { rows.firstIndex { $0.contains(text) } }

    @Test func aProblemIsShownWithItsLineAndAMarkUnderThePlace() throws {
        let rows = screen(problems(1))
        let place = try #require(row("lesson.yaml:5:5 unknown key \"stopp\" in a step", in: rows))
        let source = rows[place + 1]
        #expect(source.contains("5 │     stopp: 100ms"))
        let caret = try #require(rows[place + 2].range(of: "^^^^^"))
        let word = try #require(source.range(of: "stopp"))
        #expect(
            rows[place + 2].distance(from: rows[place + 2].startIndex, to: caret.lowerBound)
                == source.distance(from: source.startIndex, to: word.lowerBound))
        #expect(rows[place + 3].contains("did you mean \"stop\"?"))
    }

    @Test(arguments: [(80, 24), (60, 16), (120, 40), (200, 60)])
    func whatDoesNotFitIsCounted(width: Int, height: Int) throws {
        let rows = screen(problems(12), width: width, height: height)
        let shown = rows.count { $0.contains("unknown key") }
        #expect(shown > 0)
        if shown < 12 { #expect(row("and \(12 - shown) more", in: rows) != nil) }
        let spanish = screen(problems(12), width: width, height: height, .spanish)
        if shown < 12 { #expect(row("y \(12 - shown) más", in: spanish) != nil) }
    }

    @Test func thePlaceInALongLineIsSeen() throws {
        let line = String(repeating: "x", count: 300) + " wrong " + String(repeating: "y", count: 300)
        let source = SourceText(file: "lesson.yaml", text: line)
        for width in [60, 80, 120] {
            let rows = screen([source.mark(line: 1, column: 302, length: 5).problem("no")], width: width, height: 16)
            #expect(row("wrong", in: rows) != nil)
            #expect(row("^^^^^", in: rows) != nil)
        }
    }

    @Test func asciiStaysASCII() {
        let rows = screen(problems(3), .english, .ascii)
        #expect(rows.joined().unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test func aFileAsAWholeHasNoLine() {
        let rows = screen([Problem(file: "x/01-a/es.md", message: "the file is missing")])
        #expect(row("es.md the file is missing", in: rows) != nil)
    }
}
