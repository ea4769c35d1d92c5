import Diagrams
import TerminalKit

/// An arrow between two lifelines, or from one back to itself, with its text.
struct ArrowFigure: Rowed {
    /// Where its text stands: on the arrow, or in rows above it.
    struct Label: Sendable {
        var lines: [String]
        var x: Int
        /// Of the first line.
        var row: Int
    }

    /// So many rows down in one column.
    struct Fall: Hashable, Sendable {
        var x: Int
        var rows: Int
    }

    /// Those of its text included.
    var rows: Range<Int>
    var message: Int
    /// Which of its message's passages; `nil`: all of them.
    var passage: Int?
    var arrow: Arrow
    /// The row in which it leaves.
    var line: Int
    /// The columns of the two ends: a lifeline, the outermost bar on it, or the side of a head.
    var from: Int
    var to: Int
    /// Where it goes down on its way, from the sender's side to the receiver's.
    var falls: [Fall] = []
    /// Its receiver's lifeline ends with it: the cross there is head enough.
    var endsReceiver = false
    /// Whether it has a head: its arrival is known.
    var arrives = true
    /// It returns to its sender.
    var isTurn = false
    /// The column in which a turn turns.
    var turnX: Int { max(from, to) + 3 }
    var label: Label?
    /// Columns of what became of it, on the last line of its text.
    var extra = 0
    /// Beside the sender, in the row in which it leaves; for a turn in the one in which it returns.
    var tookX = 0
    var tookWidth = 0
    /// When it was first sent; `.max`: never.
    var begins: Int64

    /// The row in which it arrives.
    var end: Int { falls.isEmpty && isTurn ? line + 1 : falls.reduce(line) { $0 + $1.rows } }
    var goesRight: Bool { from < to }
}

/// The frame of a block, its sections apart.
struct FrameFigure: Rowed {
    struct Section: Sendable {
        var row: Int
        var lines: [String]
        /// Columns of the keyword at the start of the first line.
        var keyword: Int
        var begins: Int64
    }

    var rows: Range<Int>
    var left: Int
    var right: Int
    var sections: [Section]
    var begins: Int64
}

struct NoteFigure: Rowed {
    var rows: Range<Int>
    var x: Int
    var width: Int
    var lines: [String]
    var begins: Int64
}

/// A stretch of work on a lifeline.
struct BarFigure: Rowed {
    var rows: Range<Int>
    var x: Int
    var column: Int
    var begins: Int64
}

/// The head of a participant that is created on the way.
struct HeadFigure: Rowed {
    var rows: Range<Int>
    var column: Int
    var begins: Int64
}

/// Where a block or one of its sections begins, in a drawing whose rows are time.
struct HeadingFigure: Rowed {
    var rows: Range<Int>
    var left: Int
    var right: Int
    var lines: [String]
    /// Columns of the keyword at the start of the first line.
    var keyword: Int
    var begins: Int64
}

/// What stands in a row at the left edge.
struct TimeFigure: Rowed {
    var row: Int
    var text: String
    var begins: Int64
    /// Time is left out here.
    var isFold = false
    var rows: Range<Int> { row..<(row + 1) }
}

/// A lifeline: the rows in which it shows.
struct Lifeline: Sendable {
    var x: Int
    var rows: Range<Int>
    /// Whether it ends with a cross, when its participant is destroyed; else with the diagram.
    var endsInCross = false
    var begins: Int64 = 0
}
