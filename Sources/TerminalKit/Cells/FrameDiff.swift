/// Neighbouring cells of one row.
public struct CellRun: Hashable, Sendable {
    public let y: Int
    public let columns: Range<Int>

    public init(y: Int, columns: Range<Int>) {
        self.y = y
        self.columns = columns
    }
}

extension Frame {
    /// The cells to paint again after `previous` was shown, row by row, left to right.
    ///
    /// All of them when the sizes differ. A run never splits a wide character. Linear in the number of cells.
    public func diff(from previous: Frame) -> [CellRun] {
        guard previous.size == size else {
            return size.width == 0 ? [] : (0..<size.height).map { CellRun(y: $0, columns: 0..<size.width) }
        }
        var runs: [CellRun] = []
        for y in 0..<size.height {
            var start: Int?
            for x in 0..<size.width {
                let place = y * size.width + x
                if cells[place] != previous.cells[place] {
                    if start == nil { start = cells[place].width == 0 ? x - 1 : x }
                } else if let first = start, cells[place].width != 0 {
                    runs.append(CellRun(y: y, columns: first..<x))
                    start = nil
                }
            }
            if let first = start { runs.append(CellRun(y: y, columns: first..<size.width)) }
        }
        return runs
    }
}
