/// Columns of plain text: the first to the left, numbers to the right, two spaces between them.
public struct TextTable: Hashable, Sendable {
    private var rows: [[String]]

    public init(headings: [String]) { rows = [headings.map(\.withoutControls)] }

    /// Adds a row; missing cells are empty, control characters become `?`.
    public mutating func add(_ cells: [String]) { rows.append(cells.map(\.withoutControls)) }

    /// One line a row, without spaces at its end, with a line feed. Widths count characters, not screen columns.
    public var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += (column == 0 ? "" : "  ") + (column == 0 ? cell + padding : padding + cell)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
