import TerminalKit
import Testing

@testable import Workshop

@Suite struct MarkdownRendererTests {
    private func lines(_ source: String, width: Int, glyphs: Glyphs = .unicode) -> [String] {
        MarkdownRenderer(width: width, glyphs: glyphs) { "<\($0.source)>" }
            .lines(MarkdownParser.parse(source)).map(\.plain)
    }

    @Test func blocksStandApartAndItemsTogether() {
        let source =
            "Hello *big* world, it is {{ x }}.\n\n- one two three\n- four\n\n9. nine\n10. ten\n\n> said"
            + "\n\n---\n\n    code"
        #expect(
            lines(source, width: 12) == [
                "Hello big", "world, it is", "<x>.", "", "• one two", "  three", "• four", "", "9.  nine", "10. ten",
                "",
                "│ said", "", "────────────", "", "code",
            ])
        #expect(lines("- a\n\n---", width: 3, glyphs: .ascii) == ["- a", "", "---"])
    }

    @Test func emphasisIsKept() {
        let renderer = MarkdownRenderer(width: 40) { $0.source }
        let line = renderer.lines(MarkdownParser.parse("a *b* **c** `d` [e](u)"))[0]
        #expect(
            line.spans.filter { $0.text != " " } == [
                Span("a ", .text), Span("b", Style(.text, .italic)), Span("c", Style(.text, .bold)),
                Span("d", Style(.title)), Span("e", Style(.text, .underline)), Span(" u", .muted),
            ])
    }

    @Test func aTableFitsOrIsStacked() {
        let source = "| way | takes | note |\n|---|---:|:-:|\n| one by one | 1500 | a |\n| all | 5 | bcd |"
        #expect(
            lines(source, width: 30) == ["way         takes  note", "one by one   1500   a", "all             5  bcd"])
        #expect(
            lines(source, width: 12) == ["one by one", "takes: 1500", "note: a", "", "all", "takes: 5", "note: bcd"])
    }

    @Test func numbersHoldToTheirUnits() {
        #expect(lines("it takes 500 ms now", width: 12) == ["it takes", "500 ms now"])
        #expect(
            MarkdownRenderer.holdingUnits("5 ms, 10 % 3 x 2 sheep s 4 s")
                == "5\u{a0}ms, 10\u{a0}% 3\u{a0}x 2 sheep s 4\u{a0}s")
    }

    @Test func pagesKeepBlocksTogether() {
        let renderer = MarkdownRenderer(width: 10) { $0.source }
        func pages(_ source: String, _ height: Int) -> [[String]] {
            renderer.pages(MarkdownParser.parse(source), height: height).map { $0.map(\.plain) }
        }
        #expect(pages("one\n\ntwo two two", 3) == [["one"], ["two two", "two"]])
        #expect(pages("one\n\ntwo", 3) == [["one", "", "two"]])
        #expect(pages("one\n\nlist:\n\n- a\n- b", 4) == [["one"], ["list:", "", "• a", "• b"]])
        #expect(pages("1\\\n2\\\n3\\\n4\\\n5", 2) == [["1", "2"], ["3", "4"], ["5"]])
        #expect(pages("", 5) == [[]])
        #expect(pages("one", 0) == [["one"]])
    }

    /// Whatever the text and the column, no line is wider than the column and no word gets lost.
    @Test func linesNeverLeaveTheColumn() {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let pieces = [
            "word", "*é*", "`x y`", "{{ v }}", "\n\n- item", "\n\n| a | b |\n|--|--|\n| c | d |\n", "日本", "\n\n1. n",
            "\n\n> q", "–",
        ]
        for _ in 0..<300 {
            let source = (0..<1 + next(30)).map { _ in pieces[next(pieces.count)] }.joined(separator: " ")
            let width = 4 + next(40)
            let renderer = MarkdownRenderer(width: width) { _ in "500\u{a0}ms" }
            let pages = renderer.pages(MarkdownParser.parse(source), height: 1 + next(12))
            #expect(pages.joined().allSatisfy { $0.width <= width }, "\(source) at \(width)")
            let shown = pages.joined().map(\.plain).joined(separator: " ")
            if width >= 12 { #expect(shown.ranges(of: "word").count == source.ranges(of: "word").count) }
        }
    }
}
