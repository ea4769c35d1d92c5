/// Durations as people write them in a scenario: `250ms`, `1.5s`, `2m`.
extension Duration {
    static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads a number and its unit (ns, µs or us, ms, s, m, h), without a space: `1.5s`.
    ///
    /// `nil` for anything else, for parts of a nanosecond, and beyond about 292 years.
    public init?(written: String) {
        guard case .success(let duration) = Quantity.duration(written) else { return nil }
        self = duration
    }

    /// Why a text that begins as a number does is no duration; `nil`: it is one, or no number at all.
    public static func problem(written text: String) -> (message: String, suggestion: String?)? {
        let found = SafeText.quoted(text)
        switch Quantity.duration(text) {
        case .success, .failure(.notANumber): return nil
        case .failure(.noUnit): return ("\(found) needs a unit", "write \(text)s or \(text)ms")
        case .failure(.unknownUnit(let unit)):
            return ("\(SafeText.quoted(unit)) is not a unit of time", "units: ns, us, ms, s, m, h")
        case .failure(.negative): return ("\(found) is negative", nil)
        case .failure(.tooLarge): return ("\(found) is too long", nil)
        case .failure(.tooFine): return ("\(found) is finer than a nanosecond", nil)
        }
    }

    /// The duration as people would write it, exact to the nanosecond: `250ms`, `1.5s`, `90s`, `2m`, `24h`. Whole
    /// minutes from two of them on and whole hours count as such. Reads back as the same duration.
    public var written: String {
        let (seconds, attoseconds) = components
        let total = Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
        let size = total.magnitude
        let sign = total < 0 ? "-" : ""
        let second: UInt128 = 1_000_000_000
        switch size {
        case 0: return "0s"
        case _ where size % (3600 * second) == 0: return "\(sign)\(size / (3600 * second))h"
        case _ where size % (60 * second) == 0 && size > 60 * second: return "\(sign)\(size / (60 * second))m"
        case second...: return sign + Self.decimal(size, unit: second) + "s"
        case 1_000_000...: return sign + Self.decimal(size, unit: 1_000_000) + "ms"
        case 1000...: return sign + Self.decimal(size, unit: 1000) + "µs"
        default: return "\(sign)\(size)ns"
        }
    }

    private static func decimal(_ size: UInt128, unit: UInt128) -> String {
        let rest = size % unit
        if rest == 0 { return "\(size / unit)" }
        var digits = String(rest + unit).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(size / unit).\(digits)"
    }
}
