import Trace

/// A number that changes at events and holds between them: calls in service, queue length, slots.
///
/// Value at a point, area under the curve: O(log n). Maximum over a window: O(√n) at worst, in blocks of 128.
struct StepSeries: Sendable {
    private(set) var events: [UInt32] = []
    private(set) var values: [Int64] = []
    private var times: [Int64] = []
    /// Area up to each change, in units times nanoseconds.
    private var areas: [Double] = []
    private var blockMaxima: [Int64] = []
    private static let block = 128

    var last: Int64 { values.last ?? 0 }

    mutating func set(_ value: Int64, event: UInt32, time: VirtualTime) {
        let elapsed = times.last.map { Double(time.nanoseconds) - Double($0) } ?? 0
        areas.append((areas.last ?? 0) + Double(last) * elapsed)
        if values.count % Self.block == 0 {
            blockMaxima.append(value)
        } else {
            blockMaxima[blockMaxima.count - 1] = max(blockMaxima[blockMaxima.count - 1], value)
        }
        events.append(event)
        values.append(value)
        times.append(time.nanoseconds)
    }

    mutating func add(_ change: Int64, event: UInt32, time: VirtualTime) { set(last + change, event: event, time: time) }

    /// The value once so many events have happened; 0 before the first change.
    func value(at eventCount: Int) -> Int64 {
        let count = events.count(through: UInt32(clamping: eventCount))
        return count == 0 ? 0 : values[count - 1]
    }

    /// The largest value in a window, the one it starts with included.
    func maximum(in window: Window) -> Int64 {
        let end = events.count(through: UInt32(clamping: window.events.upperBound))
        // The value that holds when the window opens was set by the change before it.
        var position = events.count(through: UInt32(clamping: window.events.lowerBound)) - 1
        var result = position < 0 ? 0 : Int64.min
        position = max(0, position)
        while position < end {
            if position % Self.block == 0, position + Self.block <= end {
                result = max(result, blockMaxima[position / Self.block])
                position += Self.block
            } else {
                result = max(result, values[position])
                position += 1
            }
        }
        return result == .min ? 0 : result
    }

    /// The area under the curve in a window, in units times nanoseconds.
    func area(in window: Window) -> Double {
        area(through: window.events.upperBound, time: window.to) - area(through: window.events.lowerBound, time: window.from)
    }

    private func area(through eventCount: Int, time: VirtualTime) -> Double {
        let count = events.count(through: UInt32(clamping: eventCount))
        guard count > 0 else { return 0 }
        let elapsed = max(0, Double(time.nanoseconds) - Double(times[count - 1]))
        return areas[count - 1] + Double(values[count - 1]) * elapsed
    }
}
