import Trace

/// A part of a run: the events after a moment, up to and with a cursor.
public struct Window: Hashable, Sendable {
    /// How many events had happened before it and at its end: those in between are in it.
    public let events: Range<Int>
    public let from: VirtualTime
    public let to: VirtualTime

    /// - Parameter from: not in the window itself; `nil`: since the start of the run, events at time zero included.
    public init(_ trace: Trace, from: VirtualTime? = nil, through cursor: Cursor) {
        let end = min(max(0, cursor.eventCount), trace.events.count)
        let start = from.map { trace.eventCount(through: $0) } ?? 0
        events = min(start, end)..<end
        self.from = min(from ?? .zero, cursor.time)
        to = cursor.time
    }

    /// The last stretch of that length before the cursor; shorter where the run has not lasted as long.
    /// One that reaches back to the start has the events at time zero in it.
    public init(_ trace: Trace, last length: Duration, at cursor: Cursor) {
        let from = cursor.time.advanced(byNanoseconds: -max(0, length.wholeNanoseconds))
        self.init(trace, from: from <= .zero ? nil : from, through: cursor)
    }

    /// Virtual seconds.
    public var seconds: Double { (Double(to.nanoseconds) - Double(from.nanoseconds)) / 1e9 }
}

extension [UInt32] {
    /// The places in this ascending list of events that are in a window. O(log n).
    func places(in window: Window) -> Range<Int> {
        let low = count(through: UInt32(clamping: window.events.lowerBound))
        let high = count(through: UInt32(clamping: window.events.upperBound))
        return low..<Swift.max(low, high)
    }
}
