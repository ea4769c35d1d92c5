import Analysis
import Trace

/// Which row of a sequence diagram shows what: rows are time, to scale, and messages of the same instant are stacked.
///
/// A message stands in the row of its time, or as close below it as those before it leave room. Pauses in which nothing
/// is under way are cut short where they would take more room than all work together.
struct SequenceRows {
    /// Items that are drawn as one row.
    struct Group: Hashable {
        var items: [SequenceItem]
        var row = 0
        var time: VirtualTime { items[0].time }
    }

    struct Row: Hashable {
        /// Offset from the start of the request, in nanoseconds.
        var offset: Int64
        /// Place in ``groups``; `nil`: time passes.
        var group: Int?
        /// The row stands for more time than the others.
        var isCut = false
    }

    private(set) var groups: [Group] = []
    private(set) var rows: [Row] = []
    /// Nanoseconds in a row.
    private(set) var scale: Int64
    private let start: VirtualTime
    private let end: VirtualTime
    /// Offset of the request's end, in nanoseconds; `nil`: it has none.
    let requestEnd: Int64?
    private var pauses: [Pause] = []

    /// What goes on after the request is drawn to scale up to so many times as long as its work.
    private static let longAfter: Int64 = 4

    private struct Pause {
        var from: Int64
        var length: Int64
        var shown: Int64
    }

    /// - Parameters:
    ///   - height: rows that should do.
    ///   - duration: nanoseconds that the scale has room for, if the request is shorter.
    init(_ request: RequestInfo, in index: TraceIndex, height: Int, duration: Int64 = 0) {
        let spans = index.spans(of: request.id)
        start = request.start
        let plain = SequenceItems(spans, request, in: index, bendFrom: .max)
        // Who still waits when the run is over has waited till then.
        let last = request.end == nil ? index.trace.end : plain.items.last?.time ?? request.start
        requestEnd = request.end.map { $0.nanoseconds - request.start.nanoseconds }
        end = max(request.start, last)
        scale = 1
        pauses = Self.pauses(plain.items, start: start, end: request.end)
        let total = max(1, duration, shown(end.nanoseconds - start.nanoseconds))
        let height = max(1, height)
        // The finest scale that fits. A coarser one never needs more rows.
        let scales = Self.niceScales(from: total / Int64(height), past: total)
        var (low, high) = (0, scales.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if place(plain, spans, request, in: index, scale: scales[middle], height: height) <= height {
                high = middle
            } else {
                low = middle + 1
            }
        }
        _ = place(plain, spans, request, in: index, scale: scales[low], height: height)
        fillRows(height: request.end == nil ? height : 0)
    }

    /// Gives each group its row at a scale; returns how many rows there are.
    private mutating func place(
        _ plain: SequenceItems, _ spans: [TraceSpan], _ request: RequestInfo, in index: TraceIndex, scale: Int64,
        height: Int
    ) -> Int {
        self.scale = scale
        let bends = plain.longestHop >= scale
        let items = bends ? SequenceItems(spans, request, in: index, bendFrom: scale).items : plain.items
        groups = Grouping(of: items, height: height).groups(of: items, start: start, scale: scale)
        return place()
    }

    // MARK: Scale

    /// Powers of ten times numbers that are easy to count in, from the first that is not below one bound to the first
    /// that is above the other. At least one.
    private static func niceScales(from lowest: Int64, past highest: Int64) -> [Int64] {
        let steps: [Int64] = [100, 125, 150, 200, 250, 300, 400, 500, 600, 750]
        var scales: [Int64] = []
        var unit: Int64 = 1
        while unit < 10_000_000_000_000_000 {
            for step in steps where unit * step >= lowest {
                scales.append(unit * step)
                if unit * step > highest { return scales }
            }
            unit *= 10
        }
        return scales.isEmpty ? [unit] : scales
    }

    /// Pauses in which only the client waits, or nobody does: a backend may work on long after the request's end.
    private static func pauses(_ items: [SequenceItem], start: VirtualTime, end: VirtualTime?) -> [Pause] {
        var under = 0
        var busy: Int64 = 0
        var found: [Pause] = []
        var after: [Pause] = []
        var last = start
        for item in items {
            let gap = item.time.nanoseconds - last.nanoseconds
            if gap > 0 {
                let pause = Pause(from: last.nanoseconds - start.nanoseconds, length: gap, shown: gap)
                if let end, last >= end {
                    after.append(pause)
                } else if under > 0 {
                    busy += gap
                } else {
                    found.append(pause)
                }
            }
            switch item.kind {
            case .send, .lookup: under += 1
            case .answer, .lateAnswer, .dropped: under -= 1
            case .abandon where item.isLost: under -= 1
            case .cacheAnswer where !item.isInstant: under -= 1
            default: break
            }
            last = item.time
        }
        guard busy > 0 else { return [] }
        let long = found.filter { $0.length > busy } + after.filter { $0.length / Self.longAfter > busy }
        return long.map {
            Pause(from: $0.from, length: $0.length, shown: max(1, busy / 2))
        }
    }

    /// An offset with the pauses cut short.
    private func shown(_ offset: Int64) -> Int64 {
        var result = offset
        for pause in pauses where offset > pause.from {
            let inside = min(offset - pause.from, pause.length)
            let scaled = Double(inside) / Double(pause.length) * Double(pause.shown)
            result -= inside - Int64(scaled.rounded())
        }
        return result
    }

    /// The offset that stands so far down the diagram.
    private func offset(shown: Int64) -> Int64 {
        var cut: Int64 = 0
        for pause in pauses {
            let from = pause.from - cut
            guard shown > from else { break }
            if shown < from + pause.shown {
                return pause.from + Int64(Double(shown - from) / Double(pause.shown) * Double(pause.length))
            }
            cut += pause.length - pause.shown
        }
        return shown + cut
    }

    /// Whether the label of a row where time passes is a round number.
    func isRound(_ row: Int) -> Bool { row % 2 == 0 && rows[row].offset % scale == 0 }

    private func isInPause(_ offset: Int64) -> Bool {
        pauses.contains { offset > $0.from && offset < $0.from + $0.length }
    }

    // MARK: Groups

    private enum Grouping {
        case none, sameInstant, sameRow

        /// The one that shows most of those that leave room for time to pass.
        init(of items: [SequenceItem], height: Int) {
            let instants = Grouping.sameInstant.groups(of: items, start: .zero, scale: 1).count
            if items.count * 3 <= height * 2 || instants == items.count && items.count <= height {
                self = .none
            } else {
                self = instants <= height ? .sameInstant : .sameRow
            }
        }

        func groups(of items: [SequenceItem], start: VirtualTime, scale: Int64) -> [Group] {
            if self == .none { return items.map { Group(items: [$0]) } }
            var groups: [Group] = []
            var open: [SequenceItem.GroupKey: Int] = [:]
            var bucket: Int64 = -1
            for item in items {
                let offset = item.time.nanoseconds - start.nanoseconds
                let place = self == .sameInstant ? offset : offset / scale
                if place != bucket { open.removeAll(keepingCapacity: true) }
                bucket = place
                if let group = open[item.groupKey] {
                    groups[group].items.append(item)
                } else {
                    open[item.groupKey] = groups.count
                    groups.append(Group(items: [item]))
                }
            }
            return groups
        }
    }

    // MARK: Rows

    /// Gives each group its row; returns how many rows there are.
    private mutating func place() -> Int {
        var next = 0
        for group in groups.indices {
            let natural = (shown(groups[group].time.nanoseconds - start.nanoseconds) + scale / 2) / scale
            groups[group].row = max(next, Int(clamping: natural))
            next = groups[group].row + 1
        }
        return next
    }

    /// - Parameter height: rows in which time goes on after the last group, till the end.
    private mutating func fillRows(height: Int) {
        rows = []
        for (place, group) in groups.enumerated() {
            while rows.count < group.row { rows.append(passing(rows.count)) }
            rows.append(Row(offset: group.time.nanoseconds - start.nanoseconds, group: place))
        }
        let whole = Int(clamping: shown(end.nanoseconds - start.nanoseconds) / scale) + 1
        while rows.count < min(whole, height) { rows.append(passing(rows.count)) }
    }

    private func passing(_ row: Int) -> Row {
        let offset = offset(shown: Int64(row) * scale)
        return Row(offset: offset, group: nil, isCut: isInPause(offset))
    }

    /// The first row at or after an offset from the start of the request.
    func row(at offset: Int64) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The last row that is reached at a cursor; `nil` before the first.
    func current(at cursor: Cursor) -> Int? {
        let now = cursor.time.nanoseconds - start.nanoseconds
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            let row = rows[middle]
            let isReached = row.group.map { cursor.includes(groups[$0].items[0].event) } ?? (row.offset <= now)
            if isReached { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
