/// Items grouped by a small number: all groups in one array, in the order in which the items were given.
struct Grouping: Sendable {
    private var offsets: [UInt32]
    private var items: [UInt32]

    /// Items are (group, item) pairs; groups run from 0 to `groupCount - 1`. Linear in both.
    init(groupCount: Int, pairs: [(group: UInt32, item: UInt32)]) {
        offsets = [UInt32](repeating: 0, count: groupCount + 1)
        items = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs { offsets[Int(pair.group) + 1] += 1 }
        for group in 0..<groupCount { offsets[group + 1] += offsets[group] }
        var next = offsets
        for pair in pairs {
            items[Int(next[Int(pair.group)])] = pair.item
            next[Int(pair.group)] += 1
        }
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
