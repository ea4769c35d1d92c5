import TerminalKit

extension LessonState: RunScreen {
    var focusedPanel: PanelKind? { if case .panel(let kind) = focus { kind } else { nil } }
    var window: Duration? { stage?.window }

    /// Lays out the lesson's text, with the figures of its runs.
    func renderer(width: Int, _ language: Language, _ glyphs: Glyphs) -> MarkdownRenderer {
        MarkdownRenderer(width: width, glyphs: glyphs) { figures.text(of: $0, in: step, language) }
    }

    /// Scrolls the panel that has the focus. Returns whether the command was for it.
    mutating func scroll(_ command: Command, on size: Size) -> Bool {
        !isAsking && scroll(command, in: LessonLayout(size, for: self))
    }
}
