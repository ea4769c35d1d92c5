import Diagrams
import TerminalKit

/// Where everything of a sequence diagram stands: lifelines in columns, statements in rows.
///
/// It is as narrow as its texts allow. Those that can be wrapped are, as far as it takes to fit in the width of its
/// style. Laying out takes time in proportion to the number of statements.
public struct DiagramLayout: Sendable {
    public let measured: MeasuredDiagram
    public let style: DiagramStyle
    /// Of the whole drawing, the times at its left edge included.
    public let width: Int
    public let height: Int

    let titleLines: [String]
    /// By column.
    let heads: [DiagramHead]
    /// What stands above a column whose own head is further up.
    let names: [DiagramHead]
    let boxes: [DiagramBox]
    /// Rows of the heads that do not scroll away.
    let headHeight: Int
    /// Columns at the left edge that do not scroll away.
    let gutter: Int
    /// Over the times.
    let unit: String
    let figures: DiagramFigures
    /// Passages in the order in which they were sent.
    let moments: [DiagramMoment]

    /// Rows of the title, and a blank one.
    var titleHeight: Int { titleLines.isEmpty ? 0 : titleLines.count + 1 }
    /// Rows below the heads.
    var bodyHeight: Int { height - titleHeight - headHeight }

    public init(_ measured: MeasuredDiagram, style: DiagramStyle = DiagramStyle()) {
        self.measured = measured
        self.style = style
        let diagram = measured.diagram
        let boxes = style.isDense ? [] : DiagramBox.all(diagram)
        let words = DiagramWords(style: style)
        heads = diagram.participants.enumerated().map { place, participant in
            let isInBox = boxes.contains { $0.columns.contains(place) }
            return DiagramHead(participant, hue: Hue.role(place), style: style, isInBox: isInBox)
        }
        var plain = style
        plain.isDense = true
        names = diagram.participants.enumerated().map { DiagramHead($1, hue: Hue.role($0), style: plain) }
        self.boxes = boxes
        let script = DiagramScript(measured)
        let hasTimes = measured.passages.contains { !$0.isEmpty }
        let mode = hasTimes ? style.mode : .compact
        let clock = DiagramClock(Self.times(measured, mode), numbers: style.numbers)
        let events = mode == .time ? TimeEvent.all(script) : []
        var gutter = 0
        if hasTimes {
            gutter = Text.width(clock.unit)
            if mode == .time {
                gutter = max(gutter, TimePlacer.gutter(events, style: style, clock: clock))
            } else {
                for time in Self.times(measured, mode) { gutter = max(gutter, Text.width(clock.label(time))) }
            }
            gutter += 2
        }
        self.gutter = gutter
        unit = hasTimes ? clock.unit : ""
        let measure = DiagramMeasure(
            script, heads: heads, boxes: boxes, words: words, width: style.width - gutter, hasFalls: mode == .time)
        let bodyHeight: Int
        switch mode {
        case .compact:
            var placer = CompactPlacer(measure, style: style, clock: clock)
            placer.place()
            (figures, bodyHeight) = (placer.figures, placer.height)
        case .time:
            var placer = TimePlacer(measure, events, style: style, clock: clock)
            placer.place()
            (figures, bodyHeight) = (placer.figures, placer.height)
        }
        moments = DiagramMoment.all(measured)
        headHeight = Self.headHeight(heads, boxes, script)
        let titles = style.isDense ? [] : TextMeasure(diagram.title ?? "").wrapped(to: max(20, style.width))
        titleLines = titles
        let titleWidth = titles.map(Text.width).max() ?? 0
        width = max(gutter + measure.width, titleWidth)
        height = (titles.isEmpty ? 0 : titles.count + 1) + headHeight + bodyHeight
    }

    /// The times that are written at the left edge.
    private static func times(_ measured: MeasuredDiagram, _ mode: DiagramMode) -> [Int64] {
        if mode == .compact { return measured.passages.compactMap { $0.first?.sent } }
        return measured.passages.joined().flatMap { [$0.sent] + ($0.arrives.map { [$0] } ?? []) }
    }

    /// Rows of the highest head that stands at the top, and the edge of the boxes round them.
    private static func headHeight(_ heads: [DiagramHead], _ boxes: [DiagramBox], _ script: DiagramScript) -> Int {
        let top = heads.indices.filter { script.births[$0] == nil }.map { heads[$0].rows.count }.max()
        return (top ?? (heads.isEmpty ? 0 : 1)) + (boxes.isEmpty ? 0 : 1)
    }
}

/// All that stands below the heads.
struct DiagramFigures: Sendable {
    var lifelines: [Lifeline] = []
    var bars = RowIndex<BarFigure>([])
    var frames = RowIndex<FrameFigure>([])
    var notes = RowIndex<NoteFigure>([])
    var arrows = RowIndex<ArrowFigure>([])
    var heads = RowIndex<HeadFigure>([])
    var headings = RowIndex<HeadingFigure>([])
    var times = RowIndex<TimeFigure>([])
    /// By message: the row of its arrow, or of each of its passages.
    var messageRows: [Int: [Int]] = [:]

    func row(of moment: DiagramMoment) -> Int? {
        guard let rows = messageRows[moment.message], let last = rows.last else { return nil }
        return moment.passage < rows.count ? rows[moment.passage] : last
    }
}

/// The sending of a passage.
struct DiagramMoment: Hashable, Sendable {
    var sent: Int64
    var message: Int
    var passage: Int

    static func all(_ measured: MeasuredDiagram) -> [DiagramMoment] {
        var all: [DiagramMoment] = []
        for (message, passages) in measured.passages.enumerated() {
            for (passage, one) in passages.enumerated() {
                all.append(DiagramMoment(sent: one.sent, message: message, passage: passage))
            }
        }
        return all.sorted { ($0.sent, $0.message, $0.passage) < ($1.sent, $1.message, $1.passage) }
    }

    /// The last one that is not after a moment.
    static func latest(_ all: [DiagramMoment], at now: Int64) -> DiagramMoment? {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].sent <= now { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : all[low - 1]
    }
}

/// A frame round the heads of neighbouring columns.
struct DiagramBox: Sendable {
    var columns: ClosedRange<Int>
    var label: String

    static func all(_ diagram: Diagram) -> [DiagramBox] {
        diagram.boxes.compactMap { box in
            let places = diagram.participants.indices.filter { box.participants.contains(diagram.participants[$0].id) }
            guard let first = places.first, let last = places.last else { return nil }
            return DiagramBox(columns: first...last, label: TextMeasure(box.label).lines.joined(separator: " "))
        }
    }
}
