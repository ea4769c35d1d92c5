/// Something that takes some of the rows of a drawing.
protocol Rowed: Sendable {
    var rows: Range<Int> { get }
}

/// Things by their rows: which of them a window shows is found without looking at those before and after it.
struct RowIndex<Item: Rowed>: Sendable {
    let items: [Item]
    /// For each item, where the last of it and of all before it ends.
    private let ends: [Int]

    init(_ items: [Item]) {
        // Equal rows keep their order: what was drawn first stays below.
        let order = items.indices.sorted { (items[$0].rows.lowerBound, $0) < (items[$1].rows.lowerBound, $1) }
        self.items = order.map { items[$0] }
        var end = 0
        ends = self.items.map { item in
            end = max(end, item.rows.upperBound)
            return end
        }
    }

    /// Those that take any of the rows. O(log n) and the number of items from the first that does to the last.
    func touching(_ rows: Range<Int>) -> [Item] {
        let first = Self.partition(ends.count) { ends[$0] > rows.lowerBound }
        let last = Self.partition(items.count) { items[$0].rows.lowerBound >= rows.upperBound }
        guard first < last else { return [] }
        return items[first..<last].filter { $0.rows.overlaps(rows) }
    }

    /// The first place from which on something holds.
    private static func partition(_ count: Int, _ holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
