import Analysis
import TerminalKit

extension LessonState {
    /// What a panel of this lesson looks at; `nil` while there is no run yet.
    func context(for kind: PanelKind, _ language: Language, _ settings: DisplaySettings) -> PanelContext? {
        guard let player, let run = player.run else { return nil }
        return PanelContext(
            run: run, earlier: player.earlier, cursor: player.cursor, selection: player.selection,
            window: stage?.window ?? Self.window(of: run), language: language, glyphs: settings.glyphs,
            scroll: scroll[kind] ?? 0, isFocused: focus == .panel(kind),
            isZoomed: isZoomed, reducedMotion: settings.reducedMotion, showsTrueTimes: showsTrueTimes)
    }

    /// Lays out the lesson's text, with the figures of its runs.
    func renderer(width: Int, _ language: Language, _ glyphs: Glyphs) -> MarkdownRenderer {
        MarkdownRenderer(width: width, glyphs: glyphs) { figures.text(of: $0, in: step, language) }
    }

    /// Rates and percentiles look back ten seconds, or over the whole of a run that is not much longer.
    static func window(of run: RunView) -> Duration {
        let end = Duration.nanoseconds(run.trace.end.nanoseconds)
        return end <= .seconds(20) ? end : .seconds(10)
    }
}
