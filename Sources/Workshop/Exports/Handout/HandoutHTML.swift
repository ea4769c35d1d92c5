import Scenario
import TerminalKit

/// Writes a handout as one HTML page that needs nothing else: no network, no scripts.
///
/// It is light or dark as its reader's browser is, and light on paper, where everything that is folded is open.
public struct HandoutHTML {
    private let handout: Handout
    private let light: Theme
    private let dark: Theme
    private var language: Language { handout.language }

    public init(_ handout: Handout, light: Theme, dark: Theme) {
        self.handout = handout
        self.light = light
        self.dark = dark
    }

    /// O(size).
    public var text: String {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="Ensayo">
        <title>\(Self.escape(handout.title)) - Ensayo</title>
        <style>
        \(HandoutStyle(light: light, dark: dark).text)</style>
        </head>
        <body>
        <header>
        <h1>\(Self.escape(handout.title))</h1>
        <p class="facts">\(handout.facts.map(Self.escape).joined(separator: " · "))</p>
        </header>
        \(contents)<main>
        \(handout.sections.map(section).joined())</main>
        <footer><p>\(Self.escape(HandoutWords.madeBy(language)))</p></footer>
        </body>
        </html>

        """
    }

    /// Text of scenarios and traces may hold anything: none of it turns lines around or ends what it stands in.
    static func escape(_ text: String) -> String { Escape.xml(SafeText.line(text)) }

    private var contents: String {
        guard handout.sections.count > 1 else { return "" }
        let items = handout.sections.map { "<li><a href=\"#\($0.id)\">\(Self.escape($0.title))</a></li>\n" }.joined()
        return "<nav>\n<h2>\(Self.escape(HandoutWords.contents(language)))</h2>\n<ul>\n\(items)</ul>\n</nav>\n"
    }

    private func section(_ section: Handout.Section) -> String {
        let note = section.note.isEmpty ? "" : " <small>\(Self.escape(section.note))</small>"
        return "<section id=\"\(section.id)\">\n<h2>\(Self.escape(section.title))\(note)</h2>\n"
            + section.blocks.map(block).joined() + "</section>\n"
    }

    private func block(_ block: Handout.Block) -> String {
        switch block {
        case .text(let blocks): return MarkdownHTML.text(blocks)
        case .line(let text): return "<p>\(Self.escape(text))</p>\n"
        case .heading(let text): return "<h3>\(Self.escape(text))</h3>\n"
        case .list(let items, let isNumbered):
            let tag = isNumbered ? "ol" : "ul"
            return "<\(tag)>\n" + items.map { "<li>\(Self.escape($0))</li>\n" }.joined() + "</\(tag)>\n"
        case .table(let header, let rows): return table(header, rows)
        case .folded(let title, let blocks):
            let content = blocks.map(self.block).joined()
            return "<details>\n<summary>\(Self.escape(title))</summary>\n\(content)</details>\n"
        case .picture(let picture):
            let svg = picture.frame.svg(variablesOf: dark, title: picture.caption)
            return "<figure>\n\(svg)<figcaption>\(Self.escape(picture.caption))</figcaption>\n</figure>\n"
        case .chart(let chart):
            let caption = Self.escape(chart.title)
            return "<figure>\n\(FlowChartSVG(chart: chart).text)<figcaption>\(caption)</figcaption>\n</figure>\n"
        case .code(let lines):
            return "<pre><code>\(lines.map(Self.escape).joined(separator: "\n"))</code></pre>\n"
        }
    }

    /// Names to the left, everything behind them to the right.
    private func table(_ header: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            let cells = cells.enumerated().map { place, cell in
                "<\(tag)\(place == 0 ? "" : " class=\"right\"")>\(Self.escape(cell))</\(tag)>"
            }
            return "<tr>\(cells.joined())</tr>\n"
        }
        let body = rows.map { row($0, "td") }.joined()
        return "<table>\n<thead>\n\(row(header, "th"))</thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }
}
