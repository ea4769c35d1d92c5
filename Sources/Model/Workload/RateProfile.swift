import Scenario
import Trace

/// How many requests an open workload expects by when: the integral of its rate, and the exact inverse of that.
///
/// The rate is a polygon with jumps: the base rate, changed by ramps for good and by spikes for a while. The `n`th
/// arrival comes when the integral reaches the `n`th point of a process of rate 1 (time change; Çinlar, "Introduction
/// to Stochastic Processes", 1975), so another rate moves arrivals in time but draws no other numbers.
struct RateProfile: Hashable {
    private struct Segment: Hashable {
        var start: Int64
        /// Requests a second at ``start``, and how fast that changes in a second.
        var rate: Double
        var slope: Double
        /// Requests expected before ``start``.
        var before: Double

        func expected(after nanoseconds: Int64) -> Double {
            let x = Double(nanoseconds) / 1e9
            return before + x * (rate + slope * x / 2)
        }
    }

    private var segments: [Segment] = []

    init(_ arrivals: Arrivals) {
        let ramps = arrivals.ramps.sorted { $0.from < $1.from }
        let edges = arrivals.ramps.flatMap { [$0.from, $0.to] } + arrivals.spikes.flatMap { [$0.from, $0.to] }
        var starts: [Int64] = [0]
        for edge in edges.map(\.wholeNanoseconds).sorted() where edge > starts[starts.count - 1] {
            starts.append(edge)
        }
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : nil
            let (first, last) = Self.rates(arrivals, ramps, from: start, to: end ?? start)
            let seconds = Double((end ?? start) - start) / 1e9
            let before = segments.last?.expected(after: start - segments[segments.count - 1].start) ?? 0
            segments.append(
                Segment(start: start, rate: first, slope: seconds > 0 ? (last - first) / seconds : 0, before: before))
        }
    }

    /// The rate just after `from` and just before `to`, between which it is a straight line.
    private static func rates(
        _ arrivals: Arrivals, _ ramps: [Ramp], from: Int64, to: Int64
    ) -> (first: Double, last: Double) {
        let spike = arrivals.spikes.last { $0.from.wholeNanoseconds <= from && from < $0.to.wholeNanoseconds }
        if let spike { return (max(spike.rate, 0), max(spike.rate, 0)) }
        var base = arrivals.rate
        var line: Ramp?
        // A ramp starts from what the rate was then, also in the middle of the one before.
        for ramp in ramps where ramp.from.wholeNanoseconds <= from {
            if let line { base = value(of: line, base, at: ramp.from.wholeNanoseconds) }
            line = ramp
        }
        guard let line else { return (max(base, 0), max(base, 0)) }
        return (max(value(of: line, base, at: from), 0), max(value(of: line, base, at: to), 0))
    }

    private static func value(of ramp: Ramp, _ base: Double, at time: Int64) -> Double {
        let from = ramp.from.wholeNanoseconds
        let to = ramp.to.wholeNanoseconds
        if time >= to { return ramp.rate }
        return base + (ramp.rate - base) * Double(time - from) / Double(to - from)
    }

    /// How many requests are expected before a time.
    func expected(by time: VirtualTime) -> Double {
        let segment = segments.last { $0.start <= time.nanoseconds } ?? segments[0]
        return segment.expected(after: max(time.nanoseconds - segment.start, 0))
    }

    /// The first time after which more than `count` requests are expected; `nil`: never.
    func time(of count: Double) -> VirtualTime? {
        for (index, segment) in segments.enumerated() {
            let length = index + 1 < segments.count ? segments[index + 1].start - segment.start : .max
            if length != .max, segment.expected(after: length) <= count { continue }
            let missing = max(count - segment.before, 0)
            if missing > 0 || length == .max, segment.rate <= 0, segment.slope <= 0 { return nil }
            // The root of `slope x²/2 + rate x = missing`, in the form that does not cancel.
            let root = max(segment.rate * segment.rate + 2 * segment.slope * missing, 0).squareRoot()
            let x = missing == 0 ? 0 : 2 * missing / (segment.rate + root)
            let nanoseconds = (x * 1e9).rounded()
            guard nanoseconds < 0x1p62 else { return nil }
            return VirtualTime(nanoseconds: segment.start).advanced(byNanoseconds: min(Int64(nanoseconds), length))
        }
        return nil
    }
}
