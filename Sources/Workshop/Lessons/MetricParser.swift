import Scenario

/// What names in a metric expression mean: the lesson's scenarios, and the values defined so far.
struct MetricScope {
    var scenarios: [LessonScenario]
    /// Where a figure is taken from when the author names no scenario.
    var scenario: String
    var values: [NamedValue] = []
    /// Whether the settings behind `with` are tried out.
    var tryingChanges = false
    /// Whether nobody knows yet what there is: any name will do, and what it stands for has an unknown unit.
    var isOpen = false

    func document(_ name: String) -> ScenarioDocument? { scenarios.first { $0.name == name }?.document }
}

/// What is wrong with an expression, and where in its text.
struct MetricSyntaxError: Error, Hashable {
    /// From 0, in Unicode scalars.
    var offset: Int
    var message: String
    var suggestion: String?
}

/// Reads metric expressions and conditions, and checks their names and units on the way.
///
///     condition  := sum ("=" | "!=" | "<" | "<=" | ">" | ">=") sum ["±" share]
///     sum        := product (("+" | "-") product)*
///     product    := factor (("*" | "/") factor)*
///     factor     := number | "(" sum ")" | ("max" | "min" | "sum") "(" sum ("," sum)* ")" | name | figure
///     figure     := (metric | "settings." path) ["of" scenario] ["with" setting ("," setting)*]
///                   ["after" time] ["until" time]
///     setting    := path "=" value
///
/// Operators stand between blanks, so that names may hold hyphens.
struct MetricParser {
    typealias Typed = (expression: MetricExpression, unit: MetricUnit)

    /// Parentheses may be nested so deep.
    private static let maximumDepth = 32

    let scope: MetricScope
    private let text: [Unicode.Scalar]
    private(set) var index = 0
    private var depth = 0
    /// Whether the unit of everything so far is known.
    var knowsUnits = true

    private init(_ text: String, _ scope: MetricScope) {
        self.text = Array(text.unicodeScalars)
        self.scope = scope
    }

    static func expression(_ text: String, in scope: MetricScope) throws(MetricSyntaxError) -> Typed {
        var parser = MetricParser(text, scope)
        let result = try parser.sum()
        try parser.expectEnd()
        return result
    }

    static func condition(_ text: String, in scope: MetricScope) throws(MetricSyntaxError) -> MetricCondition {
        var parser = MetricParser(text, scope)
        let left = try parser.sum()
        let comparison = try parser.comparison()
        parser.skipBlanks()
        let start = parser.index
        let right = try parser.sum()
        guard parser.fit(left.unit, right.unit) else {
            throw parser.error(
                "\(left.unit.phrase) cannot be compared with \(right.unit.phrase)", at: start,
                suggestion: "write \(left.unit.example)")
        }
        let tolerance = try parser.tolerance()
        try parser.expectEnd()
        return MetricCondition(
            left: left.expression, comparison: comparison, right: right.expression, tolerance: tolerance, source: text)
    }

    /// Whether a text is a condition, as far as that can be told without a run.
    static func checkGrammar(_ text: String) throws(MetricSyntaxError) {
        _ = try condition(text, in: MetricScope(scenarios: [], scenario: "", isOpen: true))
    }

    /// Whether two values can stand beside each other.
    private func fit(_ left: MetricUnit, _ right: MetricUnit) -> Bool { left == right || !knowsUnits }

    // MARK: Operators

    private mutating func comparison() throws(MetricSyntaxError) -> MetricCondition.Comparison {
        skipBlanks()
        for sign in ["!=", "<=", ">=", "==", "=", "<", ">", "≠", "≤", "≥"] where take(sign) {
            let plain = ["==": "=", "≠": "!=", "≤": "<=", "≥": ">="][sign] ?? sign
            if let comparison = MetricCondition.Comparison(rawValue: plain) { return comparison }
        }
        throw error("expected a comparison", at: index, suggestion: "write =, !=, <, <=, > or >=")
    }

    private mutating func tolerance() throws(MetricSyntaxError) -> Double {
        skipBlanks()
        guard take("±") || take("+-") else { return 0 }
        skipBlanks()
        let start = index
        guard let value = try number(), value.unit == .share else {
            throw error("expected a percentage after ±", at: start, suggestion: "write ± 1%")
        }
        return value.amount
    }

    private mutating func sum() throws(MetricSyntaxError) -> Typed {
        var left = try product()
        while let sign = takeOperator("+-") {
            skipBlanks()
            let start = index
            let right = try product()
            guard fit(left.unit, right.unit) else {
                throw error("\(right.unit.phrase) cannot be added to \(left.unit.phrase)", at: start)
            }
            left.expression = .operation(sign, left.expression, right.expression)
        }
        return left
    }

    private mutating func product() throws(MetricSyntaxError) -> Typed {
        var left = try factor()
        while let sign = takeOperator("*/") {
            skipBlanks()
            let start = index
            let right = try factor()
            let known = sign == .times ? left.unit.times(right.unit) : left.unit.over(right.unit)
            guard let unit = known ?? (knowsUnits ? nil : .number) else {
                let verb = sign == .times ? "multiplied" : "divided"
                throw error("\(left.unit.phrase) cannot be \(verb) by \(right.unit.phrase)", at: start)
            }
            left = (.operation(sign, left.expression, right.expression), unit)
        }
        return left
    }

    /// An operator between blanks.
    private mutating func takeOperator(_ signs: String) -> MetricExpression.Operator? {
        let start = index
        skipBlanks()
        if index > start, index + 1 < text.count, text[index + 1] == " ", signs.unicodeScalars.contains(text[index]) {
            let sign = MetricExpression.Operator(rawValue: Character(text[index]))
            index += 1
            return sign
        }
        index = start
        return nil
    }

    // MARK: Factors

    private mutating func factor() throws(MetricSyntaxError) -> Typed {
        skipBlanks()
        let start = index
        if let value = try number() { return (.constant(value), value.unit) }
        if take("(") {
            let inside = try nested { parser throws(MetricSyntaxError) in try parser.sum() }
            try expect(")")
            return inside
        }
        let name = word()
        guard !name.isEmpty else { throw error("expected a figure", at: start, suggestion: Self.figureHint) }
        if let function = MetricExpression.Function(rawValue: name), take("(") { return try arguments(of: function) }
        if name.hasPrefix("settings.") { return try setting(String(name.dropFirst(9)), at: start + 9) }
        if name.contains(".") { return try figure(name, at: start) }
        if scope.isOpen { return unknown(name) }
        guard let value = scope.values.first(where: { $0.name == name }) else {
            throw error(
                "unknown value \(SafeText.quoted(name))", at: start,
                suggestion: Suggestion.sentence(for: name, in: scope.values.map(\.name)) ?? Self.figureHint)
        }
        return (.named(name), value.unit)
    }

    /// What a name stands for is found out later.
    mutating func unknown(_ name: String) -> Typed {
        knowsUnits = false
        return (.named(name), .number)
    }

    static let figureHint =
        "a figure looks like flow.NAME.latency.max, backend.NAME.calls, cache.NAME.ratio or policy.NAME.LAYER.passed"

    private mutating func nested(
        _ read: (inout MetricParser) throws(MetricSyntaxError) -> Typed
    ) throws(MetricSyntaxError) -> Typed {
        guard depth < Self.maximumDepth else { throw error("nested too deep", at: index) }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func arguments(of function: MetricExpression.Function) throws(MetricSyntaxError) -> Typed {
        var arguments: [MetricExpression] = []
        var unit: MetricUnit?
        repeat {
            skipBlanks()
            let start = index
            let next = try nested { parser throws(MetricSyntaxError) in try parser.sum() }
            guard fit(unit ?? next.unit, next.unit) else {
                throw error("\(next.unit.phrase) beside \((unit ?? next.unit).phrase)", at: start)
            }
            unit = next.unit
            arguments.append(next.expression)
            skipBlanks()
        } while take(",")
        try expect(")")
        return (.function(function, arguments), unit ?? .number)
    }

    // MARK: Which run

    mutating func selector() throws(MetricSyntaxError) -> RunSelector {
        var selector = RunSelector(scenario: scope.scenario)
        if takeWord("of") {
            skipBlanks()
            let start = index
            selector.scenario = word()
            guard scope.isOpen || scope.document(selector.scenario) != nil else {
                throw error(
                    "unknown scenario \(SafeText.quoted(selector.scenario))", at: start,
                    suggestion: Suggestion.sentence(for: selector.scenario, in: scope.scenarios.map(\.name)))
            }
        }
        if takeWord("with") { selector.settings = try settings(of: selector.scenario) }
        if takeWord("after") { selector.after = try moment() }
        if takeWord("until") { selector.until = try moment() }
        return selector
    }

    private mutating func moment() throws(MetricSyntaxError) -> Duration {
        skipBlanks()
        let start = index
        guard let value = try number(), value.unit == .time else {
            throw error("expected a time", at: start, suggestion: "write 500ms or 2s")
        }
        return .milliseconds(value.amount)
    }

    private mutating func settings(of scenario: String) throws(MetricSyntaxError) -> [Setting] {
        var settings: [Setting] = []
        var document = scope.tryingChanges ? scope.document(scenario) : nil
        while true {
            skipBlanks()
            let start = index
            let path = word()
            skipBlanks()
            guard !path.isEmpty, take("=") else {
                throw error("expected PATH = VALUE", at: start, suggestion: "write with backends.sql.concurrency = 5")
            }
            skipBlanks()
            let value = settingValue()
            do {
                document = try document?.setting(path, to: value)
            } catch {
                let problem = error.problems.first
                throw self.error(problem?.message ?? "cannot be set", at: start, suggestion: problem?.suggestion)
            }
            settings.append(Setting(path: path, value: value))
            guard startsAnotherSetting() else { return settings }
        }
    }

    private mutating func settingValue() -> String {
        let start = index
        while index < text.count, !" ,)".unicodeScalars.contains(text[index]) { index += 1 }
        return string(start..<index)
    }

    /// Takes a comma when `PATH =` follows it; any other comma belongs to the function around.
    private mutating func startsAnotherSetting() -> Bool {
        let start = index
        skipBlanks()
        if take(",") {
            let next = index
            skipBlanks()
            let path = word()
            skipBlanks()
            if !path.isEmpty, take("=") {
                index = next
                return true
            }
        }
        index = start
        return false
    }

    // MARK: Characters

    /// A number and its unit: `500ms`, `2.5`, `95%`.
    private mutating func number() throws(MetricSyntaxError) -> MetricValue? {
        let start = index
        while index < text.count, ("0"..."9").contains(text[index]) || text[index] == "." { index += 1 }
        guard index > start, text[start] != "." else {
            index = start
            return nil
        }
        while index < text.count, text[index] == "%" || Self.isWordPart(text[index]) { index += 1 }
        let written = string(start..<index)
        guard let value = MetricValue(written) else {
            throw error(
                "\(SafeText.quoted(written)) is not a number with a unit", at: start,
                suggestion: "write 500ms, 2s, 95% or a plain number")
        }
        return value
    }

    private mutating func word() -> String {
        let start = index
        while index < text.count, Self.isWordPart(text[index]) || text[index] == "." || text[index] == "-" {
            index += 1
        }
        return string(start..<index)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || scalar == "_"
        }
        return scalar.properties.isAlphabetic
    }

    private mutating func takeWord(_ expected: String) -> Bool {
        let start = index
        skipBlanks()
        if word() == expected { return true }
        index = start
        return false
    }

    private mutating func take(_ sign: String) -> Bool {
        let scalars = sign.unicodeScalars
        guard text[index...].starts(with: scalars) else { return false }
        index += scalars.count
        return true
    }

    private mutating func expect(_ sign: String) throws(MetricSyntaxError) {
        skipBlanks()
        guard take(sign) else { throw error("expected \"\(sign)\"", at: index) }
    }

    private mutating func expectEnd() throws(MetricSyntaxError) {
        skipBlanks()
        if index < text.count {
            throw error("did not expect \(SafeText.quoted(string(index..<text.count)))", at: index)
        }
    }

    private mutating func skipBlanks() {
        while index < text.count, text[index] == " " || text[index] == "\n" || text[index] == "\t" { index += 1 }
    }

    private func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(text[range])) }

    func error(_ message: String, at offset: Int, suggestion: String? = nil) -> MetricSyntaxError {
        MetricSyntaxError(offset: offset, message: message, suggestion: suggestion)
    }
}
