import TerminalKit

/// The menu's rows as lines of the screen: with a blank one before each part where there is room for that.
struct MenuLines {
    /// Places of rows; `nil`: a blank line.
    private let lines: [Int?]
    private let height: Int

    init(_ rows: [MenuRow], height: Int) {
        let first = rows.indices.filter { rows[$0].isFirst }
        let isAiry = rows.count + first.count { $0 > 0 } <= height
        lines = rows.indices.flatMap { row -> [Int?] in
            isAiry && row > 0 && first.contains(row) ? [nil, row] : [row]
        }
        self.height = height
    }

    /// Those that fit, with the chosen row among them, and the heading above the first.
    func shown(around row: Int) -> ArraySlice<Int?> {
        let line = lines.firstIndex(of: row) ?? 0
        return lines[Scroll(total: lines.count, visible: height, showing: line).range]
    }
}
