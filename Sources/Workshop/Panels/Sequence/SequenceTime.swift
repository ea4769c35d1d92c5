import TerminalKit

/// How a sequence diagram writes the times at its left edge: all in one unit, counted from the start of the request.
struct SequenceTime {
    let unit: String
    private let nanoseconds: Int64
    private let places: Int
    private let longest: Int64

    init(rows: SequenceRows) {
        longest = max(rows.rows.last?.offset ?? 0, rows.scale)
        // Work that goes on after the request does not make its own times coarse.
        let inSeconds = (rows.requestEnd ?? longest) >= 10_000_000_000
        unit = inSeconds ? "s" : "ms"
        nanoseconds = inSeconds ? 1_000_000_000 : 1_000_000
        // As many decimals as it takes to tell two rows apart.
        var places = 0
        var step = rows.scale
        while step < nanoseconds, places < (inSeconds ? 2 : 3) {
            step *= 10
            places += 1
        }
        self.places = places
    }

    func label(_ offset: Int64, _ numbers: NumberText) -> String {
        numbers.fixed(offset, unit: nanoseconds, places: places)
    }

    /// Columns that the labels need.
    func width(_ numbers: NumberText) -> Int { max(4, Text.width(label(longest, numbers))) }
}
