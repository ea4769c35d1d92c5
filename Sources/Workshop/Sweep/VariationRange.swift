import Scenario

/// The text of a variation, for problems with their place.
struct VariationText {
    private let text: String

    init(_ text: String) { self.text = text }

    func problem(_ part: Substring, _ message: String, _ hint: String? = nil) -> ScenarioError {
        let column = text.unicodeScalars.distance(from: text.startIndex, to: part.startIndex) + 1
        let mark = SourceText(file: "--vary", text: text)
            .mark(line: 1, column: column, length: max(1, part.unicodeScalars.count))
        return ScenarioError(problems: [mark.problem(message, suggestion: hint)])
    }
}

/// A range of values: `1..10`, `100ms..1s/5`.
struct VariationRange {
    static let mostValues = 1000

    let values: [String]

    /// - Parameter dots: where the `..` stands in it.
    init(_ part: Substring, _ dots: Range<Substring.Index>, in source: VariationText) throws(ScenarioError) {
        let start = part[..<dots.lowerBound]
        var end = part[dots.upperBound...]
        var count: Int?
        if let slash = end.lastIndex(of: "/"), let number = Int(end[end.index(after: slash)...]) {
            guard (2...Self.mostValues).contains(number) else {
                throw source.problem(part, "a range has 2 to \(Self.mostValues) values, not \(number)")
            }
            count = number
            end = end[..<slash]
        }
        if count == nil, let first = Int(start), let last = Int(end) {
            let (way, overflow) = last.subtractingReportingOverflow(first)
            guard !overflow, way.magnitude < Self.mostValues else {
                throw source.problem(
                    part, "this range has more than \(Self.mostValues) values, which is the most",
                    "write how many of them: \(part)/20")
            }
            values = stride(from: first, through: last, by: first <= last ? 1 : -1).map { "\($0)" }
        } else if let count, let spaced = Self.spaced(start, end, count) {
            values = spaced
        } else {
            throw source.problem(
                part, "this range cannot be counted through",
                "write 1..10, or how many values: 100ms..1s/5, 10%..90%/9")
        }
    }

    private static func spaced(_ start: Substring, _ end: Substring, _ count: Int) -> [String]? {
        let steps = Double(count - 1)
        if let first = Duration(written: String(start)), let last = Duration(written: String(end)) {
            return (0..<count).map { place in
                let way = (last - first).milliseconds * 1e6 * Double(place) / steps
                return (first + .nanoseconds(Int64(way.rounded()))).written
            }
        }
        let (first, unit) = number(start)
        let (last, other) = number(end)
        guard let first, let last, unit == other else { return nil }
        return (0..<count).map { place in
            let value = first + (last - first) * Double(place) / steps
            // Nobody wants 0.30000000000000004.
            let rounded = (value * 1e9).rounded() / 1e9
            let isWhole = rounded == rounded.rounded() && abs(rounded) < 1e15
            return (isWhole ? "\(Int(rounded))" : "\(rounded)") + unit
        }
    }

    /// A number and its unit.
    private static func number(_ text: Substring) -> (value: Double?, unit: Substring) {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        let value = Double(digits)
        return (value.flatMap { abs($0) < 1e12 ? $0 : nil }, text[digits.endIndex...])
    }
}
