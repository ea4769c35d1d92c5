import Testing

@testable import Workshop

@Suite struct MarkdownParserTests {
    @Test func paragraphsListsAndCodeKeepTheirLines() {
        let blocks = MarkdownParser.parse(
            """
            One *soft* and **strong** `code`.
            Same paragraph.

            - first
            - second

            ```
            | not | a table |
            |-----|---------|
            ```
            """)
        #expect(blocks.map(\.line) == [1, 4, 7])
        #expect(
            blocks[0].content
                == .paragraph([
                    .text("One "), .emphasis([.text("soft")]), .text(" and "), .strong([.text("strong")]), .text(" "),
                    .code([.text("code")]), .text("."), .text(" "), .text("Same paragraph."),
                ]))
        #expect(
            blocks[1].content
                == .list(
                    start: nil,
                    items: [
                        [MarkdownBlock(line: 4, .paragraph([.text("first")]))],
                        [MarkdownBlock(line: 5, .paragraph([.text("second")]))],
                    ]))
        #expect(blocks[2].content == .code(lines: ["| not | a table |", "|-----|---------|"]))
    }

    @Test func placeholdersSurviveMarkdownAndKnowTheirPlace() {
        let blocks = MarkdownParser.parse("It took *{{ a * b_c_d | 2 }}*, `{{x}}`.\nThen {{ y }}.", firstLine: 10)
        #expect(
            blocks.map(\.content) == [
                .paragraph([
                    .text("It took "), .emphasis([.value(Placeholder(source: "a * b_c_d | 2", line: 10, column: 13))]),
                    .text(", "), .code([.value(Placeholder(source: "x", line: 10, column: 35))]), .text("."),
                    .text(" "),
                    .text("Then "), .value(Placeholder(source: "y", line: 11, column: 9)), .text("."),
                ])
            ])
    }

    @Test func pipeTableBetweenParagraphs() {
        let blocks = MarkdownParser.parse(
            """
            Before
            | way | *time* | note |
            |:---|---:|:-:|
            | one \\| two | {{ t }} |
            After
            """)
        #expect(blocks.map(\.line) == [1, 2, 5])
        let expected = MarkdownTable(
            alignments: [.left, .right, .centre],
            header: [[.text("way")], [.emphasis([.text("time")])], [.text("note")]],
            rows: [[[.text("one | two")], [.value(Placeholder(source: "t", line: 4, column: 19))], []]])
        #expect(blocks[1].content == .table(expected))
    }

    @Test func commentsAreKeptAndOtherHTMLIsUnsupported() {
        let blocks = MarkdownParser.parse("<!-- notes: say\n\n{{ x }} -->\n\n<div>no</div>\n\nA <b>tag</b>.")
        #expect(blocks.map(\.line) == [1, 5, 7])
        #expect(blocks[0].content == .comment(" notes: say\n\n{{ x }} "))
        #expect(blocks[1].content == .unsupported("raw HTML"))
        guard case .paragraph(let inlines) = blocks[2].content else {
            Issue.record("no paragraph")
            return
        }
        #expect(inlines.contains(.unsupported("<b>", line: 7)))
    }

    @Test func deepNestingEnds() {
        let blocks = MarkdownParser.parse(String(repeating: "> ", count: 5000) + "deep")
        var depth = 0
        var current = blocks.first
        while case .quote(let inner) = current?.content {
            depth += 1
            current = inner.first
        }
        #expect(depth == MarkdownParser.maximumDepth)
        #expect(current?.content == .unsupported("nested too deep"))
    }
}
