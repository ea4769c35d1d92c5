/// How a figure is written into a text: the first word of a placeholder, `{{ s page }}`.
public enum MetricFormat: String, CaseIterable, Hashable, Sendable {
    /// Milliseconds: `1500 ms`.
    case milliseconds = "ms"
    /// Seconds: `1.5 s`.
    case seconds = "s"
    /// Minutes: `12 min`.
    case minutes = "min"
    /// How many times as much: `3x`.
    case times = "x"
    /// A percentage: `95%`.
    case percent = "%"
    /// A number alone.
    case number = "n"

    /// What suits a figure when the author says nothing.
    static func usual(for value: MetricValue) -> MetricFormat {
        switch value.unit {
        case .time where value.amount >= 120_000: .minutes
        case .time where value.amount >= 10_000: .seconds
        case .time: .milliseconds
        case .number: .number
        case .share: .percent
        }
    }

    /// Whether figures of that unit can be written so.
    func suits(_ unit: MetricUnit) -> Bool {
        switch self {
        case .milliseconds, .seconds, .minutes: unit == .time
        case .times: unit == .number
        case .percent: unit == .share
        case .number: unit != .time
        }
    }

    /// The figure in a language: Spanish has a decimal comma.
    func text(_ value: MetricValue, _ language: Language) -> String {
        guard value.amount.isFinite else { return "–" }
        switch self {
        case .milliseconds: return decimal(value.amount, places: value.amount < 10 ? 2 : 0, language) + "\u{a0}ms"
        case .seconds:
            let seconds = value.amount / 1000
            return decimal(seconds, places: seconds < 10 ? 2 : seconds < 100 ? 1 : 0, language) + "\u{a0}s"
        case .minutes: return decimal(value.amount / 60_000, places: 1, language) + "\u{a0}min"
        case .times: return decimal(value.amount, places: value.amount < 10 ? 1 : 0, language) + "x"
        case .percent:
            let percent = value.amount * 100
            let places = percent < 10 || (percent > 99 && percent < 100) ? 1 : 0
            return decimal(percent, places: places, language) + "\u{a0}%"
        case .number: return decimal(value.amount, places: 2, language)
        }
    }

    /// At most so many decimals, without trailing zeros.
    private func decimal(_ amount: Double, places: Int, _ language: Language) -> String {
        let scale = places == 0 ? 1 : places == 1 ? 10 : 100
        let scaled = (abs(amount) * Double(scale)).rounded()
        guard scaled < 1e15 else { return "\(amount)" }
        let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: scale)
        var digits = String(rest + scale).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        let sign = amount < 0 && scaled > 0 ? "-" : ""
        return sign + String(whole) + (digits.isEmpty ? "" : (language == .spanish ? "," : ".") + digits)
    }
}

extension MetricValue {
    /// The figure as texts show it: `500 ms`, `3.5`, `95 %`.
    public func text(_ language: Language, as format: MetricFormat? = nil) -> String {
        (format ?? MetricFormat.usual(for: self)).text(self, language)
    }
}

/// A placeholder taken apart: `{{ [format] expression }}`.
struct PlaceholderFigure {
    var format: MetricFormat?
    var expression: MetricExpression

    init(_ source: String, in scope: MetricScope) throws(MetricSyntaxError) {
        let first = source.prefix { $0 != " " }
        format = first.count < source.count ? MetricFormat(rawValue: String(first)) : nil
        let skipped = format == nil ? 0 : first.count + 1
        do throws(MetricSyntaxError) {
            let (expression, unit) = try MetricParser.expression(String(source.dropFirst(skipped)), in: scope)
            self.expression = expression
            if let format, !format.suits(unit) {
                throw MetricSyntaxError(
                    offset: 0, message: "\(unit.phrase) cannot be written as \"\(format.rawValue)\"")
            }
        } catch {
            throw MetricSyntaxError(
                offset: error.offset + skipped, message: error.message, suggestion: error.suggestion)
        }
    }
}
