import Trace

/// A number that changes at events and holds between them: calls in service, queue length, slots.
///
/// Value at a point, area under the curve: O(log n). Maximum over a window: in blocks of 128, so that only long
/// windows of long runs cost more.
struct StepSeries: Sendable {
    private struct Step: Sendable {
        var event: UInt32
        var value: Int64
        var time: Int64
        /// Area up to this change, in units times nanoseconds.
        var area: Double
    }

    private var steps: [Step] = []
    private var blockMaxima: [Int64] = []
    private static let block = 128

    private var last: Int64 { steps.last?.value ?? 0 }

    mutating func set(_ value: Int64, event: UInt32, time: VirtualTime) {
        let now = time.nanoseconds
        let area = steps.last.map { $0.area + Double($0.value) * (Double(now) - Double($0.time)) } ?? 0
        if steps.count % Self.block == 0 {
            blockMaxima.append(value)
        } else if value > blockMaxima[blockMaxima.count - 1] {
            blockMaxima[blockMaxima.count - 1] = value
        }
        steps.append(Step(event: event, value: value, time: now, area: area))
    }

    mutating func add(_ change: Int64, event: UInt32, time: VirtualTime) {
        // Values of a trace from a file may be anything.
        let (sum, overflow) = last.addingReportingOverflow(change)
        set(overflow ? (change < 0 ? .min : .max) : sum, event: event, time: time)
    }

    /// The value once so many events have happened; `nil` before the first change.
    func valueIfKnown(at eventCount: Int) -> Int64? {
        let count = count(through: eventCount)
        return count == 0 ? nil : steps[count - 1].value
    }

    /// The value once so many events have happened; 0 before the first change.
    func value(at eventCount: Int) -> Int64 { valueIfKnown(at: eventCount) ?? 0 }

    /// The events after a point, up to and with another, that changed it.
    func events(after start: Int, through end: Int) -> [Int] {
        let range = count(through: start)..<max(count(through: start), count(through: end))
        return steps[range].map { Int($0.event) }
    }

    /// The largest value in a window, the one it starts with included.
    func maximum(in window: Window) -> Int64 {
        let end = count(through: window.events.upperBound)
        let start = count(through: window.events.lowerBound)
        // The value that holds when the window opens was set by the change before it, or is 0.
        var position = start
        var result = start == 0 ? 0 : steps[start - 1].value
        while position < end {
            if position % Self.block == 0, position + Self.block <= end {
                result = max(result, blockMaxima[position / Self.block])
                position += Self.block
            } else {
                result = max(result, steps[position].value)
                position += 1
            }
        }
        return result
    }

    /// The area under the curve in a window, in units times nanoseconds.
    func area(in window: Window) -> Double {
        area(through: window.events.upperBound, time: window.to)
            - area(through: window.events.lowerBound, time: window.from)
    }

    private func area(through eventCount: Int, time: VirtualTime) -> Double {
        let count = count(through: eventCount)
        guard count > 0 else { return 0 }
        let step = steps[count - 1]
        return step.area + Double(step.value) * max(0, Double(time.nanoseconds) - Double(step.time))
    }

    private func count(through eventCount: Int) -> Int {
        let bound = UInt32(clamping: eventCount)
        return steps.prefixCount { $0.event <= bound }
    }
}
