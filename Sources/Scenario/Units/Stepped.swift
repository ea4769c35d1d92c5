/// A quantity as a whole number of small units, so that steps add up exactly: the ends and steps of a control.
struct Stepped: Hashable {
    enum Kind: Hashable {
        case duration
        /// A number in front of a unit that stays as it is: `20/s`, `5%`, `3x`, or none.
        case number(unit: String)

        static let plain = Kind.number(unit: "")

        func written(_ units: Int) -> String {
            switch self {
            case .duration: Duration.nanoseconds(units).written
            case .number(let unit): Self.decimal(units) + unit
            }
        }

        private static func decimal(_ units: Int) -> String {
            let rest = units % Stepped.scale
            if rest == 0 { return "\(units / Stepped.scale)" }
            var digits = String(rest + Stepped.scale).dropFirst()
            while digits.last == "0" { digits.removeLast() }
            return "\(units / Stepped.scale).\(digits)"
        }
    }

    /// Numbers count in millionths.
    static let scale = 1_000_000

    /// Nanoseconds of a duration; millionths of a number.
    var units: Int
    var kind: Kind

    init(units: Int, kind: Kind) {
        self.units = units
        self.kind = kind
    }

    /// Reads `100ms`, `20/s`, `5%`, `3x`, `0.5` or `10`; `nil` for anything else and for what is too large or fine.
    init?(_ text: String) {
        if case .success(let duration) = Quantity.signedDuration(text) {
            let (seconds, attoseconds) = duration.components
            self.init(units: Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000), kind: .duration)
            return
        }
        guard let parts = Quantity.Parts(text), !parts.isNegative, parts.fraction.count <= 6,
            ["", "/s", "/m", "/h", "%", "x"].contains(parts.unit), let whole = Int(parts.whole),
            let fraction = Int(parts.fraction + String(repeating: "0", count: 6 - parts.fraction.count)),
            whole < Int.max / Self.scale - 1
        else { return nil }
        self.init(units: whole * Self.scale + fraction, kind: .number(unit: String(parts.unit)))
    }
}
