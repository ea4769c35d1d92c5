import TerminalKit
import Trace

/// Numbers as people read them: at most three significant digits, a unit, and the decimal sign of the language.
public struct NumberText: Hashable, Sendable {
    public var language: Language
    public var repertoire: GlyphRepertoire

    var decimalSign: Character { language == .spanish ? "," : "." }

    public init(_ language: Language, _ repertoire: GlyphRepertoire = .unicode) {
        self.language = language
        self.repertoire = repertoire
    }

    /// `500 ms`, `12.4 ms`, `0.25 ms`, `1.5 s`, `2 min 5 s`, `24 h`. What is shorter than 10 µs is `<0.01 ms`.
    public func duration(_ nanoseconds: Int64) -> String {
        if nanoseconds < 0 { return "-" + duration(nanoseconds == .min ? .max : -nanoseconds) }
        switch nanoseconds {
        case 0: return "0 ms"
        case ..<10_000: return "<" + decimal(1, places: 2) + " ms"
        case ..<999_500_000: return significant(nanoseconds, unit: 1_000_000) + " ms"
        case ..<120_000_000_000: return significant(nanoseconds, unit: 1_000_000_000) + " s"
        default: return longDuration((nanoseconds / 1_000_000_000), cut: nanoseconds % 1_000_000_000 >= 500_000_000)
        }
    }

    /// `300-420 ms`, `529 ms-1.13 s`; one duration where both read alike.
    public func range(from shortest: Int64, to longest: Int64) -> String {
        let (first, last) = (duration(shortest), duration(longest))
        guard first != last else { return last }
        let parts = first.split(separator: " ")
        let hasSameUnit = parts.count == 2 && last.split(separator: " ").last == parts[1]
        return "\(hasSameUnit ? String(parts[0]) : first)-\(last)"
    }

    public func duration(_ duration: Duration) -> String { self.duration(duration.wholeNanoseconds) }

    /// A moment of a run, to the millisecond: `12.400 s`; from ten minutes on as a clock, `5:12:30.250`.
    public func moment(_ time: VirtualTime) -> String {
        let milliseconds = time.nanoseconds / 1_000_000
        if milliseconds < 600_000 { return seconds(time) + " s" }
        let clock = [milliseconds / 3_600_000, milliseconds / 60_000 % 60].map { String($0) }
        let rest = decimal(milliseconds % 60_000, places: 3)
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        return "\(clock[0]):\(padded(clock[1], 2)):\(padded(rest, 6))"
    }

    /// ``moment(_:)`` without its unit.
    public func seconds(_ time: VirtualTime) -> String {
        decimal(time.nanoseconds / 1_000_000, places: 3)
    }

    /// So many decimals of a unit, zeros included: `12.50`.
    func fixed(_ value: Int64, unit: Int64, places: Int) -> String {
        var step = unit
        for _ in 0..<places { step /= 10 }
        return decimal(Self.rounded(value, to: max(1, step)), places: places)
    }

    /// `1234`, `12 345`: groups of three from five digits on, apart by a space that does not break.
    public func count(_ count: Int) -> String {
        let digits = String(count.magnitude)
        let sign = count < 0 ? "-" : ""
        guard digits.utf8.count > 4 else { return sign + digits }
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.utf8.count - place) % 3 == 0 { text += repertoire == .unicode ? "\u{00A0}" : " " }
            text.append(digit)
        }
        return sign + text
    }

    /// `1 key`, `12 keys`: a count with its noun, the first of one, the second of none and of several.
    func count(_ count: Int, _ one: String, _ several: String) -> String {
        "\(self.count(count)) \(count == 1 ? one : several)"
    }

    /// `20/s`, `0.5/s`.
    public func rate(_ perSecond: Double) -> String {
        factor(perSecond) + "/s"
    }

    /// `3`, `2.5`.
    public func factor(_ factor: Double) -> String { significant(Self.whole(factor * 1e6), unit: 1_000_000) }

    /// A share of one: `85 %`, `0.5 %`.
    public func percent(_ ratio: Double) -> String {
        let tenths = Self.whole(ratio * 1000)
        return (tenths.magnitude < 100 ? trimmed(tenths, places: 1) : count(Int((tenths + 5) / 10))) + " %"
    }

    /// How much more or less the second is than the first: `+47 %`, `-0.2 %`, `≈` where that rounds to nothing, `×12`
    /// from ten times on. `nil`: nothing to compare with.
    public func change(from before: Double, to after: Double) -> String? {
        if before == after { return "=" }
        guard before > 0 else { return nil }
        if after >= before * 10 { return (repertoire == .unicode ? "×" : "x") + count(Int(Self.whole(after / before))) }
        // What is less than a hundredth still has a sign, and a thousandth is as good as none.
        let thousandths = Self.whole((after / before - 1) * 1000)
        guard thousandths != 0 else { return repertoire == .unicode ? "≈" : "~" }
        let sign = thousandths < 0 ? (repertoire == .unicode ? "−" : "-") : "+"
        let size = Int64(thousandths.magnitude)
        return sign + (size < 10 ? trimmed(size, places: 1) : count(Int((size + 5) / 10))) + " %"
    }

    // MARK: Parts

    /// Three significant digits, without zeros at the end.
    private func significant(_ value: Int64, unit: Int64) -> String {
        let hundredths = Self.rounded(value, to: unit / 100)
        if hundredths < 1000 { return trimmed(hundredths, places: 2) }
        let tenths = Self.rounded(value, to: unit / 10)
        return tenths < 1000 ? trimmed(tenths, places: 1) : count(Int(Self.rounded(value, to: unit)))
    }

    private func longDuration(_ seconds: Int64, cut: Bool) -> String {
        let seconds = seconds + (cut ? 1 : 0)
        func text(_ large: Int64, _ largeName: String, _ small: Int64, _ smallName: String) -> String {
            let whole = "\(count(Int(seconds / large))) \(largeName)"
            let rest = seconds % large / small
            return rest == 0 ? whole : "\(whole) \(rest) \(smallName)"
        }
        switch seconds {
        case ..<3600: return text(60, "min", 1, "s")
        case ..<172_800: return text(3600, "h", 60, "min")
        default: return text(86_400, "d", 3600, "h")
        }
    }

    private func trimmed(_ scaled: Int64, places: Int) -> String {
        var (scaled, places) = (scaled, places)
        while places > 0, scaled % 10 == 0 {
            scaled /= 10
            places -= 1
        }
        return decimal(scaled, places: places)
    }

    /// A whole number of tenths, hundredths, ... as a decimal.
    private func decimal(_ scaled: Int64, places: Int) -> String {
        var digits = String(scaled.magnitude)
        guard places > 0 else { return (scaled < 0 ? "-" : "") + digits }
        digits = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let point = digits.index(digits.endIndex, offsetBy: -places)
        return (scaled < 0 ? "-" : "") + digits[..<point] + String(decimalSign) + digits[point...]
    }

    private static func rounded(_ value: Int64, to unit: Int64) -> Int64 {
        let (sum, overflow) = value.addingReportingOverflow(unit / 2)
        return overflow ? value / unit : sum / unit
    }

    private static func whole(_ value: Double) -> Int64 {
        guard value.isFinite else { return 0 }
        return Int64(min(max(value, -9e18), 9e18).rounded())
    }
}
