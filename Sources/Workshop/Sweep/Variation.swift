import Scenario

/// A value of a scenario and what it is set to, one after another: `backends.sql.concurrency=5,10,20`.
public struct Variation: Hashable, Sendable {
    public var path: String
    /// As written in YAML.
    public var values: [String]

    public init(path: String, values: [String]) {
        self.path = path
        self.values = values
    }

    /// Reads what is to be varied.
    ///
    /// Throws ``ScenarioError`` with the place of a problem, also where two speak of one value.
    public static func all(_ texts: [String], of scenario: Scenario) throws(ScenarioError) -> [Variation] {
        var known: [Variation] = []
        for text in texts {
            let next = try Variation(text, of: scenario)
            if let before = known.first(where: { $0.overlaps(next) }) {
                let part = before.path == next.path ? "" : ", and one is a part of the other"
                throw VariationText(text).problem(
                    text.prefix(next.path.count), "\(SafeText.quoted(before.path)) is varied already\(part)",
                    "name all values in one --vary")
            }
            known.append(next)
        }
        return known
    }

    /// Whether one of them is the other, or a part of it.
    private func overlaps(_ other: Variation) -> Bool {
        "\(path).".hasPrefix("\(other.path).") || "\(other.path).".hasPrefix("\(path).")
    }

    /// Reads `PATH=V1,V2,...`. A part `A..B` stands for all whole numbers between them, `A..B/N` for N values that are
    /// equally far apart. Without values it takes those of the scenario's control.
    ///
    /// Throws ``ScenarioError`` with the problem's place.
    public init(_ text: String, of scenario: Scenario) throws(ScenarioError) {
        let source = VariationText(text)
        path = String(text.prefix { $0 != "=" })
        if path == "seed" {
            throw source.problem(
                text.prefix(path.count), "seeds are not varied like values",
                "--seeds 20 takes so many of them, --seed 7 says the first")
        }
        guard let equals = text.firstIndex(of: "=") else {
            guard let control = scenario.controls.first(where: { $0.path == text }) else {
                throw source.problem(
                    text[...], "expected PATH=VALUE,VALUE,...",
                    "such as backends.sql.concurrency=5,10,20 or backends.sql.latency=100ms..1s/5")
            }
            values = control.range.values
            return
        }
        values = []
        var known: Set<String> = []
        for part in Self.parts(text[text.index(after: equals)...]) {
            if part.isEmpty { throw source.problem(part, "a value is missing") }
            let next: [String]
            if part.first != "{", part.first != "[", let dots = part.firstRange(of: "..") {
                next = try VariationRange(part, dots, in: source).values
            } else {
                next = [String(part)]
            }
            for value in next where !known.insert(Self.canonical(value)).inserted {
                throw source.problem(part, "the value \(SafeText.quoted(value)) is there twice", "name each value once")
            }
            values += next
            guard values.count <= VariationRange.mostValues else {
                throw source.problem(part, "more than \(VariationRange.mostValues) values, which is the most")
            }
        }
    }

    /// The same for all ways to write a value: `1s` and `1000ms`.
    private static func canonical(_ value: String) -> String {
        if let duration = Duration(written: value) { return "\(duration)" }
        return Double(value).map { "\($0)" } ?? value
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
