/// Turns a clock's instants into whole nanoseconds since a start.
///
/// The cores reckon in these: one 64-bit number, whatever the clock. The count never goes back, even if instants do,
/// and stops at ``Swift/Duration/longest``, so that two of them can be added.
struct ElapsedTime<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private let start: Instant
    private var latest: Int64 = 0

    init(since start: Instant) { self.start = start }

    mutating func nanoseconds(at now: Instant) -> Int64 {
        latest = peek(at: now)
        return latest
    }

    /// The same, without remembering it.
    func peek(at now: Instant) -> Int64 { max(latest, start.duration(to: now).clampedNanoseconds) }
}

extension Int64 {
    static let longestNanoseconds = Duration.longest.clampedNanoseconds

    /// A number of nanoseconds, rounded up and kept within 0 and ``longestNanoseconds``; not-a-number is the longest.
    init(clampingNanoseconds value: Double) {
        self = value < Double(Self.longestNanoseconds) ? Int64(Swift.max(0, value).rounded(.up)) : .longestNanoseconds
    }

    /// The sum of two numbers that are not negative, or the largest number.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product of two numbers that are not negative, or the largest number.
    func multipliedClamped(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
