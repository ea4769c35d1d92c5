import Scenario
import TerminalKit

/// The notes: what to say at this step, what comes next, the time.
///
///     bar: lesson, step
///     time
///     notes, answer, hands, faults: scrolls
///     next step
///     demo
struct NotesView {
    var notes: NotesState
    var language: Language
    var glyphs: Glyphs

    private static let longestLine = 76

    private struct Layout {
        var bar: Rect
        var times: Rect
        var body: Rect
        var foot: Rect

        init(_ size: Size) {
            var rest = Rect(size)
            bar = rest.cutTop(1)
            rest = rest.inset(horizontal: 1)
            times = rest.cutTop(2)
            foot = rest.cutBottom(3)
            body = rest
        }
    }

    func draw(on frame: inout Frame) {
        let layout = Layout(frame.size)
        drawBar(in: layout.bar, on: &frame)
        guard let lesson = notes.lesson else {
            frame.write(Words.waitingForLesson(language), x: 1, y: layout.body.y, style: .muted, clip: layout.body)
            return
        }
        drawTimes(lesson, in: layout.times, on: &frame)
        let lines = lines(lesson, width: width(layout.body))
        for (row, line) in lines.dropFirst(notes.offset).prefix(layout.body.height).enumerated() {
            frame.write(line, x: layout.body.x, y: layout.body.y + row, clip: layout.body)
        }
        drawFoot(lesson, rows: lines.count, in: layout.foot, page: layout.body.height, on: &frame)
    }

    /// Rows there are, and rows that show at once.
    func extent(on size: Size) -> (rows: Int, page: Int) {
        let body = Layout(size).body
        return (notes.lesson.map { lines($0, width: width(body)).count } ?? 0, body.height)
    }

    private func width(_ area: Rect) -> Int { min(area.width, Self.longestLine) }

    // MARK: Around the text

    private func drawBar(in area: Rect, on frame: inout Frame) {
        frame.fill(area, style: Style(.bar))
        let separator = " \(glyphs.separator) "
        var text = " " + Words.notes(language)
        if let loss = notes.loss {
            text += separator + Words.lost(loss)(language)
        } else if let lesson = notes.lesson {
            text += notes.quietSeconds.map { separator + Words.noWord(for: $0)(language) } ?? ""
            text += separator + "\(lesson.lesson.number) \(lesson.lesson.title(language))" + separator + place(lesson)
        }
        frame.write(
            Text.truncate(text, to: area.width - 4, ellipsis: glyphs.ellipsis), x: 0, y: area.y,
            style: Style(.bar, .bold))
        frame.write(language.rawValue, x: area.maxX - 3, y: area.y, style: Style(.bar))
    }

    private func place(_ lesson: LessonState) -> String {
        switch lesson.page {
        case .card: Words.card(language)
        case .summary: Words.summary(language)
        case .step(let index):
            "\(Words.step(language)) \(index + 1) \(Words.of(language)) \(lesson.lesson.steps.count)"
                + (lesson.step.map { " \(glyphs.separator) " + Words.kind($0.kind)(language) } ?? "")
        }
    }

    private func drawTimes(_ lesson: LessonState, in area: Rect, on frame: inout Frame) {
        guard let times = notes.times else { return }
        var parts: [StyledText] = []
        if let step = lesson.step {
            let (elapsed, budget) = (Duration.seconds(times.stepSeconds), Duration.seconds(60 * step.minutes))
            let text = "\(Words.step(language)) \(elapsed.clockText) / \(budget.clockText)"
            let over = "\(glyphs[.timedOut]) \(text) \(Words.overTime(language))"
            let isOver = elapsed > budget
            parts.append(isOver ? StyledText(over, Style(.warn, .bold)) : StyledText(text, Style(.text, .bold)))
        }
        let (elapsed, budget) = (Duration.seconds(times.totalSeconds), Duration.seconds(60 * lesson.lesson.minutes))
        let left = elapsed > budget ? Words.overBy(elapsed - budget) : Words.left(budget - elapsed)
        parts.append(StyledText("\(Words.inAll(language)) \(elapsed.clockText), \(left(language))"))
        if !times.isTimerRunning { parts.append(StyledText("\(glyphs.pause) \(Words.timerStands(language))", .muted)) }
        if notes.snapshot?.isBlack == true { parts.append(StyledText(Words.blackNow(language), Style(.warn))) }
        parts.append(StyledText(Words.following(times.followers)(language), .muted))
        let line = parts.dropFirst().reduce(parts[0]) { $0 + StyledText("   ") + $1 }
        frame.write(line.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
    }

    /// A rule with the rows that are shown, the next step, the demo.
    private func drawFoot(_ lesson: LessonState, rows: Int, in area: Rect, page: Int, on frame: inout Frame) {
        let part = Scroll(total: rows, visible: page, offset: notes.offset).part
        frame.draw(Rule(note: part), in: area.row(0), glyphs: glyphs)
        var next = StyledText(Words.then(language) + "  ", .muted)
        if let step = lesson.nextStep {
            next.append(step.title(language), Style(.text, .bold))
            next.append("  " + lesson.firstWords(of: step, language, glyphs), .muted)
        } else {
            next.append(lesson.page == .summary ? Words.theEnd(language) : Words.summary(language))
        }
        frame.write(next.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y + 1, clip: area)
        guard let line = notes.times?.nextLine else { return }
        let demo = StyledText("x  ", Style(.key)) + StyledText(line.isEmpty ? Words.demoOver(language) : line)
        frame.write(demo.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y + 2, clip: area)
    }

    // MARK: The text

    private func lines(_ lesson: LessonState, width: Int) -> [StyledText] {
        var lines: [StyledText] = []
        for (index, group) in groups(lesson, width: width).enumerated() {
            if group.isApart, index > 0 { lines.append(StyledText()) }
            lines += group.lines
        }
        return lines
    }

    private func groups(_ lesson: LessonState, width: Int) -> [MarkdownRenderer.Group] {
        guard let step = lesson.step else {
            let items = lesson.page == .card ? lesson.lesson.card.watch : []
            if items.isEmpty { return [.heading(Words.theEnd(language).capitalizedFirst)] }
            return [.heading(Words.watchFor(language))]
                + items.map { MarkdownRenderer.Group(lines: StyledText($0(language)).wrapped(to: width)) }
        }
        let renderer = lesson.renderer(width: width, language, glyphs)
        let said = renderer.groups(lesson.lesson.text(of: step, language).notes)
        let silence = MarkdownRenderer.Group(lines: [StyledText(Words.noNotes(language), .muted)])
        return [.heading(step.title(language))] + (said.isEmpty ? [silence] : said) + answer(lesson, width: width)
            + faults(lesson)
    }

    /// The run's answer, before the class knows it, and the hands so far.
    private func answer(_ lesson: LessonState, width: Int) -> [MarkdownRenderer.Group] {
        guard let answer = lesson.revealedAnswer(language), lesson.isAsking else { return [] }
        let isRevealed = lesson.tally?.isRevealed == true
        let state = isRevealed ? Words.answerShown : Words.answerHidden
        var lines = StyledText("\(answer)  ", Style(.accent, .bold)) + StyledText(state(language), .muted)
        let tally = lesson.tally ?? Tally()
        for (place, option) in lesson.tallyOptions(language).enumerated() {
            let mark = option.isRight ? glyphs[.ok] : " "
            let share = NumberText(language, glyphs.repertoire).percent(tally.share(of: place))
            lines.append("\n\(mark) \(place + 1)  \(option.text)", option.isRight ? Style(.ok) : .text)
            if !tally.hands.isEmpty { lines.append("  \(tally.count(of: place)), \(share)", .muted) }
        }
        return [
            .heading(Words.itTook(language)),
            MarkdownRenderer.Group(lines: lines.wrapped(to: width, hanging: 5), isApart: false),
        ]
    }

    private func faults(_ lesson: LessonState) -> [MarkdownRenderer.Group] {
        let faults = lesson.quickFaults
        guard !faults.isEmpty else { return [] }
        let lines = faults.enumerated().map { place, fault in
            StyledText("\(place + 1)  ", Style(.key)) + StyledText(fault.label(language))
        }
        return [.heading(Words.quickFaults(language)), MarkdownRenderer.Group(lines: lines, isApart: false)]
    }
}

extension LessonState {
    var nextStep: LessonStep? {
        switch page {
        case .card: lesson.steps.first
        case .step(let index): lesson.steps.indices.contains(index + 1) ? lesson.steps[index + 1] : nil
        case .summary: nil
        }
    }

    /// How a step's text begins.
    func firstWords(of step: LessonStep, _ language: Language, _ glyphs: Glyphs) -> String {
        let renderer = MarkdownRenderer(width: 200, glyphs: glyphs) { figures.text(of: $0, in: step, language) }
        return renderer.lines(Array(lesson.text(of: step, language).body.prefix(1))).first?.plain ?? ""
    }
}

extension Words {
    static let notes = LocalizedText(en: "Notes", es: "Notas")
    static let noNotes = LocalizedText(en: "No notes for this step.", es: "Este paso no tiene notas.")
    static let waitingForLesson = LocalizedText(en: "Waiting for the lesson.", es: "Esperando la lección.")
    static let inAll = LocalizedText(en: "in all", es: "en total")
    static let timerStands = LocalizedText(en: "the timer stands still", es: "el reloj está parado")
    static let blackNow = LocalizedText(en: "black screen", es: "pantalla negra")
    static let then = LocalizedText(en: "Next", es: "Después")
    static let theEnd = LocalizedText(en: "the end", es: "el final")
    static let answerHidden = LocalizedText(en: "not shown yet", es: "aún no se ha mostrado")
    static let answerShown = LocalizedText(en: "shown", es: "ya se ha mostrado")
    static let quickFaults = LocalizedText(en: "Faults", es: "Fallos")
}
