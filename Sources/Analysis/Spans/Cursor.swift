import Trace

/// How far a run has been played: a moment, and how many of the trace's events have happened by then.
///
/// Several events can share a moment; the count tells them apart, so that a player can step through them one by one.
public struct Cursor: Hashable, Comparable, Sendable {
    public var time: VirtualTime
    public var eventCount: Int

    public init(time: VirtualTime, eventCount: Int) {
        self.time = time
        self.eventCount = eventCount
    }

    /// Before the first event.
    public static let start = Cursor(time: .zero, eventCount: 0)

    /// Whether that event has happened.
    public func includes(_ event: EventID) -> Bool { event != .none && Int(event.rawValue) <= eventCount }

    public static func < (left: Cursor, right: Cursor) -> Bool {
        left.eventCount != right.eventCount ? left.eventCount < right.eventCount : left.time < right.time
    }
}

extension Trace {
    /// The cursor at a moment, with every event of that moment. O(log n).
    public func cursor(at time: VirtualTime) -> Cursor {
        Cursor(time: time, eventCount: eventCount(through: time))
    }

    /// The cursor right after an event; ``Cursor/start`` for ``EventID/none``, the last event for ids beyond it.
    public func cursor(after event: EventID) -> Cursor {
        let count = min(Int(event.rawValue), events.count)
        return count == 0 ? .start : Cursor(time: events[count - 1].time, eventCount: count)
    }

    /// The cursor when the run is over.
    public var lastCursor: Cursor { Cursor(time: max(end, events.last?.time ?? .zero), eventCount: events.count) }
}
