import Scenario
import TerminalKit

/// The menu: the lessons and how far the student is at the left, the chosen lesson's card at the right.
struct MenuView {
    var menu: MenuState
    var progress: Progress
    var language: Language
    var glyphs: Glyphs

    func draw(on frame: inout Frame) {
        var body = Rect(frame.size)
        let bar = body.cutTop(1)
        let footer = body.cutBottom(1)
        frame.fill(bar, style: Style(.bar))
        frame.write(" Ensayo", x: 0, y: 0, style: Style(.bar, .bold))
        let tagline = Words.tagline(language)
        frame.write(tagline, x: bar.maxX - Text.width(tagline) - 1, y: 0, style: Style(.bar), clip: bar)
        drawList(in: body.cutLeft(max(30, body.width * 2 / 5)), on: &frame)
        drawCard(in: body, on: &frame)
        func hint(_ commands: Command..., label: LocalizedText) -> KeyHint {
            KeyHint(KeyMap.keys(commands, glyphs.repertoire), label(language))
        }
        let hints = [
            hint(.up, .down, label: Words.choose), hint(.confirm, label: Words.open),
            hint(.language, label: Words.otherLanguage), hint(.close, label: Words.leave),
            hint(.help, label: Words.keysHint),
        ]
        frame.draw(KeyHints(hints), in: footer.inset(horizontal: 1), glyphs: glyphs)
    }

    private func drawList(in area: Rect, on frame: inout Frame) {
        frame.draw(Box(Words.lessons(language), isFocused: true), in: area, glyphs: glyphs)
        let content = Box.content(of: area)
        guard !menu.lessons.isEmpty else {
            let lines = StyledText(Words.noLessons(language)).wrapped(to: content.width)
            for (row, line) in lines.enumerated() { frame.write(line, x: content.x, y: content.y + row, clip: content) }
            return
        }
        let rows = max(1, content.height / 2)
        let first = max(0, min(menu.index - rows / 2, menu.lessons.count - rows))
        for (row, lesson) in menu.lessons.dropFirst(first).prefix(rows).enumerated() {
            let isChosen = first + row == menu.index
            let style = isChosen ? Style(.selection, .bold) : .text
            let y = content.y + row * 2
            let mark = isChosen ? String(glyphs[.selected]) : " "
            let title = Text.truncate(
                "\(mark) \(lesson.number) \(lesson.title(language))", to: content.width, ellipsis: glyphs.ellipsis)
            frame.write(title, x: content.x, y: y, style: style, clip: content)
            frame.write("    \(status(of: lesson))", x: content.x, y: y + 1, style: .muted, clip: content)
        }
    }

    private func status(of lesson: LessonCover) -> String {
        guard let done = progress.lessons[lesson.id] else { return Words.notStarted(language) }
        if done.isFinished {
            let answers = Words.predictions(right: done.rightAnswers, of: lesson.predictionCount)(language)
            return done.answers.isEmpty ? Words.finished(language) : answers
        }
        guard let id = done.step, let index = lesson.steps.firstIndex(of: id) else {
            return Words.notStarted(language)
        }
        return "\(Words.step(language)) \(index + 1) \(Words.of(language)) \(lesson.steps.count)"
    }

    private func drawCard(in area: Rect, on frame: inout Frame) {
        guard let lesson = menu.lesson else {
            return frame.draw(Box(), in: area, glyphs: glyphs)
        }
        let note = "\(lesson.minutes) \(Words.minutes(language))"
        let page = TextPage(
            title: lesson.title(language), note: note,
            groups: CardView.groups(lesson.card, language, glyphs, width: TextPage.width(in: area)), page: 0,
            isFocused: false)
        page.draw(in: area, on: &frame, glyphs: glyphs)
    }
}
