import Trace

/// Latencies in the order in which they were measured, of which any window is summed up in O(log n).
struct LatencySamples: Sendable {
    private let events: [UInt32]
    private let values: [Int64]
    /// Sums of the values before each place.
    private let sums: [Double]
    private let codes: WaveletMatrix
    private let blockExtremes: [(min: Int64, max: Int64)]
    private static let block = 128

    /// - Parameter events: where each was measured, ascending.
    init(events: [UInt32], values: [Int64]) {
        self.events = events
        self.values = values
        codes = WaveletMatrix(values.map(HdrLayout.code))
        var sums: [Double] = []
        sums.reserveCapacity(values.count + 1)
        var sum = 0.0
        for value in values {
            sums.append(sum)
            sum += Double(value)
        }
        sums.append(sum)
        self.sums = sums
        blockExtremes = stride(from: 0, to: values.count, by: Self.block).map { start in
            var extremes = (min: values[start], max: values[start])
            for value in values[start..<min(start + Self.block, values.count)] {
                extremes = (min(extremes.min, value), max(extremes.max, value))
            }
            return extremes
        }
    }

    /// `nil` when nothing was measured in the window.
    func summary(in window: Window) -> LatencySummary? {
        let places = events.places(in: window)
        guard !places.isEmpty else { return nil }
        let (smallest, largest) = extremes(in: places)
        return LatencySummary(
            count: places.count, mean: (sums[places.upperBound] - sums[places.lowerBound]) / Double(places.count),
            min: smallest, p50: percentile(50, places, smallest, largest),
            p95: percentile(95, places, smallest, largest),
            p99: percentile(99, places, smallest, largest), max: largest)
    }

    /// Step for step what `Histogram.valueAtPercentile` does, on ranks instead of counts.
    private func percentile(_ percent: Double, _ places: Range<Int>, _ smallest: Int64, _ largest: Int64) -> Int64 {
        if percent <= 0 { return smallest }
        if percent >= 100 { return largest }
        let rank = max(1, Int((percent.nextDown * Double(places.count) / 100).rounded(.up)))
        let bucket = codes.number(rank: min(rank, places.count) - 1, in: places)
        return max(min(HdrLayout.highestValue(code: bucket), largest), smallest)
    }

    private func extremes(in places: Range<Int>) -> (min: Int64, max: Int64) {
        var result = (min: values[places.lowerBound], max: values[places.lowerBound])
        var place = places.lowerBound
        while place < places.upperBound {
            if place % Self.block == 0, place + Self.block <= places.upperBound {
                let block = blockExtremes[place / Self.block]
                result = (min(result.min, block.min), max(result.max, block.max))
                place += Self.block
            } else {
                result = (min(result.min, values[place]), max(result.max, values[place]))
                place += 1
            }
        }
        return result
    }
}
