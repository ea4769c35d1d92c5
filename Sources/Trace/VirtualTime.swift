/// A moment of a run, counted from its start.
///
/// The unit is the nanosecond, kept in an `Int64`: a run can last up to 292 years. Arithmetic that would
/// leave that range stops at its ends instead of trapping, because durations come from lesson files.
public struct VirtualTime: InstantProtocol, Hashable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The start of every run.
    public static let zero = VirtualTime(nanoseconds: 0)
    /// The last moment that can be represented.
    public static let distantFuture = VirtualTime(nanoseconds: .max)

    /// A moment so many seconds after the start, rounded to the nearest nanosecond.
    public static func seconds(_ seconds: Double) -> VirtualTime { nearest(seconds * 1e9) }
    /// A moment so many milliseconds after the start, rounded to the nearest nanosecond.
    public static func milliseconds(_ milliseconds: Double) -> VirtualTime { nearest(milliseconds * 1e6) }

    private static func nearest(_ nanoseconds: Double) -> VirtualTime {
        if nanoseconds.isNaN { return .zero }
        if nanoseconds >= 0x1p63 { return .distantFuture }
        return VirtualTime(nanoseconds: nanoseconds <= -0x1p63 ? .min : Int64(nanoseconds.rounded()))
    }

    public var seconds: Double { Double(nanoseconds) / 1e9 }
    public var milliseconds: Double { Double(nanoseconds) / 1e6 }

    public static func < (left: VirtualTime, right: VirtualTime) -> Bool { left.nanoseconds < right.nanoseconds }

    public func advanced(by duration: Duration) -> VirtualTime { advanced(byNanoseconds: duration.wholeNanoseconds) }

    public func advanced(byNanoseconds delta: Int64) -> VirtualTime {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
        return VirtualTime(nanoseconds: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    public func duration(to other: VirtualTime) -> Duration {
        .nanoseconds(other.nanoseconds.subtractingSaturating(nanoseconds))
    }
}

extension Duration {
    /// The duration in nanoseconds, cut to whole ones and held within `Int64`.
    public var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }

    /// The duration in milliseconds.
    public var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
    }
}

extension Int64 {
    /// The difference, held within `Int64`.
    func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (self < 0 ? .min : .max) : difference
    }
}
