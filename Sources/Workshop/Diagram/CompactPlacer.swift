import Diagrams
import TerminalKit

/// Gives a diagram's statements their rows, in the order of the text.
struct CompactPlacer {
    private let measure: DiagramMeasure
    private let script: DiagramScript
    private let style: DiagramStyle
    private let clock: DiagramClock
    private let labels: LabelPlacer

    private(set) var figures = DiagramFigures()
    private(set) var height = 0
    /// By step: the rows in which something leaves and in which it arrives.
    private var rows: [(send: Int, arrive: Int)] = []
    private var arrows: [ArrowFigure] = []
    private var notes: [NoteFigure] = []
    private var frames: [FrameFigure?]
    private var heads: [HeadFigure] = []
    private var times: [TimeFigure] = []
    /// When the message before was sent.
    private var latest: Int64 = 0
    /// Whether any was.
    private var hasTime = false

    init(_ measure: DiagramMeasure, style: DiagramStyle, clock: DiagramClock) {
        self.measure = measure
        self.style = style
        self.clock = clock
        script = measure.script
        labels = LabelPlacer(measure)
        frames = Array(repeating: nil, count: script.blocks.count)
    }

    mutating func place() {
        guard !measure.heads.isEmpty else { return }
        for number in script.steps.indices {
            let top = height
            switch script.steps[number] {
            case .message(let step): place(step, number)
            case .note(let step): place(step, number)
            case .open(let block): open(block)
            case .divide(let section): divide(section)
            case .close(let block): close(block)
            }
            if rows.count == number { rows.append((top, max(top, height - 1))) }
        }
        // A last row, so that lifelines are seen to go on.
        height += 1
        figures.arrows = RowIndex(arrows)
        figures.notes = RowIndex(notes)
        figures.frames = RowIndex(frames.compactMap { $0 })
        figures.heads = RowIndex(heads)
        figures.times = RowIndex(times)
        placeLifelines()
        placeBars()
    }

    // MARK: Messages

    private mutating func place(_ step: DiagramScript.MessageStep, _ number: Int) {
        let top = height
        guard let text = measure.messages[number] else { return }
        var figure = labels.arrow(number, step, text)
        let lines = figure.label?.lines.count ?? 0
        let isAbove = figure.label.map { $0.row < 0 } ?? false
        figure.begins = script.begins(step.message)
        figure.arrives = arrives(step.message)
        var line = top + (isAbove ? lines : 0)
        var bottom = line + 1
        if figure.isTurn {
            bottom = line + max(2, lines + (text.took > 0 && lines > 1 ? 1 : 0))
        } else if step.creates {
            let head = measure.heads[step.to]
            line = max(line, top + head.middle)
            let headRows = (line - head.middle)..<(line - head.middle + head.rows.count)
            heads.append(HeadFigure(rows: headRows, column: step.to, begins: figure.begins))
            bottom = max(line + 1, headRows.upperBound)
        }
        figure.line = line
        figure.label?.row += line
        figure.rows = top..<bottom
        arrows.append(figure)
        rows.append((line, figure.end))
        height = bottom
        addTime(of: step.message, at: line)
        figures.messageRows[step.message.number] = [line]
    }

    /// What nobody waited for any more came to nobody. A message that was never sent is drawn as it is written.
    private func arrives(_ message: Diagrams.Message) -> Bool {
        guard message.arrow.head != .cross, script.measured.passages.indices.contains(message.number) else {
            return true
        }
        let passages = script.measured.passages[message.number]
        return passages.isEmpty || passages.contains { $0.arrives != nil }
    }

    private mutating func addTime(of message: Diagrams.Message, at row: Int) {
        let sent = script.begins(message)
        guard !script.measured.passages.isEmpty else { return }
        guard sent != .max else {
            // Never sent, and said so to those who see no colours.
            let sign = style.glyphs.repertoire == .unicode ? "–" : "-"
            return times.append(TimeFigure(row: row, text: sign, begins: .max))
        }
        if sent != latest || !hasTime {
            hasTime = true
            times.append(TimeFigure(row: row, text: clock.label(sent), begins: sent))
        }
        latest = sent
    }

    // MARK: Notes

    private mutating func place(_ step: DiagramScript.NoteStep, _ number: Int) {
        guard let text = measure.notes[number] else { return }
        var figure = labels.note(step, text, isDense: style.isDense)
        let top = height
        height += figure.lines.count + (style.isDense ? 0 : 2)
        figure.rows = top..<height
        figure.begins = step.section.map { script.sections[$0].begins == .max ? .max : latest } ?? latest
        notes.append(figure)
    }

    // MARK: Blocks

    private mutating func open(_ block: Int) {
        let info = script.blocks[block]
        guard let columns = info.columns else { return }
        let figure = FrameFigure(
            rows: height..<(height + 1), left: measure.places[columns.lowerBound] - measure.pads[block].left,
            right: measure.places[columns.upperBound] + measure.pads[block].right, sections: [],
            begins: info.sections.compactMap { script.sections[$0].begins }.min() ?? latest)
        frames[block] = figure
        if let first = info.sections.first { divide(first) } else { height += 1 }
    }

    private mutating func divide(_ section: Int) {
        let info = script.sections[section]
        guard let frame = frames[info.block] else { return }
        let title = measure.titles[section].wrapped(to: frame.right - frame.left - 4)
        frames[info.block]?.sections.append(
            FrameFigure.Section(
                row: height, lines: title, keyword: info.keyword.utf8.count, begins: info.begins ?? latest))
        height += max(1, title.count)
    }

    private mutating func close(_ block: Int) {
        guard let frame = frames[block] else { return }
        height += 1
        frames[block]?.rows = frame.rows.lowerBound..<height
    }

    // MARK: Lifelines

    private mutating func placeLifelines() {
        figures.lifelines = measure.places.indices.map { column in
            var line = Lifeline(x: measure.places[column], rows: 0..<height)
            if let birth = script.births[column], case .message(let step) = script.steps[birth] {
                let head = measure.heads[column]
                let start = rows[birth].send - head.middle + head.rows.count
                line.rows = start..<max(start, height)
                line.begins = script.begins(step.message)
            }
            if let death = script.deaths[column] {
                line.rows = line.rows.lowerBound..<max(line.rows.lowerBound, rows[death].send + 1)
                line.endsInCross = true
            }
            return line
        }
    }

    private mutating func placeBars() {
        let bars = script.bars.compactMap { bar -> BarFigure? in
            let life = figures.lifelines[bar.column].rows
            func row(_ place: DiagramScript.Place) -> Int {
                guard rows.indices.contains(place.step) else { return height - 1 }
                return place.isArrival ? rows[place.step].arrive : rows[place.step].send
            }
            let start = max(row(bar.start), life.lowerBound)
            let end = min(bar.end.map { row($0) + 1 } ?? height, life.upperBound)
            guard start < end else { return nil }
            var begins: Int64 = 0
            if script.steps.indices.contains(bar.start.step), case .message(let step) = script.steps[bar.start.step] {
                begins = script.begins(step.message)
            }
            let offset = DiagramMeasure.reach(bar.level + 1)
            return BarFigure(
                rows: start..<end, x: measure.places[bar.column] + offset, column: bar.column, begins: begins)
        }
        figures.bars = RowIndex(bars)
    }
}
