import Diagrams
import TerminalKit

/// Where the ends and the texts of arrows and the boxes of notes stand, in columns.
struct LabelPlacer {
    let measure: DiagramMeasure

    init(_ measure: DiagramMeasure) { self.measure = measure }

    private var places: [Int] { measure.places }

    /// An arrow whose line is row 0. Its label stands in that row, or in rows above it.
    ///
    /// - Parameter isNearSender: whether a text on the arrow stands at the sender's end, else always at the left one.
    func arrow(
        _ number: Int, _ step: DiagramScript.MessageStep, _ text: DiagramMeasure.MessageText,
        isNearSender: Bool = false
    ) -> ArrowFigure {
        var figure = ArrowFigure(
            rows: 0..<1, message: step.message.number, arrow: step.message.arrow, line: 0, from: 0, to: 0, begins: 0)
        if step.from == step.to {
            turn(step, text, &figure)
        } else {
            (figure.from, figure.to) = ends(of: step)
            label(number, step, text, &figure)
            if isNearSender, !figure.goesRight, let label = figure.label, label.row == 0 {
                let width = Text.width(label.lines[0]) + text.extra
                figure.label?.x = max(label.x, figure.from - Self.trail - width)
            }
        }
        figure.extra = text.extra
        figure.endsReceiver = measure.script.deaths[step.to] == number
        figure.tookWidth = text.took
        figure.tookX = tookX(step, text.took)
        return figure
    }

    private func ends(of step: DiagramScript.MessageStep) -> (from: Int, to: Int) {
        let (from, to, head) = (places[step.from], places[step.to], measure.heads[step.to])
        if from < to {
            return (from + DiagramMeasure.reach(step.fromDepth), to - (step.creates ? head.left + head.margin : 0))
        }
        return (from, to + (step.creates ? head.right + head.margin : DiagramMeasure.reach(step.toDepth)))
    }

    private func turn(
        _ step: DiagramScript.MessageStep, _ text: DiagramMeasure.MessageText, _ figure: inout ArrowFigure
    ) {
        figure.from = places[step.from] + DiagramMeasure.reach(step.fromDepth)
        figure.to = places[step.from] + DiagramMeasure.reach(step.toDepth)
        figure.isTurn = true
        let x = max(figure.from, figure.to)
        let next = step.from + 1 < places.count ? places[step.from + 1] - 1 : measure.width
        let room = next - x - DiagramMeasure.turn - text.extra
        let lines = text.text.wrapped(to: room)
        if !lines.isEmpty || text.extra > 0 {
            figure.label = ArrowFigure.Label(lines: lines.isEmpty ? [""] : lines, x: x + DiagramMeasure.turn, row: 0)
        }
    }

    /// Beside the sender, on the side where the arrow is not.
    private func tookX(_ step: DiagramScript.MessageStep, _ width: Int) -> Int {
        let x = places[step.from]
        if step.from == step.to {
            return x + DiagramMeasure.reach(max(step.fromDepth, step.toDepth)) + DiagramMeasure.turn
        }
        return step.from < step.to ? x - 1 - width : x + DiagramMeasure.reach(step.fromDepth) + 2
    }

    // MARK: Texts of arrows

    private func label(
        _ number: Int, _ step: DiagramScript.MessageStep, _ text: DiagramMeasure.MessageText,
        _ figure: inout ArrowFigure
    ) {
        let (left, right) = (min(figure.from, figure.to), max(figure.from, figure.to))
        guard !text.text.lines.isEmpty || text.extra > 0 else { return }
        let width = text.text.width + text.extra
        if text.text.lines.count <= 1, let x = place(width, number, step, left, right) {
            figure.label = ArrowFigure.Label(lines: text.text.lines.isEmpty ? [""] : text.text.lines, x: x, row: 0)
            return
        }
        let lines = text.text.wrapped(to: right - left - DiagramMeasure.above - text.extra)
        figure.label = ArrowFigure.Label(lines: lines, x: left + 2, row: -lines.count)
    }

    /// Where a text fits on the arrow: in the first gap between lifelines that is wide enough, else across them.
    private func place(
        _ width: Int, _ number: Int, _ step: DiagramScript.MessageStep, _ left: Int, _ right: Int
    ) -> Int? {
        guard left + Self.lead + width + Self.trail <= right else { return nil }
        let low = min(step.from, step.to)
        let high = max(step.from, step.to)
        var start = left
        for column in (low + 1)...min(high, low + Self.mostGaps) where column == high || isAlive(column, number) {
            let end = column == high ? right : places[column]
            if start + Self.lead + width + Self.trail <= end { return start + Self.lead }
            start = end
        }
        return left + Self.lead
    }

    /// Whether a lifeline shows beside a step.
    private func isAlive(_ column: Int, _ step: Int) -> Bool {
        measure.script.births[column].map { $0 < step } ?? true
            && measure.script.deaths[column].map { $0 >= step } ?? true
    }

    /// `├── text ▶`: columns before a text on an arrow, and after it.
    private static let lead = 4
    private static let trail = 2
    /// Gaps that are looked at.
    private static let mostGaps = 8

    // MARK: Notes

    /// A note whose rows are to be given.
    func note(_ step: DiagramScript.NoteStep, _ text: TextMeasure, isDense: Bool) -> NoteFigure {
        let reach = DiagramMeasure.reach(step.depth)
        let edges = DiagramMeasure.noteEdges
        let (first, last) = (places[step.first], places[step.last])
        var figure = NoteFigure(rows: 0..<1, x: 0, width: 0, lines: [], begins: 0)
        if step.place == .over, step.first != step.last {
            figure.x = first - DiagramMeasure.margin
            figure.width = last + reach + DiagramMeasure.margin - figure.x + 1
            figure.lines = text.wrapped(to: figure.width - edges)
        } else {
            let room = room(step, reach: reach) - edges
            figure.lines = text.wrapped(to: min(room, max(DiagramMeasure.noteCap(measure.cap), text.word)))
            figure.width = (figure.lines.map(Text.width).max() ?? 0) + edges
            figure.x =
                switch step.place {
                case .left: first - 1 - figure.width
                case .right: first + reach + 2
                case .over: first - figure.width / 2
                }
        }
        if figure.lines.isEmpty { figure.lines = [""] }
        return figure
    }

    /// Columns for a note beside or over one lifeline.
    private func room(_ step: DiagramScript.NoteStep, reach: Int) -> Int {
        let column = step.first
        let left = places[column] - (column > 0 ? places[column - 1] + measure.reach[column - 1] + 2 : 0)
        let right = (column + 1 < places.count ? places[column + 1] - 1 : measure.width) - places[column]
        return switch step.place {
        case .left: left - 1
        case .right: right - reach - 2
        case .over: 2 * min(left, right - 1) + 1
        }
    }
}
