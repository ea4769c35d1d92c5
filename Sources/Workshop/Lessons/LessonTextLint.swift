import Scenario
import TerminalKit

/// The room that a step's text has on the smallest screen that must hold it, 80x24.
public struct LessonColumn: Hashable, Sendable {
    public var width: Int
    public var height: Int

    /// Beside the panels.
    public static let narrow = LessonColumn(width: 26, height: 14)
    /// Where there are no panels.
    public static let wide = LessonColumn(width: 76, height: 19)

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public init(of step: LessonStep) { self = step.stage.panels.isEmpty ? .wide : .narrow }
}

/// Checks that texts can be shown, and that they fit.
struct LessonTextLint {
    /// More pages than this are a book.
    static let pages = 3
    static let hintPages = 1

    let lesson: Lesson
    let sources: LessonSources
    let runs: LessonRuns

    func problems() -> [Problem] {
        Language.allCases.flatMap { language in
            let text = lesson.text(language)
            let steps = text.steps.flatMap { part -> [Problem] in
                guard let step = lesson.step(part.id) else { return [] }
                return self.step(part, step, language)
            }
            return steps + (text.summary + text.reading).flatMap { unsupported($0, language) }
        }
    }

    // MARK: Texts

    private func step(_ text: StepText, _ step: LessonStep, _ language: Language) -> [Problem] {
        let heading = sources.mark(language, line: text.lines.lowerBound)
        var problems = fit(text.body, "the text", Self.pages, step, language, heading)
        problems += fit(text.after, "the explanation", Self.pages, step, language, heading)
        for (index, hint) in text.hints.enumerated() {
            problems += fit(hint, "hint \(index + 1)", Self.hintPages, step, language, heading)
        }
        return problems + text.notes.flatMap { unsupported($0, language) }
    }

    private func fit(
        _ blocks: [MarkdownBlock], _ what: String, _ limit: Int, _ step: LessonStep, _ language: Language,
        _ heading: SourceMark
    ) -> [Problem] {
        let column = LessonColumn(of: step)
        let renderer = MarkdownRenderer(width: column.width) {
            runs.text(of: $0, in: step, language)
        } link: {
            lesson.note(onLinkTo: $0, language)
        }
        var problems = blocks.flatMap { unsupported($0, language) + wide($0, renderer, language) }
        let pages = renderer.pages(blocks, height: column.height).count
        if pages > limit {
            let place = blocks.first.map { sources.mark(language, line: $0.line) } ?? heading
            problems.append(
                place.problem(
                    "\(what) of \(SafeText.quoted(step.id)) takes \(pages) pages of \(column.width) columns and "
                        + "\(column.height) lines, and \(limit) \(limit == 1 ? "is" : "are") allowed",
                    suggestion: "say it shorter"))
        }
        return problems
    }

    /// Words and lines of code that would be cut.
    private func wide(_ block: MarkdownBlock, _ renderer: MarkdownRenderer, _ language: Language) -> [Problem] {
        let indent: Int
        let lines: [(line: Int, text: String)]
        switch block.content {
        case .code(let code):
            // The lines of a fenced block stand below its fence.
            let first = block.line + (Fence(sources[language].lines[block.line - 1]) == nil ? 0 : 1)
            (indent, lines) = (0, code.enumerated().map { (first + $0, $1) })
        case .list(_, let items):
            return items.flatMap { $0.flatMap { wide($0, renderer, language) } }
        case .paragraph, .table:
            let words = block.inlines.flatMap { renderer.words(of: $0) }
            (indent, lines) = (2, words.map { (block.line, $0) })
        default: return []
        }
        return lines.filter { Text.width($0.text) > renderer.width - indent }.map { line, text in
            sources.mark(language, line: line).problem(
                "\(SafeText.quoted(text)) is wider than the text's column, \(renderer.width)")
        }
    }

    private func unsupported(_ block: MarkdownBlock, _ language: Language) -> [Problem] {
        block.unsupported.map { what, line in
            sources.mark(language, line: line, of: what).problem(
                "\(what.hasPrefix("<") ? "raw HTML" : what) cannot be shown in a terminal",
                suggestion: "use paragraphs, lists, tables, code, *emphasis* and **strong**")
        }
    }
}

extension MarkdownRenderer {
    /// The words of a piece of text as they will be shown.
    func words(of inline: MarkdownInline) -> [String] {
        switch inline {
        case .text(let text): text.split(separator: " ").map(String.init)
        case .value(let placeholder): [figure(placeholder)]
        case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.flatMap { words(of: $0) }
        case .code(let inner): inner.flatMap { words(of: $0) }
        case .lineBreak, .unsupported: []
        }
    }
}

extension MarkdownBlock {
    /// What a terminal cannot show, and where.
    var unsupported: [(what: String, line: Int)] {
        switch content {
        case .unsupported(let what): [(what, line)]
        case .list(_, let items): items.flatMap { $0.flatMap(\.unsupported) }
        case .quote(let blocks): blocks.flatMap(\.unsupported)
        default: inlines.flatMap(\.unsupported)
        }
    }
}

extension MarkdownInline {
    var unsupported: [(what: String, line: Int)] {
        switch self {
        case .unsupported(let what, let line): [(what, line)]
        case .emphasis(let inner), .strong(let inner), .code(let inner), .link(let inner, _):
            inner.flatMap(\.unsupported)
        case .text, .value, .lineBreak: []
        }
    }
}
