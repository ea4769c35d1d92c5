/// Single values with a unit: durations, rates, shares, factors.
extension YAMLReader {
    /// No duration in a scenario is longer: 8760 hours.
    public static let longestDuration = Duration.seconds(8760 * 3600)

    /// A duration with its unit, not negative and at most ``longestDuration``.
    public func duration(_ node: YAMLNode) -> Duration? {
        guard
            let duration = quantity(
                node, LocalizedText(en: "a duration, such as 250ms", es: "una duración, como 250ms"),
                Quantity.duration, example: { $0 == "0" ? "0s" : "\($0)ms" })
        else {
            return nil
        }
        if duration <= Self.longestDuration { return duration }
        tooLong(node)
        return nil
    }

    /// A duration that may be below zero, within ``longestDuration`` of it either way.
    public func signedDuration(_ node: YAMLNode) -> Duration? {
        let what = LocalizedText(en: "a duration, such as 40ms or -20ms", es: "una duración, como 40ms o -20ms")
        let example = { (text: String) in text == "0" ? "0s" : "\(text)ms" }
        guard let duration = quantity(node, what, Quantity.signedDuration, example: example) else { return nil }
        if duration <= Self.longestDuration, .zero - duration <= Self.longestDuration { return duration }
        tooLong(node)
        return nil
    }

    private func tooLong(_ node: YAMLNode) {
        let most = Self.longestDuration.written
        report(
            LocalizedText(en: "\(node.found) is too long", es: "\(node.found) es demasiado"), at: node.mark,
            hint: LocalizedText(en: "at most \(most)", es: "como mucho, \(most)"))
    }

    /// Events a second: `20/s`, `5/m`, `100/h`.
    public func rate(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        let what = LocalizedText(en: "a rate, such as 20/s", es: "un ritmo, como 20/s")
        return quantity(node, what, Quantity.rate, example: { "\($0)/s" })
            .flatMap { inRange($0, range, node) { "\(Quantity.text($0))/s" } }
    }

    /// A share of all, `0%` to `100%`, as 0...1.
    public func share(_ node: YAMLNode) -> Double? {
        quantity(
            node, LocalizedText(en: "a share, such as 5%", es: "un porcentaje, como 5%"), Quantity.share,
            example: { Double($0).map { Quantity.percent($0 <= 1 ? $0 : $0 / 100) } }
        )
        .flatMap { inRange($0, 0...1, node) { Quantity.percent($0) } }
    }

    /// How many times as much: `3x`.
    public func factor(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        let what = LocalizedText(en: "a factor, such as 3x", es: "un factor, como 3x")
        return quantity(node, what, Quantity.factor, example: { "\($0)x" })
            .flatMap { inRange($0, range, node) { "\(Quantity.text($0))x" } }
    }

    private func quantity<Value>(
        _ node: YAMLNode, _ what: LocalizedText, _ parse: (String) -> Result<Value, Quantity.Failure>,
        example: (String) -> String?
    ) -> Value? {
        guard let text = node.text, !node.isNull else {
            expected(what, node)
            return nil
        }
        switch parse(text) {
        case .success(let value): return value
        case .failure(.notANumber):
            expected(what, node)
            return nil
        case .failure(let failure):
            let (message, hint) = explain(failure, text: text, what: what, example: example)
            report(message, at: node.mark, hint: hint)
            return nil
        }
    }

    private func explain(
        _ failure: Quantity.Failure, text: String, what: LocalizedText, example: (String) -> String?
    ) -> (LocalizedText, LocalizedText?) {
        let found = SafeText.quoted(text)
        /// With what stands there instead.
        func expecting(_ english: String, _ spanish: String) -> LocalizedText {
            LocalizedText(en: "\(english): expected \(what.en)", es: "\(spanish): se espera \(what.es)")
        }
        switch failure {
        case .notANumber, .noUnit:
            return (
                expecting("\(found) needs a unit", "a \(found) le falta la unidad"), example(text).map { .write($0) }
            )
        case .unknownUnit(let unit):
            let close = text.filter { $0 != " " }
            if close != text {
                return (expecting("\(found) has a space in it", "\(found) lleva un espacio"), .write(close))
            }
            let quoted = SafeText.quoted(unit)
            return (
                expecting("\(quoted) is not a unit here", "\(quoted) no es una unidad aquí"),
                Self.units(for: unit, in: text, what: what.en)
            )
        case .negative: return (LocalizedText(en: "\(found) is negative", es: "\(found) es negativo"), nil)
        case .tooLarge: return (LocalizedText(en: "\(found) is too large", es: "\(found) es demasiado grande"), nil)
        case .tooFine:
            return (
                LocalizedText(en: "\(found) is finer than a nanosecond", es: "\(found) no llega a un nanosegundo"), nil
            )
        }
    }

    private static func units(for unit: String, in text: String, what: String) -> LocalizedText? {
        func units(_ list: String) -> LocalizedText { LocalizedText(en: "units: \(list)", es: "unidades: \(list)") }
        if what.hasPrefix("a rate") { return units("/s, /m, /h") }
        guard what.hasPrefix("a duration") else { return nil }
        let words = [
            "ms": ["msec", "millis", "milliseconds"], "s": ["sec", "secs", "second", "seconds"],
            "m": ["min", "mins", "minute", "minutes"], "h": ["hr", "hour", "hours"],
        ]
        guard let meant = ["ms", "s", "m", "h"].first(where: { words[$0]?.contains(unit.lowercased()) == true }) else {
            return units("ns, us, ms, s, m, h")
        }
        return .write("\(text.dropLast(unit.count))\(meant)")
    }
}
