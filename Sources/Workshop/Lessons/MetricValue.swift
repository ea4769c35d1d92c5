import Scenario
import Trace

/// What a number of a run means.
public enum MetricUnit: Hashable, Sendable {
    /// In milliseconds.
    case time
    /// A count or a ratio.
    case number
    /// 0...1, written as a percentage.
    case share

    /// `nil`: the product means nothing.
    func times(_ other: MetricUnit) -> MetricUnit? {
        switch (self, other) {
        case (.time, .time): nil
        case (.time, _), (_, .time): .time
        case (.share, .share): .share
        default: .number
        }
    }

    /// `nil`: the quotient means nothing.
    func over(_ other: MetricUnit) -> MetricUnit? {
        switch (self, other) {
        case (.number, .time), (.share, .time): nil
        case (.time, .number), (.time, .share): .time
        case (.share, .number): .share
        default: .number
        }
    }

    var phrase: String {
        switch self {
        case .time: "a time"
        case .number: "a number"
        case .share: "a percentage"
        }
    }

    var example: String {
        switch self {
        case .time: "a time with its unit: 500ms"
        case .number: "a plain number: 20"
        case .share: "a percentage: 95%"
        }
    }
}

/// A number that a run gave, or that somebody wrote beside one.
public struct MetricValue: Hashable, Sendable {
    /// Milliseconds for a time, 0...1 for a share.
    public var amount: Double
    public var unit: MetricUnit

    public init(_ amount: Double, _ unit: MetricUnit) {
        self.amount = amount
        self.unit = unit
    }

    /// Reads `500ms`, `1.5s`, `95%`, `20`. `nil` for anything else.
    public init?(_ text: String) {
        let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let amount = Double(number), amount.isFinite else { return nil }
        let suffix = text.dropFirst(number.count)
        if suffix.isEmpty {
            self.init(amount, .number)
        } else if suffix == "%" {
            self.init(amount / 100, .share)
        } else if let duration = Duration(written: text) {
            self.init(duration.milliseconds, .time)
        } else {
            return nil
        }
    }

    /// Reads what a student types as an answer: like ``init(_:)``, with blanks and a decimal comma, and a plain
    /// number taken in the unit asked for (a time: milliseconds).
    public init?(typed text: String, unit: MetricUnit) {
        let compact = String(text.filter { !$0.isWhitespace }.map { $0 == "," ? "." : $0 })
        guard let value = MetricValue(compact.lowercased()) else { return nil }
        switch (value.unit, unit) {
        case (.number, .share): self.init(value.amount / 100, .share)
        case (.number, _): self.init(value.amount, unit)
        default:
            guard value.unit == unit else { return nil }
            self = value
        }
    }
}
