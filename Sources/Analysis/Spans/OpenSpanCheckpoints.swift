import Trace

/// The sets of open spans at some points of the trace, so that the set at any point is found without starting over.
///
/// The next checkpoint is taken after as many events as the last one is long (at least 256): all of them together
/// are no longer than the trace.
struct OpenSpanCheckpoints: Sendable {
    private var counts: [Int] = [0]
    private var sets: [[UInt32]] = [[]]

    /// How many spans all checkpoints hold together.
    var size: Int { sets.reduce(0) { $0 + $1.count } }

    init(trace: Trace, records: [SpanRecord]) {
        var open: [UInt32] = []
        var position = [UInt32](repeating: 0, count: records.count)
        var next = 256
        let events = trace.events.span
        for offset in events.indices {
            let span = Int(events[offset].span.rawValue)
            if span != 0, span < records.count {
                Self.update(&open, &position, span: span, record: records[span], id: UInt32(offset + 1))
            }
            guard offset + 1 >= next else { continue }
            if offset + 1 - (counts.last ?? 0) >= max(256, open.count) {
                counts.append(offset + 1)
                sets.append(open)
            }
            next = (counts.last ?? 0) + max(256, open.count)
        }
    }

    private static func update(
        _ open: inout [UInt32], _ position: inout [UInt32], span: Int, record: SpanRecord, id: UInt32
    ) {
        if record.opened == id {
            position[span] = UInt32(open.count)
            open.append(UInt32(span))
            return
        }
        guard record.opened != 0, record.last == id else { return }
        let hole = Int(position[span])
        let moved = open.removeLast()
        guard hole < open.count else { return }
        open[hole] = moved
        position[Int(moved)] = UInt32(hole)
    }

    /// The spans that are open once so many events have happened, by the order of their starts.
    func open(at eventCount: Int, trace: Trace, records: [SpanRecord]) -> [UInt32] {
        let checkpoint = counts.count(through: eventCount) - 1
        guard checkpoint >= 0 else { return [] }
        let end = min(eventCount, trace.events.count)
        var result = sets[checkpoint].filter { records[Int($0)].last > end }
        for offset in min(counts[checkpoint], end)..<end {
            let span = trace.events[offset].span.rawValue
            guard span != 0, Int(span) < records.count else { continue }
            if records[Int(span)].opened == UInt32(offset + 1), records[Int(span)].last > end { result.append(span) }
        }
        return result.sorted { records[Int($0)].opened < records[Int($1)].opened }
    }
}
