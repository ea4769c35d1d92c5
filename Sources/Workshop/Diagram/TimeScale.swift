/// How many rows time takes: enough for most pauses to be seen for what they are, with the longest ones folded.
struct TimeScale {
    /// Nanoseconds a row.
    let row: Int64
    /// Rows of a pause that is long among the diagram's, and of the longest that is not folded.
    private static let usual = 3
    private static let longest = 9

    /// - Parameter times: of everything that happens, in order.
    init(_ times: [Int64]) {
        let gaps = zip(times.dropFirst(), times).map { $0.since($1) }.filter { $0 > 0 }.sorted()
        // Three quarters of all pauses are no longer than this one.
        let gap = gaps.isEmpty ? 1 : gaps[gaps.count * 3 / 4 - (gaps.count % 4 == 0 ? 1 : 0)]
        row = max(1, gap / Int64(Self.usual))
    }

    /// Rows from one moment to a later one; `nil`: so many that they are folded.
    func rows(_ length: Int64) -> Int? {
        let rows = (length / row) + (length % row * 2 >= row ? 1 : 0)
        return rows > Self.longest ? nil : Int(rows)
    }
}

extension Int64 {
    /// Nanoseconds from a moment to this one; as long as can be where that is longer.
    func since(_ other: Int64) -> Int64 {
        let (length, overflow) = subtractingReportingOverflow(other)
        return overflow ? .max : length
    }
}
