import TerminalKit

/// Finds the way down for arrows that take time: past texts and past one another.
///
/// An even flight of steps where nothing is in its way; else one fall, as near to the receiver as there is room.
struct FlightRouter {
    let measure: DiagramMeasure
    /// By row: columns that texts and other falls take.
    private var taken: [Int: [Range<Int>]] = [:]
    /// Flights longer than this fall straight, wherever that leads: to look at every row would take too long.
    private static let longest = 120

    init(measure: DiagramMeasure) { self.measure = measure }

    mutating func occupy(_ row: Int, _ columns: Range<Int>) {
        if !columns.isEmpty { taken[row, default: []].append(columns) }
    }

    /// Takes the room of an arrow's texts.
    mutating func occupy(_ figure: ArrowFigure) {
        if let label = figure.label {
            for (number, line) in label.lines.enumerated() {
                let width = Text.width(line) + figure.extra
                occupy(label.row + number, (label.x - 1)..<(label.x + width + 1))
            }
        }
        if figure.tookWidth > 0 {
            occupy(figure.line + (figure.isTurn ? 1 : 0), figure.tookX..<(figure.tookX + figure.tookWidth))
        }
    }

    /// The arrow with the columns in which it falls.
    mutating func route(_ figure: ArrowFigure) -> ArrowFigure {
        var figure = figure
        let rows = figure.falls.reduce(0) { $0 + $1.rows }
        guard rows > 0, !figure.isTurn else { return figure }
        let step = figure.goesRight ? 1 : -1
        // Behind its own text, and before the head.
        var near = figure.from + 2 * step
        if let label = figure.label, label.row == figure.line {
            near = figure.goesRight ? label.x + Text.width(label.lines.last ?? "") + figure.extra + 1 : label.x - 2
        }
        let far = figure.to - 2 * step
        figure.falls = [ArrowFigure.Fall(x: free(far, towards: near), rows: rows)]
        guard rows <= Self.longest else { return figure }
        let ways = [stairs(near: near, far: far, rows: rows)] + channels(near: near, far: far, rows: rows)
        if let way = ways.first(where: { isFree($0, figure) }) { figure.falls = way }
        take(figure)
        return figure
    }

    // MARK: Ways

    private func stairs(near: Int, far: Int, rows: Int) -> [ArrowFigure.Fall] {
        var falls: [ArrowFigure.Fall] = []
        for row in 1...rows {
            let x = free(near + (far - near) * row / rows, towards: far)
            if let last = falls.indices.last, falls[last].x == x {
                falls[last].rows += 1
            } else {
                falls.append(ArrowFigure.Fall(x: x, rows: 1))
            }
        }
        return falls
    }

    private func channels(near: Int, far: Int, rows: Int) -> [[ArrowFigure.Fall]] {
        stride(from: far, through: near, by: far < near ? 1 : -1).filter { !isLifeline($0) }
            .map { [ArrowFigure.Fall(x: $0, rows: rows)] }
    }

    /// The column, or the next one that is no lifeline's.
    private func free(_ x: Int, towards other: Int) -> Int {
        var x = x
        while isLifeline(x) { x += other < x ? -1 : 1 }
        return x
    }

    private func isLifeline(_ x: Int) -> Bool {
        var low = 0
        var high = measure.places.count
        while low < high {
            let middle = (low + high) / 2
            if measure.places[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return low > 0 && x <= measure.places[low - 1] + measure.reach[low - 1]
    }

    // MARK: Room

    /// Whether nothing is in the way below the row in which it leaves.
    private func isFree(_ falls: [ArrowFigure.Fall], _ figure: ArrowFigure) -> Bool {
        cells(falls, figure).allSatisfy { row, columns in
            !(taken[row]?.contains { $0.overlaps(columns) } ?? false)
        }
    }

    private mutating func take(_ figure: ArrowFigure) {
        for (row, columns) in cells(figure.falls, figure) { occupy(row, columns) }
    }

    /// The columns of each row below the first one, those between its falls included.
    private func cells(_ falls: [ArrowFigure.Fall], _ figure: ArrowFigure) -> [(row: Int, columns: Range<Int>)] {
        var cells: [(row: Int, columns: Range<Int>)] = []
        var row = figure.line
        for (place, fall) in falls.enumerated() {
            for inner in 1..<max(1, fall.rows) { cells.append((row + inner, fall.x..<(fall.x + 1))) }
            row += fall.rows
            let next = place + 1 < falls.count ? falls[place + 1].x : figure.to
            cells.append((row, min(fall.x, next)..<(max(fall.x, next) + 1)))
        }
        return cells
    }
}
