import Diagrams
import TerminalKit

/// Draws the figures of a diagram as they stand at a moment.
struct FigurePainter {
    let layout: DiagramLayout
    let now: Int64?
    let glyphs: DiagramGlyphs
    private let latest: DiagramMoment?
    private let words: DiagramWords

    private var signs: Glyphs { glyphs.glyphs }

    init(layout: DiagramLayout, now: Int64?, glyphs: DiagramGlyphs) {
        self.layout = layout
        self.now = now
        self.glyphs = glyphs
        latest = now.flatMap { DiagramMoment.latest(layout.moments, at: $0) }
        words = DiagramWords(style: layout.style)
    }

    /// Whether something that begins at a moment has not begun, or never does.
    private func isMuted(_ begins: Int64) -> Bool { begins == .max || now.map { begins > $0 } ?? false }

    private func style(_ role: Role, _ begins: Int64, _ attributes: Attributes = []) -> Style {
        isMuted(begins) ? Style(.muted, .dim) : Style(role, attributes)
    }

    // MARK: Lifelines

    func draw(_ line: Lifeline, _ column: Int, _ rows: Range<Int>, on canvas: inout DiagramCanvas) {
        let style = style(.border, line.begins)
        for row in rows.clamped(to: line.rows) { canvas.put(signs.vertical, line.x, row, style) }
        for time in layout.figures.times.touching(rows) where time.isFold && line.rows.contains(time.row) {
            canvas.put(signs.dottedVertical, line.x, time.row, style)
        }
    }

    func drawCross(_ line: Lifeline, on canvas: inout DiagramCanvas) {
        canvas.put(signs[.lost], line.x, line.rows.upperBound - 1, style(.fail, line.begins, .bold))
    }

    func draw(_ bar: BarFigure, _ rows: Range<Int>, on canvas: inout DiagramCanvas) {
        let style = style(Hue.role(bar.column), bar.begins, .bold)
        for row in rows.clamped(to: bar.rows) { canvas.put(signs.heavyVertical, bar.x, row, style) }
    }

    func draw(_ figure: HeadFigure, on canvas: inout DiagramCanvas) {
        let head = layout.heads[figure.column]
        let x = layout.figures.lifelines[figure.column].x - head.anchor
        for (row, text) in head.rows.enumerated() {
            let text = isMuted(figure.begins) ? StyledText(text.plain, Style(.muted, .dim)) : text
            canvas.write(text, x, figure.rows.lowerBound + row)
        }
    }

    // MARK: Blocks

    func drawBorder(_ frame: FrameFigure, on canvas: inout DiagramCanvas) {
        let inside = (frame.left + 1)...max(frame.left + 1, frame.right - 1)
        let last = frame.rows.upperBound - 1
        for (place, section) in frame.sections.enumerated() {
            let end = place + 1 < frame.sections.count ? frame.sections[place + 1].row : last
            let style = style(.border, section.begins)
            canvas.across(inside, section.row, place == 0 ? signs.horizontal : signs.dashedHorizontal, style)
            canvas.put(place == 0 ? signs.topLeft : signs.teeRight, frame.left, section.row, style)
            canvas.put(place == 0 ? signs.topRight : signs.teeLeft, frame.right, section.row, style)
            for row in canvas.rows.clamped(to: (section.row + 1)..<max(section.row + 1, end)) {
                canvas.put(signs.vertical, frame.left, row, style)
                canvas.put(signs.vertical, frame.right, row, style)
            }
        }
        let style = style(.border, frame.sections.last?.begins ?? frame.begins)
        canvas.across(inside, last, signs.horizontal, style)
        canvas.put(signs.bottomLeft, frame.left, last, style)
        canvas.put(signs.bottomRight, frame.right, last, style)
    }

    func drawTitles(_ frame: FrameFigure, on canvas: inout DiagramCanvas) {
        for section in frame.sections {
            drawTitle(section, x: frame.left + 2, on: &canvas)
        }
    }

    private func drawTitle(_ section: FrameFigure.Section, x: Int, on canvas: inout DiagramCanvas) {
        for (number, line) in section.lines.enumerated() {
            let width = Text.width(line)
            guard width > 0 else { continue }
            canvas.clear((x - 1)..<(x + width + 1), section.row + number)
            var text = StyledText()
            if number == 0 {
                text.append(String(line.prefix(section.keyword)), style(.title, section.begins, .bold))
                text.append(String(line.dropFirst(section.keyword)), style(.text, section.begins))
            } else {
                text.append(line, style(.text, section.begins))
            }
            canvas.write(text, x, section.row + number)
        }
    }

    func draw(_ heading: HeadingFigure, on canvas: inout DiagramCanvas) {
        let row = heading.rows.lowerBound
        let style = style(.border, heading.begins)
        canvas.across(heading.left...max(heading.left, heading.right), row, signs.dashedHorizontal, style)
        let section = FrameFigure.Section(
            row: row, lines: heading.lines, keyword: heading.keyword, begins: heading.begins)
        drawTitle(section, x: heading.left + 2, on: &canvas)
    }

    // MARK: Notes

    func draw(_ note: NoteFigure, on canvas: inout DiagramCanvas) {
        let edge = style(.border, note.begins)
        let text = style(.text, note.begins, .italic)
        let inner = note.width - DiagramMeasure.noteEdges
        let hasEdges = note.rows.count > note.lines.count
        for (number, line) in note.lines.enumerated() {
            let row = note.rows.lowerBound + number + (hasEdges ? 1 : 0)
            canvas.clear(note.x..<(note.x + note.width), row)
            canvas.put(hasEdges ? signs.vertical : "[", note.x, row, edge)
            canvas.put(hasEdges ? signs.vertical : "]", note.x + note.width - 1, row, edge)
            canvas.write(StyledText(Text.pad(line, to: inner, .centre), text), note.x + 2, row)
        }
        guard hasEdges else { return }
        let line = String(repeating: signs.horizontal, count: max(0, note.width - 2))
        canvas.write(
            StyledText("\(glyphs.noteTopLeft)\(line)\(glyphs.noteTopRight)", edge), note.x, note.rows.lowerBound)
        canvas.write(
            StyledText("\(glyphs.noteBottomLeft)\(line)\(glyphs.noteBottomRight)", edge), note.x,
            note.rows.upperBound - 1)
    }

    // MARK: Arrows

    /// The passages of an arrow that have been sent.
    private func passages(_ figure: ArrowFigure) -> [DiagramWords.Passage] {
        let all = layout.measured.passages
        guard all.indices.contains(figure.message) else { return [] }
        let own = figure.passage.map { [all[figure.message][$0]] } ?? all[figure.message]
        guard let now else { return own }
        return own.filter { $0.sent <= now }
    }

    private func isLatest(_ figure: ArrowFigure) -> Bool {
        latest.map { $0.message == figure.message && (figure.passage ?? $0.passage) == $0.passage } ?? false
    }

    private func lineStyle(_ figure: ArrowFigure) -> Style {
        isMuted(figure.begins) ? Style(.muted, .dim) : isLatest(figure) ? Style(.accent, .bold) : .text
    }

    func drawLine(_ figure: ArrowFigure, on canvas: inout DiagramCanvas) {
        let style = lineStyle(figure)
        let line = figure.arrow.line == .dotted ? signs.dashedHorizontal : signs.horizontal
        if figure.isTurn { return drawTurn(figure, line, style, on: &canvas) }
        let goesRight = figure.goesRight
        let step = goesRight ? 1 : -1
        var x = figure.from
        let tail = glyphs.tail(on: canvas.character(x, figure.line), towardsRight: goesRight)
        var row = figure.line
        for fall in figure.falls {
            if fall.x - step != x { span(x + step, fall.x - step, row, line, style, on: &canvas) }
            canvas.put(goesRight ? signs.topRight : signs.topLeft, fall.x, row, style)
            canvas.down(fall.x, (row + 1)..<(row + fall.rows), style)
            row += fall.rows
            canvas.put(goesRight ? signs.bottomLeft : signs.bottomRight, fall.x, row, style)
            x = fall.x
        }
        if figure.to - step != x { span(x + step, figure.to - step, row, line, style, on: &canvas) }
        canvas.put(tail, figure.from, figure.line, tailStyle(figure, tail, style, on: canvas))
        drawHeads(figure, style, on: &canvas)
    }

    private func span(
        _ from: Int, _ to: Int, _ row: Int, _ glyph: Character, _ style: Style, on canvas: inout DiagramCanvas
    ) {
        canvas.across(min(from, to)...max(from, to), row, glyph, style)
    }

    /// A bar keeps its colour where an arrow leaves it.
    private func tailStyle(_ figure: ArrowFigure, _ tail: Character, _ style: Style, on canvas: DiagramCanvas) -> Style
    {
        tail == signs.callStart || tail == signs.teeLeft ? style : canvas.style(figure.from, figure.line)
    }

    private func drawHeads(_ figure: ArrowFigure, _ style: Style, on canvas: inout DiagramCanvas) {
        let goesRight = figure.goesRight
        let x = figure.to + (goesRight ? -1 : 1)
        let passages = passages(figure)
        let mark = passages.first?.fate.head
        if let mark, passages.allSatisfy({ $0.fate.head == mark }) {
            canvas.put(signs[mark], x, figure.end, Style(mark.role, .bold))
        } else if figure.arrives {
            switch figure.arrow.head {
            case .none: joinEnd(figure, style, on: &canvas)
            case .cross where figure.endsReceiver: joinEnd(figure, style, on: &canvas)
            case .filled, .both: canvas.put(goesRight ? signs.arrowRight : signs.arrowLeft, x, figure.end, style)
            case .cross: canvas.put(signs[.lost], x, figure.end, isMuted(figure.begins) ? style : Style(.fail, .bold))
            case .open: canvas.put(goesRight ? glyphs.openRight : glyphs.openLeft, x, figure.end, style)
            }
        }
        guard figure.arrow.head == .both, !figure.isTurn else { return }
        canvas.put(
            goesRight ? signs.arrowLeft : signs.arrowRight, figure.from + (goesRight ? 1 : -1), figure.line, style)
    }

    /// An arrow without a head goes on to the lifeline.
    private func joinEnd(_ figure: ArrowFigure, _ style: Style, on canvas: inout DiagramCanvas) {
        let goesRight = figure.goesRight
        let under = canvas.character(figure.to, figure.end)
        guard under == signs.vertical || under == signs.heavyVertical else { return }
        let tail = glyphs.tail(on: under, towardsRight: !goesRight)
        canvas.put(
            tail, figure.to, figure.end, under == signs.vertical ? style : canvas.style(figure.to, figure.end))
    }

    /// `├──╮` and `│◀─╯` below it.
    private func drawTurn(_ figure: ArrowFigure, _ line: Character, _ style: Style, on canvas: inout DiagramCanvas) {
        let tail = glyphs.tail(on: canvas.character(figure.from, figure.line), towardsRight: true)
        canvas.put(tail, figure.from, figure.line, tailStyle(figure, tail, style, on: canvas))
        let x = figure.turnX
        canvas.across((figure.from + 1)...(x - 1), figure.line, line, style)
        canvas.across((figure.to + 1)...(x - 1), figure.end, line, style)
        canvas.put(signs.topRight, x, figure.line, style)
        canvas.down(x, (figure.line + 1)..<figure.end, style)
        canvas.put(signs.bottomRight, x, figure.end, style)
        // Its head points back: the arrow ends left of where it turned.
        var back = figure
        back.from = x + 1
        drawHeads(back, style, on: &canvas)
        if figure.arrow.head == .both { canvas.put(signs.arrowLeft, figure.from + 1, figure.line, style) }
    }

    // MARK: Texts

    func drawText(_ figure: ArrowFigure, on canvas: inout DiagramCanvas) {
        let passages = passages(figure)
        let style = lineStyle(figure)
        if let label = figure.label {
            let (before, after) = words.summary(passages)
            let isOnLine = !figure.isTurn && label.row == figure.line
            for (number, line) in label.lines.enumerated() {
                var text = number == 0 ? before : StyledText()
                text.append(line, style)
                if number == label.lines.count - 1 { text += after }
                let width = text.width
                guard width > 0 else { continue }
                let row = label.row + number
                if isOnLine { canvas.clear((label.x - 1)..<(label.x + width + 1), row) }
                canvas.write(text, label.x, row)
            }
        }
        let took = words.took(passages)
        guard figure.tookWidth > 0, !took.isEmpty else { return }
        let lines = figure.label?.lines.count ?? 0
        let row = figure.isTurn ? figure.line + max(1, lines) : figure.line
        canvas.write(took.truncated(to: figure.tookWidth, ellipsis: signs.ellipsis), figure.tookX, row)
    }
}
