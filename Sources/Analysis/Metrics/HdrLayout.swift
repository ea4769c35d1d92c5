import Histogram

/// The buckets of an HdrHistogram with three significant digits, numbered from 0 as values grow.
enum HdrLayout {
    private static let histogram = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
    /// Half the number of sub-buckets: 1024.
    private static let halfCountMagnitude = 10

    /// The bucket of a value.
    static func code(_ value: Int64) -> UInt32 {
        let value = UInt64(max(0, value))
        let magnitude = histogram.sizeOfEquivalentRangeForValue(value).trailingZeroBitCount
        return UInt32(magnitude << halfCountMagnitude) + UInt32(truncatingIfNeeded: value >> UInt64(magnitude))
    }

    /// The largest value in a bucket.
    static func highestValue(code: UInt32) -> Int64 {
        let magnitude = max(0, (Int(code) >> halfCountMagnitude) - 1)
        let unit = UInt64(Int(code) - (magnitude << halfCountMagnitude))
        return Int64(clamping: histogram.highestEquivalentForValue(unit << UInt64(magnitude)))
    }
}
