import Scenario
import TerminalKit

extension App {
    /// In less than this nothing but the wish for more room is shown.
    public static var minimumSize: Size { LessonLayout.minimum }

    /// The frame that shows the workshop as it is. A pure function: the same workshop gives the same frame.
    public func view() -> Frame {
        var frame = Frame(size: size)
        guard size.width >= LessonLayout.minimum.width, size.height >= LessonLayout.minimum.height else {
            drawTooSmall(on: &frame)
            return frame
        }
        switch screen {
        case .menu(let menu):
            MenuView(
                menu: menu, progress: progress, glossary: glossary ?? Glossary(), language: language,
                glyphs: settings.glyphs
            ).draw(on: &frame)
        case .lesson(let state):
            if let view = presenterView(of: state) {
                view.draw(on: &frame)
            } else {
                LessonView(state: state, language: language, settings: settings, follower: follower).draw(on: &frame)
            }
        case .notes(let notes): NotesView(notes: notes, language: language, glyphs: settings.glyphs).draw(on: &frame)
        case .sandbox(let state):
            SandboxView(state: state, language: language, settings: settings).draw(on: &frame)
        }
        drawFindings(on: &frame)
        let footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
        notice?.draw(in: footer, on: &frame, language, settings.glyphs)
        drawOverlay(on: &frame)
        if isRunning, let runProgress { drawProgress(runProgress, on: &frame) }
        return frame
    }

    private func drawTooSmall(on frame: inout Frame) {
        let minimum = LessonLayout.minimum
        let text = LocalizedText(
            en: "Ensayo needs \(minimum.width)x\(minimum.height). This is \(size.width)x\(size.height).",
            es: "Ensayo necesita \(minimum.width)x\(minimum.height). Esto es \(size.width)x\(size.height).")
        let lines = StyledText(text(language)).wrapped(to: max(1, size.width))
        for (row, line) in lines.enumerated() {
            frame.write(
                line, x: max(0, (size.width - line.width) / 2), y: max(0, (size.height - lines.count) / 2) + row)
        }
    }

    /// Nothing of it where the problems themselves stand.
    private func drawFindings(on frame: inout Frame) {
        if case .wrongFiles = overlay { return }
        guard let findings = shownFindings else { return }
        FindingsBadge(findings: findings, language: language, glyphs: settings.glyphs).draw(on: &frame)
    }

    private func drawOverlay(on frame: inout Frame) {
        switch overlay {
        case .keys(let page):
            KeysView(page: page, language: language, glyphs: settings.glyphs, groups: keyGroups).draw(on: &frame)
        case .faults(let menu): FaultView(menu: menu, language: language, glyphs: settings.glyphs).draw(on: &frame)
        case .why(let state): whyView(state)?.draw(on: &frame)
        case .outline(let outline):
            if let lesson {
                OutlineView(outline: outline, lesson: lesson, language: language, glyphs: settings.glyphs)
                    .draw(on: &frame)
            }
        case .glossary(let state): glossaryView(state).draw(on: &frame)
        case .record(let index): recordView(index).draw(on: &frame)
        case .sheet(let offset): sheetView(offset)?.draw(on: &frame)
        case .goTo(let state):
            if let context = stage?.context(for: .log, language, settings) {
                GoToView(state: state, context: context).draw(on: &frame)
            }
        case .presenter(let over): draw(over, on: &frame)
        case .problem(let text):
            frame.draw(Dialog(Words.problem(language), StyledText(text)), in: frame.popUpRoom, glyphs: settings.glyphs)
        case .wrongFiles(let problems, let first):
            ProblemsView(problems: problems, first: first, language: language, glyphs: settings.glyphs).draw(on: &frame)
        case nil: break
        }
    }

    private func drawProgress(_ share: Double, on frame: inout Frame) {
        let percent = Int((share * 100).rounded(.down))
        let bar = Bar(share).text(width: 40, glyphs: settings.glyphs)
        let text =
            StyledText(bar.filled, Style(.accent)) + StyledText(bar.empty, Style(.border)) + StyledText(" \(percent) %")
        let hints = [KeyHint("esc", Words.stop(language))]
        frame.draw(Dialog(Words.running(language), text, hints: hints), in: frame.popUpRoom, glyphs: settings.glyphs)
    }
}
