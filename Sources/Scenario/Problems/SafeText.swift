/// Text from files made fit for a terminal: nothing in it can act as a control sequence or reorder a line.
public enum SafeText {
    /// The text in one line: each control character becomes one visible character, so that columns stay true.
    public static func line(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(visible(scalar)) }
        return String(safe)
    }

    /// The text in double quotes and cut to a length that fits a message.
    public static func quoted(_ text: String) -> String {
        let limit = 60
        let scalars = text.unicodeScalars
        let short = scalars.count > limit ? String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…" : text
        return "\"\(line(short))\""
    }

    /// The scalar as `U+001B`.
    static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Whether a scalar may stand in a file: no control characters but tab and line breaks, none that turn the
    /// direction of a line around, and none that Unicode leaves to private use beyond the first plane.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d: true
        case 0..<0x20, 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069, 0xfeff, 0xf0000...: false
        default: true
        }
    }

    /// Columns that the scalars take in a terminal. Simple: enough to put a mark under its place.
    static func width(_ scalars: some Sequence<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0..<0x300: return sum + 1
            case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
                0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
                return sum + 2
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .enclosingMark, .format: return sum
                default: return sum + 1
                }
            }
        }
    }

    /// The scalar itself, or a picture of it when a terminal would act on it.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09: " "
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "?"
        case 0x7f: "\u{2421}"
        // C1 controls, line separators, and marks that change the direction of text.
        case 0x80..<0xa0, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: "\u{fffd}"
        default: scalar
        }
    }
}
