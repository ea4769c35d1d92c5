import TerminalKit

extension LessonState: RunScreen {
    var focusedPanel: PanelKind? { if case .panel(let kind) = focus { kind } else { nil } }
    var window: Duration? { stage?.window }

    /// What the goals of a challenge are about.
    var measured: [Measured] {
        guard case .challenge(let challenge) = step?.kind else { return [] }
        let metrics = challenge.goals.flatMap { $0.that.left.metrics + $0.that.right.metrics }
        return metrics.reduce(into: []) { all, metric in
            let one = Measured(kind: metric.kind, name: metric.name)
            if !all.contains(one) { all.append(one) }
        }
    }

    /// Lays out the lesson's text, with the figures of its runs.
    func renderer(width: Int, _ language: Language, _ glyphs: Glyphs) -> MarkdownRenderer {
        var renderer = MarkdownRenderer(width: width, glyphs: glyphs) {
            figures.text(of: $0, in: step, language)
        } link: {
            lesson.note(onLinkTo: $0, language)
        }
        renderer.remember = { blocks, layOut in
            let key = TextLayouts.Key(
                blocks: blocks, width: width, glyphs: glyphs.repertoire, language: language, step: step?.id)
            return figures.layouts.groups(key, layOut: layOut)
        }
        return renderer
    }

    /// Scrolls the panel that has the focus. Returns whether the command was for it.
    mutating func scroll(_ command: Command, on size: Size) -> Bool {
        !isAsking && scroll(command, in: LessonLayout(size, for: self))
    }
}
