/// Which part of something longer than its place is shown.
public struct Scroll: Hashable, Sendable {
    public let total: Int
    public let visible: Int
    /// The first line shown: never so far down that lines stay empty.
    public let offset: Int

    public init(total: Int, visible: Int, offset: Int = 0) {
        self.total = max(0, total)
        self.visible = max(0, visible)
        self.offset = min(max(0, offset), max(0, self.total - self.visible))
    }

    /// The least move from `offset` that shows a line, and the one after it where there is one.
    public init(total: Int, visible: Int, offset: Int = 0, showing line: Int) {
        let margin = visible > 2 ? 1 : 0
        let lowest = line - visible + 1 + margin
        let highest = line - margin
        self.init(total: total, visible: visible, offset: max(lowest, min(highest, offset)))
    }

    public var range: Range<Int> { offset..<min(total, offset + visible) }
    public var pages: Int { visible == 0 ? 0 : max(1, (total + visible - 1) / visible) }
    /// From 1. The last one as soon as the last line shows.
    public var page: Int {
        guard visible > 0 else { return 0 }
        return range.upperBound == total ? pages : offset / visible + 1
    }

    /// `1/2` for a panel's lower edge; empty when everything shows.
    public var indicator: String { total <= visible ? "" : "\(page)/\(pages)" }
}
