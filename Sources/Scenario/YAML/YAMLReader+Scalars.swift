/// Single values: durations, rates, shares, counts, names and texts.
extension YAMLReader {
    /// No duration in a scenario is longer: 8760 hours.
    public static let longestDuration = Duration.seconds(8760 * 3600)

    /// A text; numbers are texts too. Nothing, lists and mappings are problems.
    public func text(_ node: YAMLNode, _ what: String = "a text") -> String? {
        guard let text = node.text, !node.isNull else {
            report("expected \(what), found \(node.found)", at: node.mark)
            return nil
        }
        return text
    }

    /// A text, or one for each language: `{ en: Slow, es: Lento }`.
    public func localizedText(_ node: YAMLNode, _ what: String = "a text") -> LocalizedText? {
        guard node.entries != nil else {
            return text(node, "\(what), or { en: ..., es: ... }").map { LocalizedText($0) }
        }
        return mapping(node, what) { map in
            let en = map.required("en").flatMap { text($0) }
            let es = map.required("es").flatMap { text($0) }
            if let en, let es { return LocalizedText(en: en, es: es) }
            return nil
        }
    }

    /// A name: letters, digits, `_` and `-`, beginning with a letter or `_`.
    public func name(_ node: YAMLNode, _ what: String = "a name") -> String? {
        guard let name = text(node, what) else { return nil }
        return checkName(name, at: node.mark) ? name : nil
    }

    func checkName(_ name: String, at mark: SourceMark) -> Bool {
        if Name.isValid(name) { return true }
        report(
            "\(SafeText.quoted(name)) is not a name", at: mark,
            suggestion: "names have letters, digits, _ and -, begin with a letter, and are at most 64 long")
        return false
    }

    /// `true` or `false`.
    public func flag(_ node: YAMLNode) -> Bool? {
        guard case .scalar(let text, plain: true) = node.content, ["true", "false"].contains(text) else {
            let yes = ["yes", "on", "y"].contains(node.text?.lowercased())
            report("expected true or false, found \(node.found)", at: node.mark, suggestion: yes ? "write true" : nil)
            return nil
        }
        return text == "true"
    }

    /// One of a few words.
    public func word<Word>(_ node: YAMLNode, _ what: String, of type: Word.Type = Word.self) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = text(node, what) else { return nil }
        if let word = Word(rawValue: text) { return word }
        report(
            "\(SafeText.quoted(text)) is not \(what)", at: node.mark,
            suggestion: Suggestion.sentence(for: text, in: Word.allCases.map(\.rawValue)))
        return nil
    }

    /// A whole number within a range.
    public func count(_ node: YAMLNode, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.text, !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2d }),
            text == "0" || !text.hasPrefix("0") && !text.hasPrefix("-0")
        else {
            report(
                "expected a whole number, such as 10, found \(node.found)", at: node.mark, suggestion: wholeNumber(node)
            )
            return nil
        }
        if let value = Int(text), range.contains(value) { return value }
        let nearest = text.hasPrefix("-") || Int(text).map { $0 < range.lowerBound } ?? false
            ? range.lowerBound : range.upperBound
        report(
            "\(text) is not within \(range.lowerBound) to \(range.upperBound)", at: node.mark,
            suggestion: "write \(nearest)")
        return nil
    }

    private func wholeNumber(_ node: YAMLNode) -> String? {
        let digits = node.text?.filter { $0 != "_" && $0 != "," } ?? ""
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int(digits) else {
            return nil
        }
        return "write \(value)"
    }

    /// A number without a unit: a shape, a ratio.
    public func number(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        guard let text = node.text, let parts = Quantity.Parts(text), parts.unit.isEmpty else {
            report("expected a number, such as 1.5, found \(node.found)", at: node.mark)
            return nil
        }
        return inRange(parts.number, range, node) { Quantity.text($0) }
    }

    /// A duration with its unit, not negative and at most ``longestDuration``.
    public func duration(_ node: YAMLNode) -> Duration? {
        guard
            let duration = quantity(
                node, "a duration, such as 250ms", Quantity.duration, example: { $0 == "0" ? "0s" : "\($0)ms" })
        else {
            return nil
        }
        guard duration <= Self.longestDuration else {
            report("\(node.found) is too long", at: node.mark, suggestion: "at most \(Self.longestDuration.written)")
            return nil
        }
        return duration
    }

    /// A duration that may be below zero, within ``longestDuration`` of it either way.
    public func signedDuration(_ node: YAMLNode) -> Duration? {
        let what = "a duration, such as 40ms or -20ms"
        let example = { (text: String) in text == "0" ? "0s" : "\(text)ms" }
        guard let duration = quantity(node, what, Quantity.signedDuration, example: example) else { return nil }
        if duration <= Self.longestDuration, .zero - duration <= Self.longestDuration { return duration }
        report("\(node.found) is too long", at: node.mark, suggestion: "at most \(Self.longestDuration.written)")
        return nil
    }

    /// Events a second: `20/s`, `5/m`, `100/h`.
    public func rate(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        quantity(node, "a rate, such as 20/s", Quantity.rate, example: { "\($0)/s" })
            .flatMap { inRange($0, range, node) { "\(Quantity.text($0))/s" } }
    }

    /// A share of all, `0%` to `100%`, as 0...1.
    public func share(_ node: YAMLNode) -> Double? {
        quantity(
            node, "a share, such as 5%", Quantity.share,
            example: { Double($0).map { Quantity.percent($0 <= 1 ? $0 : $0 / 100) } }
        )
        .flatMap { inRange($0, 0...1, node) { Quantity.percent($0) } }
    }

    /// How many times as much: `3x`.
    public func factor(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        quantity(node, "a factor, such as 3x", Quantity.factor, example: { "\($0)x" })
            .flatMap { inRange($0, range, node) { "\(Quantity.text($0))x" } }
    }

    private func inRange(
        _ value: Double, _ range: ClosedRange<Double>, _ node: YAMLNode, written: (Double) -> String
    ) -> Double? {
        if range.contains(value) { return value }
        report(
            "\(node.found) is not within \(written(range.lowerBound)) to \(written(range.upperBound))", at: node.mark,
            suggestion: "write \(written(value < range.lowerBound ? range.lowerBound : range.upperBound))")
        return nil
    }

    private func quantity<Value>(
        _ node: YAMLNode, _ what: String, _ parse: (String) -> Result<Value, Quantity.Failure>,
        example: (String) -> String?
    ) -> Value? {
        guard let text = node.text, !node.isNull else {
            report("expected \(what), found \(node.found)", at: node.mark)
            return nil
        }
        switch parse(text) {
        case .success(let value): return value
        case .failure(let failure):
            let (message, suggestion) = explain(failure, text: text, what: what, example: example)
            report(message, at: node.mark, suggestion: suggestion)
            return nil
        }
    }

    private func explain(
        _ failure: Quantity.Failure, text: String, what: String, example: (String) -> String?
    ) -> (String, String?) {
        let found = SafeText.quoted(text)
        switch failure {
        case .notANumber: return ("expected \(what), found \(found)", nil)
        case .noUnit: return ("\(found) needs a unit: expected \(what)", example(text).map { "write \($0)" })
        case .unknownUnit(let unit):
            let close = text.filter { $0 != " " }
            if close != text { return ("\(found) has a space in it: expected \(what)", "write \(close)") }
            return (
                "\(SafeText.quoted(unit)) is not a unit here: expected \(what)",
                Self.units(for: unit, in: text, what: what)
            )
        case .negative: return ("\(found) is negative", nil)
        case .tooLarge: return ("\(found) is too large", nil)
        case .tooFine: return ("\(found) is finer than a nanosecond", nil)
        }
    }

    private static func units(for unit: String, in text: String, what: String) -> String? {
        if what.hasPrefix("a rate") { return "units: /s, /m, /h" }
        guard what.hasPrefix("a duration") else { return nil }
        let words = [
            "ms": ["msec", "millis", "milliseconds"], "s": ["sec", "secs", "second", "seconds"],
            "m": ["min", "mins", "minute", "minutes"], "h": ["hr", "hour", "hours"],
        ]
        guard let meant = ["ms", "s", "m", "h"].first(where: { words[$0]?.contains(unit.lowercased()) == true }) else {
            return "units: ns, us, ms, s, m, h"
        }
        return "write \(text.dropLast(unit.count))\(meant)"
    }
}
