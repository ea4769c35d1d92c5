import Scenario
import TerminalKit

/// A finished lesson on a page: what to take away, its figures, what could be changed, what the model leaves out.
struct SheetView {
    var state: LessonState
    /// Lines scrolled.
    var offset: Int
    var language: Language
    var glyphs: Glyphs

    private static let mostColumns = 84
    private var numbers: NumberText { NumberText(language, glyphs.repertoire) }

    private func area(in size: Size) -> Rect {
        Rect(size).centred(Size(width: min(Self.mostColumns, size.width), height: size.height))
    }

    /// What shows on a screen of that size.
    func scroll(on size: Size) -> Scroll {
        let content = Box.content(of: area(in: size))
        return Scroll(total: lines(width: content.width).count, visible: content.height - 1, offset: offset)
    }

    func draw(on frame: inout Frame) {
        let area = area(in: frame.size)
        let lesson = state.lesson
        let scroll = scroll(on: frame.size)
        frame.fill(frame.bounds)
        let box = Box(
            "\(lesson.number) \(lesson.title(language))", note: Words.sheet(language), footnote: scroll.part,
            isFocused: true)
        frame.draw(box, in: area, glyphs: glyphs)
        var content = Box.content(of: area)
        let keys = content.cutBottom(1)
        for (row, line) in lines(width: content.width)[scroll.range].enumerated() {
            frame.write(line, x: content.x, y: content.y + row, clip: content)
        }
        let hints = [
            KeyHint(KeyMap.keys([.up, .down], glyphs.repertoire), Words.scroll(language)),
            KeyHint(KeyMap.keys([.pageDown], glyphs.repertoire), Words.pageOn(language)),
            KeyHint(KeyMap.keys([.language], glyphs.repertoire), Words.otherLanguage(language)),
            KeyHint("esc", Words.back(language), importance: 1),
        ]
        frame.draw(KeyHints(hints), in: keys, glyphs: glyphs)
    }

    // MARK: Text

    /// The sheet's lines, a blank one between its parts.
    func lines(width: Int) -> [StyledText] {
        var lines: [StyledText] = []
        for group in groups(width: width) {
            if group.isApart, !lines.isEmpty { lines.append(StyledText()) }
            lines += group.lines
        }
        return lines
    }

    private func groups(width: Int) -> [MarkdownRenderer.Group] {
        let lesson = state.lesson
        let summary = renderer(nil, width: width).groups(lesson.text(language).summary)
        return [.heading(Words.takeAway(language))] + summary.attached + figures(width: width)
            + afters(width: width) + challenges(width: width) + controls(width: width)
            + CardView.groups(lesson.card, language, glyphs, width: width) + keys(width: width)
    }

    private func renderer(_ step: LessonStep?, width: Int) -> MarkdownRenderer {
        MarkdownRenderer(width: width, glyphs: glyphs) {
            state.figures.text(of: $0, in: step, language)
        } link: {
            state.lesson.note(onLinkTo: $0, language)
        }
    }

    private func item(_ name: String, _ text: String, width: Int, style: Style = Style(.text, .bold))
        -> MarkdownRenderer.Group
    {
        let line = StyledText("\(glyphs[.bullet]) ", .muted) + StyledText("\(name): ") + StyledText(text, style)
        return MarkdownRenderer.Group(lines: line.wrapped(to: width, hanging: 2), isApart: false)
    }

    private func part(_ title: LocalizedText, _ items: [MarkdownRenderer.Group]) -> [MarkdownRenderer.Group] {
        items.isEmpty ? [] : [.heading(title(language))] + items
    }

    /// What the runs answered, and what the student had said.
    private func figures(width: Int) -> [MarkdownRenderer.Group] {
        let items = state.lesson.steps.compactMap { step -> MarkdownRenderer.Group? in
            guard case .predict(let prediction) = step.kind, let truth = state.truth(of: prediction) else { return nil }
            if isHidden(step) {
                return item(step.title(language), Words.notAnsweredYet(language), width: width, style: .muted)
            }
            var text = prediction.text(of: truth, language)
            if let answer = state.progress.answers[step.id], !answer.isRight {
                let said = prediction.text(of: answer.reply, unit: truth.answer?.unit, language)
                text += " (\(Words.youSaid(language).lowercased()) \(said))"
            }
            return item(step.title(language), text, width: width)
        }
        return part(Words.keyFigures, items)
    }

    /// What the student has not found out stays to be found out.
    private func isHidden(_ step: LessonStep) -> Bool {
        let progress = state.progress
        guard state.isTaken else { return false }
        switch step.kind {
        case .predict: return progress.answers[step.id] == nil
        case .challenge: return !progress.passed.contains(step.id) && !progress.withSolution.contains(step.id)
        case .read, .watch, .experiment: return false
        }
    }

    private func afters(width: Int) -> [MarkdownRenderer.Group] {
        let parts = state.lesson.steps.flatMap { step -> [MarkdownRenderer.Group] in
            let after = state.lesson.text(of: step, language).after
            if after.isEmpty || isHidden(step) { return [] }
            return [.heading(step.title(language), .accent)] + renderer(step, width: width).groups(after).attached
        }
        return part(Words.whatHappened, parts)
    }

    private func challenges(width: Int) -> [MarkdownRenderer.Group] {
        let items = state.lesson.steps.flatMap { step -> [MarkdownRenderer.Group] in
            guard case .challenge(let challenge) = step.kind else { return [] }
            if isHidden(step) {
                return [item(step.title(language), Words.notReachedYet(language), width: width, style: .muted)]
            }
            let solution = challenge.solution.map { step.stage.controls.text(of: $0, numbers) }
            return [item(step.title(language), solution.joined(separator: "; "), width: width)]
        }
        return part(Words.solutions, items)
    }

    private func keys(width: Int) -> [MarkdownRenderer.Group] {
        let lines = KeyPage.student.flatMap(\.lines).filter { line in
            line.commands.contains { Self.keys.contains($0) }
        }
        let items = lines.map { line in
            item(line.shownKeys(glyphs.repertoire), line.label(language), width: width, style: .text)
        }
        return part(Words.keys, items)
    }

    /// Those that a lesson cannot be worked without.
    private static let keys: Set<Command> = [
        .playPause, .back, .previousMark, .nextControl, .lower, .fault, .undo, .compare, .nextDifference, .zoom, .why,
    ]

    /// Each control once, with the value that it has at first.
    private func controls(width: Int) -> [MarkdownRenderer.Group] {
        var seen: Set<String> = []
        let items = state.lesson.steps.flatMap { step in
            step.stage.controls.compactMap { control -> MarkdownRenderer.Group? in
                let name = control.label(language)
                guard seen.insert("\(name) \(control.path)").inserted else { return nil }
                let document = state.lesson.scenario(step.stage.scenario)?.document
                let values = control.range.values.map { control.text(of: $0, numbers) }
                let range = values.count > 6 ? "\(values[0]) ... \(values.last ?? "")" : values.joined(separator: ", ")
                let first = document?.value(at: control.path).map { control.text(of: $0, numbers) }
                let text = "\(first ?? Words.missing) (\(range))"
                return item(name, text, width: width, style: .text)
            }
        }
        return part(Words.controls, items)
    }
}

extension SheetView {
    /// The sheet as plain lines.
    var spoken: [String] { lines(width: 80).map(\.plain).filter { !$0.isEmpty } }
}

extension App {
    /// Shows the sheet of the lesson on the screen, or of the one that is chosen in the menu.
    mutating func openSheet() -> [Effect] {
        if lesson != nil {
            pause()
            overlay = .sheet(offset: 0)
            return []
        }
        guard case .menu(let menu) = screen, let cover = menu.lesson else { return [] }
        opensSheet = true
        return [.open(cover)]
    }

    func sheetView(_ offset: Int) -> SheetView? {
        lesson.map { SheetView(state: $0, offset: offset, language: language, glyphs: settings.glyphs) }
    }

    mutating func press(_ key: Key, inSheet offset: Int) {
        guard let scroll = sheetView(offset)?.scroll(on: size) else { return overlay = nil }
        let step: Int
        switch KeyMap.command(for: key) {
        case .up, .scrollUp: step = -1
        case .down, .scrollDown: step = 1
        case .pageUp: step = -scroll.visible
        case .pageDown, .playPause: step = scroll.visible
        case .toStart: step = -scroll.total
        case .toEnd: step = scroll.total
        case .language:
            language = language.other
            return
        default: return overlay = nil
        }
        let next = Scroll(total: scroll.total, visible: scroll.visible, offset: scroll.offset + step)
        overlay = .sheet(offset: next.offset)
    }
}
