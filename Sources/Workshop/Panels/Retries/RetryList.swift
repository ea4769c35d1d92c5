import Analysis
import Trace

/// The rows of one retry at a cursor, and which of them the panel is about.
struct RetryList {
    let context: PanelContext
    let layer: LayerInfo
    private let timeline: RetryTimeline
    /// Work that was tried again; all of it where there is little, while none was, or where the selected request was
    /// not.
    let filter: RetryTimeline.Filter
    /// How many rows have begun.
    let count: Int
    /// The place of the request that all panels show; the newest row where it has none.
    let focus: Int
    /// As many rows as a small panel can show: then the work that was not tried again is shown too.
    private static let few = 8

    init?(_ context: PanelContext, _ layer: LayerInfo) {
        guard let timeline = RetryTimeline(context.index, layer.id) else { return nil }
        self.context = context
        self.layer = layer
        self.timeline = timeline
        let isPlain = context.selection.request.map { request in
            timeline.place(of: request, .retried) == nil && timeline.place(of: request) != nil
        }
        let retried = timeline.count(.retried, at: context.cursor)
        let isFew = timeline.count(at: context.trace.lastCursor) <= Self.few
        filter = isPlain == true || retried == 0 || isFew ? .all : .retried
        count = filter == .retried ? retried : timeline.count(at: context.cursor)
        let place = context.request.flatMap { [filter] in timeline.place(of: $0.id, filter) }
        focus = min(place ?? count - 1, max(0, count - 1))
    }

    /// Pieces of work that have come to the retry, and those that were tried again.
    var counts: (all: Int, retried: Int) {
        (timeline.count(at: context.cursor), timeline.count(.retried, at: context.cursor))
    }

    func rows(_ places: Range<Int>, at cursor: Cursor? = nil) -> [RetryTimeline.Row] {
        timeline.rows(places, filter, at: cursor ?? context.cursor)
    }

    /// A page of so many rows with the focused one on it, so that the picture stands still from row to row.
    func page(of visible: Int) -> Range<Int> {
        guard visible > 0 else { return 0..<0 }
        let first = focus / visible * visible + context.scroll
        let offset = min(max(0, first), max(0, count - visible))
        return offset..<min(count, offset + visible)
    }

    /// From the first start to the last end of some rows, in nanoseconds, whether they have come to it or not: the
    /// scale stands still while the run is played. It covers the same requests in the run beside this one too.
    func stretch(_ places: Range<Int>) -> ClosedRange<Int64>? {
        let whole = rows(places, at: context.trace.lastCursor)
        var all = whole.map { Self.stretch($0, context.trace.end) }
        if let peer = context.peer, let name = peer.trace.names.find(context.trace.name(layer.id)),
            let other = RetryTimeline(peer.index, name)
        {
            for row in whole {
                guard let place = other.place(of: row.request) else { continue }
                let rows = other.rows(place..<place + 1, at: peer.trace.lastCursor)
                all += rows.map { Self.stretch($0, peer.trace.end) }
            }
        }
        guard let from = all.map(\.lowerBound).min(), let to = all.map(\.upperBound).max() else { return nil }
        return from...max(to, from + 1)
    }

    private static func stretch(_ row: RetryTimeline.Row, _ end: VirtualTime) -> ClosedRange<Int64> {
        let whole = row.end ?? end
        let ceilings = row.waits.filter { $0.end <= whole }.map { $0.start.nanoseconds + ($0.ceiling ?? 0) }
        let last = max(whole.nanoseconds, ceilings.max() ?? 0)
        return row.start.nanoseconds...max(last, row.start.nanoseconds)
    }

    /// The request in the next or previous row that belongs to another one.
    func request(movedBy step: Int) -> RequestID? {
        guard count > 0, step != 0 else { return nil }
        let current = rows(focus..<focus + 1).first?.request
        guard current == context.request?.id else { return current }
        var place = focus + step
        while place >= 0, place < count, let row = rows(place..<place + 1).first {
            if row.request != current { return row.request }
            place += step
        }
        return current
    }

    /// How many attempts start in each of so many equal parts of a stretch.
    func density(_ stretch: ClosedRange<Int64>, parts: Int) -> [Int] {
        var counts = Array(repeating: 0, count: max(0, parts))
        guard parts > 0 else { return counts }
        let events = context.trace.events
        let first = context.trace.eventCount(through: VirtualTime(nanoseconds: stretch.lowerBound - 1))
        let length = Double(stretch.upperBound - stretch.lowerBound)
        for event in events[first..<max(first, min(context.cursor.eventCount, events.count))] {
            guard event.kind == .attemptStarted, event.component == layer.id else { continue }
            let share = Double(event.time.nanoseconds - stretch.lowerBound) / length
            if share >= 0, share < 1 { counts[min(parts - 1, Int(share * Double(parts)))] += 1 }
        }
        return counts
    }
}
