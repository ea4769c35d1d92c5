import Testing

@testable import Workshop

/// Blocks written as Markdown and HTML again.
@Suite struct MarkdownWriterTests {
    /// What is written reads back as the same blocks: every text of every lesson, in both languages.
    @Test(arguments: [
        "orchestration", "timeouts", "retry", "circuit-breaker", "bulkhead", "fallback", "cache-lru", "cache-writes",
        "cache-invalidation", "load-balancing",
    ])
    func textsOfLessonsReadBackAsTheyWere(id: String) throws {
        let lesson = try TaughtLesson.shared(id).lesson
        for language in Language.allCases {
            let text = lesson.text(language)
            let parts = text.steps.flatMap { [$0.body, $0.after] + $0.hints } + [text.summary, text.reading]
            for blocks in parts {
                let filled = blocks.map { $0.filled { $0.source } }
                let read = MarkdownParser.parse(MarkdownWriter.text(filled))
                #expect(read.map(\.plain) == filled.map(\.plain), "\(MarkdownWriter.text(filled))")
            }
        }
    }

    @Test(arguments: [
        "1. x", "- x", "# x", "a*b*_c_ `d` <b> & | ~ [x](y) ![z](w) \\ {{ v }}", "12) x", "+ x", "---", "===", "> x",
        "&amp; &#35;", "</script>]]>",
    ])
    func hostileTextStaysText(text: String) {
        let block = MarkdownBlock(line: 1, .paragraph([.text(text)]))
        #expect(MarkdownParser.parse(MarkdownWriter.text([block])).map(\.plain) == [block.plain])
        let cell = MarkdownTable(alignments: [.left, .right], header: [[.text(text)], []], rows: [[[.text(text)], []]])
        let table = MarkdownBlock(line: 1, .table(cell))
        #expect(MarkdownParser.parse(MarkdownWriter.text([table])).map(\.plain) == [table.plain])
        let html = MarkdownHTML.text([block, table])
        #expect(!html.contains("</script>") && !html.contains("<b>") && !html.contains("]]>"))
    }

    @Test func codeHoldsBackticks() {
        let block = MarkdownBlock(line: 1, .paragraph([.code([.text("a `` b`")])]))
        #expect(MarkdownParser.parse(MarkdownWriter.text([block])).map(\.plain) == [block.plain])
        #expect(MarkdownWriter.fenced(["```", "x"]).first == "````")
    }

    @Test func htmlLinksOnlyToPages() {
        func html(_ address: String) -> String {
            MarkdownHTML.text([MarkdownBlock(line: 1, .paragraph([.link([.text("x")], destination: address)]))])
        }
        let address = "https://example.org/?a=&quot;b&quot;&amp;c"
        #expect(html("https://example.org/?a=\"b\"&c") == "<p><a href=\"\(address)\">x</a></p>\n")
        #expect(html("javascript:alert(1)") == "<p>x</p>\n" && html("file:///etc") == "<p>x</p>\n")
    }

    @Test func htmlHasEveryKindOfBlock() {
        let html = MarkdownHTML.text(
            MarkdownParser.parse(
                """
                A *b* **c** `d`.

                - one
                - two

                3. three

                > said

                ```
                <x>
                ```

                | a | b |
                |---|--:|
                | 1 | 2 |

                ---
                """))
        #expect(
            html == """
                <p>A <em>b</em> <strong>c</strong> <code>d</code>.</p>
                <ul>
                <li>one</li>
                <li>two</li>
                </ul>
                <ol start="3">
                <li>three</li>
                </ol>
                <blockquote>
                <p>said</p>
                </blockquote>
                <pre><code>&lt;x&gt;</code></pre>
                <table>
                <thead>
                <tr><th>a</th><th class="right">b</th></tr>
                </thead>
                <tbody>
                <tr><td>1</td><td class="right">2</td></tr>
                </tbody>
                </table>
                <hr>

                """)
    }
}

extension MarkdownBlock {
    /// What it says and how it is built, without its place in a file.
    fileprivate var plain: String {
        switch content {
        case .paragraph(let inlines): "p(\(inlines.plain))"
        case .heading(_, let inlines): "h(\(inlines.plain))"
        case .list(let start, let items): "l\(start ?? -1)(\(items.map { $0.map(\.plain).joined() }))"
        case .quote(let blocks): "q(\(blocks.map(\.plain).joined()))"
        case .code(let lines): "c(\(lines))"
        case .table(let table):
            "t(\(table.alignments) \(table.header.map(\.plain)) \(table.rows.map { $0.map(\.plain) }))"
        case .rule: "rule"
        case .comment: ""
        case .unsupported(let what): "?\(what)"
        }
    }
}

extension [MarkdownInline] {
    /// Neighbouring texts are one, and a line break in the source is a blank.
    fileprivate var plain: String { map(\.plain).joined() }
}

extension MarkdownInline {
    fileprivate var plain: String {
        switch self {
        case .text(let text): text
        case .emphasis(let inner): "⟨e \(inner.plain)⟩"
        case .strong(let inner): "⟨s \(inner.plain)⟩"
        case .code(let inner): "⟨c \(inner.plain)⟩"
        case .link(let inner, let destination): "⟨l \(inner.plain) \(destination)⟩"
        case .value(let placeholder): "⟨v \(placeholder.source)⟩"
        case .lineBreak: "⏎"
        case .unsupported(let what, _): "?\(what)"
        }
    }
}
