import Scenario
import TerminalKit

/// The menu: the course and how far the student is at the left, what is chosen at the right, where to go on below.
struct MenuView {
    var menu: MenuState
    var progress: Progress
    var glossary = Glossary()
    var language: Language
    var glyphs: Glyphs

    var course: CourseProgress { CourseProgress(lessons: menu.lessons, progress: progress) }

    func draw(on frame: inout Frame) {
        var body = Rect(frame.size)
        let bar = body.cutTop(1)
        let footer = body.cutBottom(1)
        frame.fill(bar, style: Style(.bar))
        frame.write(" Ensayo", x: 0, y: 0, style: Style(.bar, .bold))
        let tagline = Words.tagline(language)
        frame.write(tagline, x: bar.maxX - Text.width(tagline) - 1, y: 0, style: Style(.bar), clip: bar)
        let next = body.cutBottom(menu.lessons.isEmpty ? 0 : 1)
        // In a search its key is a letter.
        if menu.search == nil, !menu.lessons.isEmpty { drawNext(in: next, on: &frame) }
        let list = body.cutLeft(min(60, max(34, body.width * 11 / 20)))
        if let search = menu.search {
            drawSearch(search, in: list, on: &frame)
        } else {
            drawList(in: list, on: &frame)
        }
        drawChoice(in: body, on: &frame)
        frame.draw(KeyHints(hints), in: footer.inset(horizontal: 1), glyphs: glyphs)
    }

    private var hints: [KeyHint] {
        func hint(_ commands: Command..., label: LocalizedText, importance: Int) -> KeyHint {
            KeyHint(KeyMap.keys(commands, glyphs.repertoire), label(language), importance: importance)
        }
        if let search = menu.search {
            let back = KeyHint("esc", Words.stopSearch(language), importance: 3)
            if search.hits.isEmpty { return [back] }
            return [
                hint(.up, .down, label: Words.choose, importance: 1), hint(.confirm, label: Words.open, importance: 2),
                back,
            ]
        }
        // Who has done something wants to see it, and knows the arrows.
        let hasBegun = progress.lessons.values.contains { !$0.done.isEmpty || !$0.answers.isEmpty }
        return [
            hint(.up, .down, label: Words.choose, importance: hasBegun ? 3 : 8),
            hint(.confirm, label: Words.open, importance: 9),
            hint(.search, label: Words.searchHint, importance: 7),
            hint(.record, label: Words.recordHint, importance: 4),
            hint(.language, label: Words.otherLanguage, importance: 6),
            hint(.close, label: Words.leave, importance: 5), hint(.help, label: Words.keysHint, importance: 10),
        ]
    }

    // MARK: Where to go on

    private func drawNext(in area: Rect, on frame: inout Frame) {
        var text = StyledText(" ")
        if let next = course.next {
            let head = next.step != nil ? Words.continueAt : course.finished == 0 ? Words.beginWith : Words.nextIs
            text += StyledText(KeyMap.keys([.nextStep], glyphs.repertoire), Style(.key))
            text += StyledText(" \(head(language)): ", .muted) + StyledText(describe(next), Style(.accent))
        } else {
            text += StyledText(Words.courseFinished(language), Style(.ok))
        }
        frame.write(
            text.truncated(to: area.width - 1, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
    }

    private func describe(_ place: CourseProgress.Place) -> String {
        let lesson = "\(place.lesson.number) \(place.lesson.title(language))"
        guard let step = place.step else { return lesson }
        let steps = place.lesson.steps
        return "\(lesson), \(Words.stepPlace(step + 1, of: steps.count)(language)): \(steps[step].title(language))"
    }

    // MARK: The course

    private func drawList(in area: Rect, on frame: inout Frame) {
        let note = Words.finished(course.finished, of: menu.lessons.count)(language)
        let share = Bar(course.share).text(width: 10, glyphs: glyphs)
        let percent = NumberText(language, glyphs.repertoire).percent((course.share * 100).rounded(.down) / 100)
        let box = Box(
            (menu.course.parts.isEmpty ? Words.lessons : Words.course)(language),
            note: menu.lessons.isEmpty ? "" : note,
            footnote: menu.lessons.isEmpty ? "" : "\(share.filled)\(share.empty) \(percent)",
            isFocused: true)
        frame.draw(box, in: area, glyphs: glyphs)
        let content = Box.content(of: area)
        guard !menu.lessons.isEmpty else {
            let lines = StyledText(Words.noLessons(language)).wrapped(to: content.width)
            for (row, line) in lines.enumerated() { frame.write(line, x: content.x, y: content.y + row, clip: content) }
            return
        }
        let lines = MenuLines(menu.rows, height: content.height)
        for (y, row) in lines.shown(around: menu.index).enumerated() {
            guard let row else { continue }
            let line = Rect(x: content.x, y: content.y + y, width: content.width, height: 1)
            switch menu.rows[row] {
            case .heading(let title):
                let text = Text.truncate(title(language), to: line.width, ellipsis: glyphs.ellipsis)
                frame.write(text, x: line.x, y: line.y, style: Style(.title, .bold), clip: line)
            case .lesson(let lesson): draw(lesson, isChosen: row == menu.index, in: line, on: &frame)
            case .coming(let lesson): draw(lesson, in: line, on: &frame)
            case .sandbox: drawSandbox(isChosen: row == menu.index, in: line, on: &frame)
            }
        }
    }

    private func draw(_ lesson: LessonCover, isChosen: Bool, in line: Rect, on frame: inout Frame) {
        let status = status(of: lesson, isWide: line.width >= 50)
        let number = Text.pad("\(lesson.number)", to: 2, .right)
        let mark = isChosen ? glyphs[.selected] : " "
        let title = Text.truncate(
            "\(mark) \(number) \(lesson.title(language))", to: line.width - status.width - 1,
            ellipsis: glyphs.ellipsis)
        frame.write(title, x: line.x, y: line.y, style: isChosen ? Style(.selection, .bold) : .text, clip: line)
        frame.write(status, x: line.maxX - status.width, y: line.y, clip: line)
        if isChosen { frame.restyle(line) { Style(.selection, $0.attributes) } }
    }

    private func draw(_ lesson: Course.Coming, in line: Rect, on frame: inout Frame) {
        let status = StyledText(Words.toCome(language), .muted)
        let title = Text.truncate(
            "  \(Text.pad("\(lesson.number)", to: 2, .right)) \(lesson.title(language))",
            to: line.width - status.width - 1, ellipsis: glyphs.ellipsis)
        frame.write(title, x: line.x, y: line.y, style: .muted, clip: line)
        frame.write(status, x: line.maxX - status.width, y: line.y, clip: line)
    }

    private func drawSandbox(isChosen: Bool, in line: Rect, on frame: inout Frame) {
        let mark = isChosen ? glyphs[.selected] : " "
        let style = isChosen ? Style(.selection, .bold) : .text
        frame.write("\(mark)    \(SandboxWords.sandbox(language))", x: line.x, y: line.y, style: style, clip: line)
        if isChosen { frame.restyle(line) { Style(.selection, $0.attributes) } }
    }

    /// How long it takes, how far it is, or that it is done.
    private func status(of lesson: LessonCover, isWide: Bool) -> StyledText {
        let own = progress.lessons[lesson.id]
        if own?.isFinished == true { return StyledText(String(glyphs[.ok]), Style(.ok, .bold)) }
        guard course.isStarted(lesson) else { return StyledText("\(lesson.minutes) min", .muted) }
        let done = course.done(in: lesson)
        let count = StyledText("\(done)/\(lesson.steps.count)", Style(.accent))
        guard isWide else { return count }
        let bar = Bar(Double(done) / Double(max(1, lesson.steps.count))).text(width: 10, glyphs: glyphs)
        return count + StyledText(" \(bar.filled)", Style(.accent)) + StyledText(bar.empty, Style(.border))
    }

    // MARK: What is chosen

    private func drawChoice(in area: Rect, on frame: inout Frame) {
        if case .term(let id) = menu.search?.hit?.place, let term = glossary[id] {
            let width = TextPage.width(in: area)
            let lines = StyledText(term.meaning(language)).wrapped(to: width)
            let page = TextPage(
                title: term.name(language).capitalizedFirst, note: Words.glossaryTerm(language),
                groups: [MarkdownRenderer.Group(lines: lines)], page: 0, isFocused: false)
            return page.draw(in: area, on: &frame, glyphs: glyphs)
        }
        if menu.isOnSandbox {
            let lines = StyledText(SandboxWords.aboutIt(language)).wrapped(to: TextPage.width(in: area))
            let groups = [MarkdownRenderer.Group(lines: lines)]
            return TextPage(title: SandboxWords.sandbox(language), groups: groups, page: 0, isFocused: false)
                .draw(in: area, on: &frame, glyphs: glyphs)
        }
        guard let lesson = menu.lesson else { return frame.draw(Box(), in: area, glyphs: glyphs) }
        let cover = MenuCover(lesson: lesson, course: course, needs: menu.course, language: language, glyphs: glyphs)
        let page = TextPage(
            title: lesson.title(language), note: "\(lesson.minutes) \(Words.minutes(language))",
            groups: cover.groups(width: TextPage.width(in: area)), page: menu.cardPage, isFocused: false)
        page.draw(in: area, on: &frame, glyphs: glyphs)
    }
}
