import Scenario

/// A value of a scenario and what it is set to, one after another: `backends.sql.concurrency=5,10,20`.
public struct Variation: Hashable, Sendable {
    private static let mostValues = 1000

    public var path: String
    /// As written in YAML.
    public var values: [String]

    public init(path: String, values: [String]) {
        self.path = path
        self.values = values
    }

    /// Reads `PATH=V1,V2,...`. A part `A..B` stands for all whole numbers between them, `A..B/N` for N values that are
    /// equally far apart. Without values it takes those of the scenario's control.
    ///
    /// Throws ``ScenarioError`` with the problem's place.
    public init(_ text: String, of scenario: Scenario) throws(ScenarioError) {
        let source = SourceText(file: "--vary", text: text)
        func problem(_ part: Substring, _ message: String, _ hint: String? = nil) -> ScenarioError {
            let column = text.unicodeScalars.distance(from: text.startIndex, to: part.startIndex) + 1
            let mark = source.mark(line: 1, column: column, length: max(1, part.unicodeScalars.count))
            return ScenarioError(problems: [mark.problem(message, suggestion: hint)])
        }
        guard let equals = text.firstIndex(of: "=") else {
            path = text
            guard let control = scenario.controls.first(where: { $0.path == text }) else {
                throw problem(
                    text[...], "expected PATH=VALUE,VALUE,...",
                    "such as backends.sql.concurrency=5,10,20 or backends.sql.latency=100ms..1s/5")
            }
            values = control.range.values
            return
        }
        path = String(text[..<equals])
        values = []
        for part in Self.parts(text[text.index(after: equals)...]) {
            if part.isEmpty { throw problem(part, "a value is missing") }
            if part.first != "{", part.first != "[", let dots = part.firstRange(of: "..") {
                guard let range = Self.range(part, dots) else {
                    throw problem(
                        part, "this range cannot be counted through",
                        "write 1..10, or how many values: 100ms..1s/5, 10%..90%/9")
                }
                values += range
            } else {
                values.append(String(part))
            }
            guard values.count <= Self.mostValues else {
                throw problem(part, "more than \(Self.mostValues) values")
            }
        }
    }

    /// Between commas that stand in no bracket.
    private static func parts(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var (start, depth) = (text.startIndex, 0)
        for index in text.indices {
            switch text[index] {
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case "," where depth <= 0:
                parts.append(text[start..<index].trimmed)
                start = text.index(after: index)
            default: break
            }
        }
        return parts + [text[start...].trimmed]
    }

    private static func range(_ part: Substring, _ dots: Range<Substring.Index>) -> [String]? {
        var end = part[dots.upperBound...]
        var count: Int?
        if let slash = end.lastIndex(of: "/"), let number = Int(end[end.index(after: slash)...]) {
            guard (2...mostValues).contains(number) else { return nil }
            count = number
            end = end[..<slash]
        }
        let start = part[..<dots.lowerBound]
        if let count { return spaced(start, end, count) }
        guard let first = Int(start), let last = Int(end) else { return nil }
        let (way, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow, way.magnitude < mostValues else { return nil }
        return Array(stride(from: first, through: last, by: first <= last ? 1 : -1)).map(String.init)
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

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}

extension Variation: CustomStringConvertible {
    public var description: String { "\(path)=\(values.joined(separator: ","))" }
}
