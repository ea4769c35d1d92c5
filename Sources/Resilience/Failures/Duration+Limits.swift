extension Duration {
    /// About 100 years: what counts as for ever. Waits and limits beyond it are taken as this long, so that no sum of
    /// a time and a duration overflows, whatever the clock.
    static let longest = Duration.seconds(longestSeconds)
    static let longestSeconds = 3_155_760_000

    /// The duration itself, or ``longest`` where that is shorter; a negative one as zero.
    var clamped: Duration { Swift.max(.zero, Swift.min(self, .longest)) }

    /// Whole nanoseconds of a clamped duration: at most 3.2e18.
    var clampedNanoseconds: Int64 {
        let parts = clamped.components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }

    /// The same, for arithmetic that may go beyond what an integer holds.
    var clampedDouble: Double { Double(clampedNanoseconds) }

    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
