/// A number with a unit, as written: `250ms`, `20/s`, `5%`, `3x`.
enum Quantity {
    /// Why a text is not the quantity it should be.
    enum Failure: Error, Hashable {
        case notANumber
        case noUnit
        case unknownUnit(String)
        case negative
        case tooLarge
        case tooFine
    }

    /// The digits of a number, split where its unit begins.
    struct Parts {
        var isNegative: Bool
        /// Digits before and after the point.
        var whole: Substring
        var fraction: Substring
        var unit: Substring

        /// Only plain decimal numbers: no exponents, no hexadecimal, no `inf`, no `nan`.
        init?(_ text: String) {
            var rest = text[...]
            isNegative = rest.first == "-"
            if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
            whole = rest.prefix(while: Self.isDigit)
            rest = rest.dropFirst(whole.count)
            fraction = ""
            if rest.first == "." {
                fraction = rest.dropFirst().prefix(while: Self.isDigit)
                if fraction.isEmpty { return nil }
                rest = rest.dropFirst(1 + fraction.count)
            }
            if whole.isEmpty { return nil }
            unit = rest
        }

        /// The number without its unit and sign.
        var digits: String { "\(whole).\(fraction.isEmpty ? "0" : fraction)" }

        var number: Double { (isNegative ? -1 : 1) * (Double(digits) ?? .infinity) }

        private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isWholeNumber }
    }

    static func duration(_ text: String) -> Result<Duration, Failure> {
        guard let parts = Parts(text) else { return .failure(.notANumber) }
        if parts.unit.isEmpty { return .failure(.noUnit) }
        guard let unit = Duration.units.first(where: { $0.name == parts.unit }) else {
            return .failure(.unknownUnit(String(parts.unit)))
        }
        if parts.isNegative { return .failure(.negative) }
        guard let whole = Int64(parts.whole) else { return .failure(.tooLarge) }
        let (size, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
        if overflow { return .failure(.tooLarge) }
        var digits = parts.fraction
        while digits.last == "0" { digits.removeLast() }
        guard let rest = fraction(digits, of: unit.nanoseconds) else { return .failure(.tooFine) }
        let (sum, carried) = size.addingReportingOverflow(rest)
        return carried ? .failure(.tooLarge) : .success(.nanoseconds(sum))
    }

    /// The same, which may be below zero.
    static func signedDuration(_ text: String) -> Result<Duration, Failure> {
        guard text.hasPrefix("-") else { return duration(text) }
        let size = String(text.dropFirst())
        return size.hasPrefix("-") || size.hasPrefix("+") ? .failure(.notANumber) : duration(size).map { .zero - $0 }
    }

    /// Nanoseconds that the digits after the point stand for, when they are whole.
    private static func fraction(_ digits: Substring, of unit: Int64) -> Int64? {
        if digits.isEmpty { return 0 }
        guard digits.count <= 15, let value = Int64(digits) else { return nil }
        let scale = (0..<digits.count).reduce(Int128(1)) { product, _ in product * 10 }
        let product = Int128(value) * Int128(unit)
        return product % scale == 0 ? Int64(product / scale) : nil
    }

    /// Events a second from `20/s`, `5/m`, `100/h`.
    static func rate(_ text: String) -> Result<Double, Failure> {
        number(text, units: [("/s", 1), ("/m", 60), ("/h", 3600)])
    }

    /// 0...1 from `5%`; larger shares are for the caller to refuse.
    static func share(_ text: String) -> Result<Double, Failure> {
        // Moving the point, and not dividing, makes 43.8% the number 0.438.
        number(text, units: [("%", 1)]).flatMap { _ in
            Parts(text).flatMap { Double($0.digits + "e-2") }.map(Result.success) ?? .failure(.notANumber)
        }
    }

    /// 3 from `3x`.
    static func factor(_ text: String) -> Result<Double, Failure> { number(text, units: [("x", 1)]) }

    private static func number(_ text: String, units: [(name: String, divisor: Double)]) -> Result<Double, Failure> {
        guard let parts = Parts(text) else { return .failure(.notANumber) }
        if parts.unit.isEmpty { return .failure(.noUnit) }
        guard let unit = units.first(where: { $0.name == parts.unit }) else {
            return .failure(.unknownUnit(String(parts.unit)))
        }
        if parts.isNegative { return .failure(.negative) }
        let number = parts.number
        return number.isFinite ? .success(number / unit.divisor) : .failure(.tooLarge)
    }

    /// A number in plain decimals, without needless ones: `20`, `0.5`. Reads back as the same number.
    static func text(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        let parts = "\(number)".split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(number)" }
        // Swift writes very small and very large numbers with an exponent, which people do not.
        let sign = number < 0 ? "-" : ""
        let digits = parts[0].filter(\.isNumber)
        let point = 1 + exponent
        let zeros = String(repeating: "0", count: max(0, point <= 0 ? -point : point - digits.count))
        if point <= 0 { return "\(sign)0.\(zeros)\(digits)" }
        if point >= digits.count { return "\(sign)\(digits)\(zeros)" }
        return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    /// A share of 0...1 as `5%`. Reads back as the same share.
    static func percent(_ share: Double) -> String {
        let parts = text(share).split(separator: ".")
        let fraction = (parts.count > 1 ? String(parts[1]) : "") + "00"
        let whole = (String(parts[0]) + fraction.prefix(2)).drop { $0 == "0" }
        let rest = fraction.dropFirst(2).reversed().drop { $0 == "0" }.reversed()
        return (whole.isEmpty ? "0" : String(whole)) + (rest.isEmpty ? "" : "." + String(rest)) + "%"
    }
}
