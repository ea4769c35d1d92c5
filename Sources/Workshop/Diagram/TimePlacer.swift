import Diagrams
import TerminalKit

/// Gives what happened its rows, in the order of time.
///
/// Every passage of a message has an arrow of its own. Blocks are announced where they first begin: they may overlap in
/// time, so they have no frame. What never happened is not drawn.
struct TimePlacer {
    private let measure: DiagramMeasure
    private let script: DiagramScript
    private let style: DiagramStyle
    private let clock: DiagramClock
    private let labels: LabelPlacer
    private let events: [TimeEvent]
    private let scale: TimeScale

    private(set) var figures = DiagramFigures()
    private(set) var height = 0
    /// The row of the event before, and the first row that is free.
    private var line = -1
    private var flights: [Flight] = []
    /// By column: a message to oneself under way.
    private var openTurns: [Int: Int] = [:]
    private var notes: [NoteFigure] = []
    private var headings: [HeadingFigure] = []
    private var heads: [HeadFigure] = []
    private var times: [TimeFigure] = []
    /// By step, by passage: the rows in which it leaves and arrives.
    private var rows: [[(send: Int, arrive: Int?)]]

    /// A passage under way.
    struct Flight {
        var figure: ArrowFigure
        var step: Int
        var hasArrived = false
    }

    init(_ measure: DiagramMeasure, _ events: [TimeEvent], style: DiagramStyle, clock: DiagramClock) {
        self.measure = measure
        self.style = style
        self.clock = clock
        script = measure.script
        labels = LabelPlacer(measure)
        self.events = events
        scale = TimeScale(events.map(\.time))
        rows = script.steps.map { _ in [] }
    }

    /// Columns of the widest text at the left edge.
    static func gutter(_ events: [TimeEvent], style: DiagramStyle, clock: DiagramClock) -> Int {
        let scale = TimeScale(events.map(\.time))
        var width = 0
        for (event, before) in zip(events, [nil] + events) {
            width = max(width, Text.width(clock.label(event.time)))
            let length = event.time.since(before?.time ?? event.time)
            if scale.rows(length) == nil { width = max(width, Text.width(fold(length, style))) }
        }
        return width
    }

    private static func fold(_ length: Int64, _ style: DiagramStyle) -> String {
        "\(style.glyphs[.waiting]) \(style.numbers.duration(length))"
    }

    mutating func place() {
        guard !measure.heads.isEmpty else { return }
        var open: [TimeEvent.Key: Int] = [:]
        for (number, event) in events.enumerated() {
            let length = number == 0 ? 0 : event.time.since(events[number - 1].time)
            switch event.kind {
            case .send(let step, let passage):
                send(step, passage, event, after: length)
                open[TimeEvent.Key(step: step, passage: passage)] = flights.count - 1
            case .arrive(let step, let passage):
                if let flight = open[TimeEvent.Key(step: step, passage: passage)] {
                    arrive(flight, event, after: length)
                }
            case .note(let step): note(step, event, after: length)
            case .heading(let section): heading(section, event, after: length)
            }
        }
        height = line + 2
        finish()
    }

    // MARK: Rows

    /// The row of the next event: so far below the one before as time says, at least one row and what must stand above.
    private mutating func advance(_ length: Int64, above: Int = 0) -> Int {
        if line < 0 {
            line = above
        } else if let rows = scale.rows(length) {
            line += max(rows, 1 + above)
        } else {
            times.append(TimeFigure(row: line + 2, text: Self.fold(length, style), begins: 0, isFold: true))
            line += 4 + above
        }
        return line
    }

    private mutating func addTime(_ time: Int64, at row: Int) {
        let text = clock.label(time)
        let last = times.last { !$0.isFold }
        if last?.text != text { times.append(TimeFigure(row: row, text: text, begins: time)) }
    }

    private mutating func send(_ number: Int, _ passage: Int, _ event: TimeEvent, after length: Int64) {
        guard case .message(let step) = script.steps[number], let text = measure.messages[number] else { return }
        let measured = script.measured.passages[step.message.number][passage]
        var figure = labels.arrow(number, step, text, isNearSender: true)
        figure.passage = passage
        figure.begins = measured.sent
        let isRefused = measured.fate.head != nil || figure.arrow.head == .cross
        figure.arrives = measured.arrives != nil || isRefused
        let lines = figure.label.map { $0.row < 0 ? $0.lines.count : 0 } ?? 0
        let head = step.creates && passage == 0 ? measure.heads[step.to] : nil
        let row = advance(length, above: max(lines, head?.middle ?? 0))
        figure.line = row
        figure.label?.row += row
        figure.rows = (row - lines)..<(row + 1)
        if figure.isTurn {
            figure.rows = row..<(row + max(2, (figure.label?.lines.count ?? 0) + (text.took > 0 ? 1 : 0)))
            line = figure.rows.upperBound - 1
        }
        if let head {
            let top = row - head.middle
            heads.append(HeadFigure(rows: top..<(top + head.rows.count), column: step.to, begins: measured.sent))
            line = max(line, top + head.rows.count - 1)
        }
        addTime(measured.sent, at: row)
        closeTurns(on: step.from)
        let falls = head == nil && !isRefused && measured.arrives.map { $0 > measured.sent } ?? false
        flights.append(Flight(figure: figure, step: number, hasArrived: !falls))
        if falls, figure.isTurn { openTurns[step.from] = flights.count - 1 }
        rows[number].append((row, figure.arrives ? figure.end : nil))
        figures.messageRows[step.message.number, default: []].append(row)
    }

    /// A message to oneself that lasts leaves no room for another one beside it: it ends where that begins.
    private mutating func closeTurns(on column: Int) {
        guard let open = openTurns[column] else { return }
        flights[open].hasArrived = true
        openTurns[column] = nil
    }

    private mutating func arrive(_ flight: Int, _ event: TimeEvent, after length: Int64) {
        let figure = flights[flight].figure
        guard !flights[flight].hasArrived else { return }
        flights[flight].hasArrived = true
        if figure.isTurn { openTurns = openTurns.filter { $0.value != flight } }
        // One that arrives in the very row in which it left falls nowhere.
        let rowsBelow = figure.rows.upperBound - 1 - figure.line
        if line == figure.line + rowsBelow, scale.rows(event.time.since(figure.begins)) ?? .max <= rowsBelow { return }
        let row = advance(length)
        flights[flight].figure.rows = figure.rows.lowerBound..<(row + 1)
        let x = figure.isTurn ? figure.turnX : figure.to
        flights[flight].figure.falls = [ArrowFigure.Fall(x: x, rows: row - figure.line)]
        if let passage = figure.passage { rows[flights[flight].step][passage].arrive = row }
        addTime(event.time, at: row)
    }

    private mutating func note(_ number: Int, _ event: TimeEvent, after length: Int64) {
        guard case .note(let step) = script.steps[number], let text = measure.notes[number] else { return }
        var figure = labels.note(step, text, isDense: style.isDense)
        let height = figure.lines.count + (style.isDense ? 0 : 2)
        let top = advance(length)
        figure.rows = top..<(top + height)
        figure.begins = event.time
        line = figure.rows.upperBound - 1
        notes.append(figure)
    }

    private mutating func heading(_ number: Int, _ event: TimeEvent, after length: Int64) {
        let section = script.sections[number]
        guard let columns = script.blocks[section.block].columns else { return }
        let pads = measure.pads[section.block]
        let left = measure.places[columns.lowerBound] - pads.left
        let right = measure.places[columns.upperBound] + pads.right
        let lines = measure.titles[number].wrapped(to: right - left - 4)
        let row = advance(length)
        line = row + max(0, lines.count - 1)
        headings.append(
            HeadingFigure(
                rows: row..<(line + 1), left: left, right: right, lines: lines, keyword: section.keyword.utf8.count,
                begins: event.time))
    }

    // MARK: Figures

    private mutating func finish() {
        var router = FlightRouter(measure: measure)
        for note in notes {
            for row in note.rows { router.occupy(row, note.x..<(note.x + note.width)) }
        }
        for heading in headings {
            for (number, text) in heading.lines.enumerated() {
                let start = heading.left + 1
                router.occupy(heading.rows.lowerBound + number, start..<(start + Text.width(text) + 2))
            }
        }
        for flight in flights { router.occupy(flight.figure) }
        figures.arrows = RowIndex(flights.map { router.route($0.figure) })
        figures.notes = RowIndex(notes)
        figures.headings = RowIndex(headings)
        figures.heads = RowIndex(heads)
        figures.times = RowIndex(times)
        placeLifelines()
        placeBars()
    }

    private mutating func placeLifelines() {
        figures.lifelines = measure.places.indices.map { column in
            var line = Lifeline(x: measure.places[column], rows: 0..<height)
            if let birth = script.births[column] {
                let head = measure.heads[column]
                let start = rows[birth].first.map { $0.send - head.middle + head.rows.count } ?? height
                line.rows = start..<max(start, height)
                line.begins = heads.first { $0.column == column }?.begins ?? 0
            }
            if let death = script.deaths[column], let last = rows[death].last {
                let isReceiver = if case .message(let step) = script.steps[death] { step.to == column } else { false }
                let end = isReceiver ? last.arrive ?? last.send : last.send
                line.rows = line.rows.lowerBound..<max(line.rows.lowerBound, end + 1)
                line.endsInCross = true
            }
            return line
        }
    }

    private mutating func placeBars() {
        var bars: [BarFigure] = []
        for bar in script.bars {
            let life = figures.lifelines[bar.column].rows
            let starts = passages(bar.start)
            let ends = bar.end.map(passages) ?? []
            for (number, start) in starts.enumerated() {
                guard let start else { continue }
                let end = bar.end == nil || number >= ends.count ? height - 1 : ends[number] ?? height - 1
                let from = max(start, life.lowerBound)
                let to = min(end + 1, life.upperBound)
                guard from < to else { continue }
                bars.append(
                    BarFigure(
                        rows: from..<to, x: measure.places[bar.column] + DiagramMeasure.reach(bar.level + 1),
                        column: bar.column, begins: 0))
            }
        }
        figures.bars = RowIndex(bars)
    }

    /// The rows of a place, one for each time that it was passed. A place that is no message takes the one before.
    private func passages(_ place: DiagramScript.Place) -> [Int?] {
        var step = min(place.step, rows.count - 1)
        while step >= 0 {
            if case .message = script.steps[step] {
                return rows[step].map { place.isArrival ? $0.arrive : $0.send }
            }
            step -= 1
        }
        return [0]
    }
}
