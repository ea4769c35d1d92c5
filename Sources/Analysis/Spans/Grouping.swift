/// Items grouped by a small number: all groups in one array, in the order in which the items were given.
struct Grouping: Sendable {
    private var offsets: [UInt32]
    private var items: [UInt32]

    /// Linear in groups and items. `group` is asked twice for each item.
    ///
    /// - Parameter group: from 1 to `last`, or 0 for an item that belongs to none.
    init(last: Int, items given: some Collection<UInt32>, by group: (UInt32) -> UInt32) {
        var starts = [UInt32](repeating: 0, count: last + 2)
        for item in given { starts[Int(group(item)) + 1] += 1 }
        starts[1] = 0
        for group in 1...last + 1 { starts[group] += starts[group - 1] }
        var items = [UInt32](repeating: 0, count: Int(starts[last + 1]))
        var next = starts
        for item in given {
            let place = Int(group(item))
            if place == 0 { continue }
            items[Int(next[place])] = item
            next[place] += 1
        }
        offsets = starts
        self.items = items
    }

    subscript(group: UInt32) -> ArraySlice<UInt32> {
        guard Int(group) + 1 < offsets.count else { return [] }
        return items[Int(offsets[Int(group)])..<Int(offsets[Int(group) + 1])]
    }
}

extension Array {
    /// How many elements come before the first that is not `isBefore`, which must hold for a prefix. O(log n).
    func prefixCount(where isBefore: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Array where Element: Comparable {
    /// How many elements of this ascending array are at most `bound`. O(log n).
    func count(through bound: Element) -> Int { prefixCount { $0 <= bound } }
}
