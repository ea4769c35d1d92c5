/// Single values: counts, numbers, names and texts.
extension YAMLReader {
    /// A text; numbers are texts too. Nothing, lists and mappings are problems.
    public func text(_ node: YAMLNode, _ what: String = "a text") -> String? {
        guard let text = node.text, !node.isNull else {
            expected(LocalizedText(en: what, es: "un texto"), node)
            return nil
        }
        return text
    }

    func expected(_ what: LocalizedText, _ node: YAMLNode, hint: LocalizedText? = nil) {
        report(
            LocalizedText(
                en: "expected \(what.en), found \(node.found)", es: "se espera \(what.es), y \(node.foundInSpanish)"),
            at: node.mark, hint: hint)
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
            LocalizedText(
                en: "\(SafeText.quoted(name)) is not a name", es: "\(SafeText.quoted(name)) no vale como nombre"),
            at: mark,
            hint: LocalizedText(
                en: "names have letters, digits, _ and -, begin with a letter, and are at most 64 long",
                es: "un nombre lleva letras, cifras, _ y -, empieza por una letra y no pasa de 64 caracteres"))
        return false
    }

    /// `true` or `false`.
    public func flag(_ node: YAMLNode) -> Bool? {
        guard case .scalar(let text, plain: true) = node.content, ["true", "false"].contains(text) else {
            let yes = ["yes", "on", "y"].contains(node.text?.lowercased())
            expected(
                LocalizedText(en: "true or false", es: "true o false"), node, hint: yes ? .write("true") : nil)
            return nil
        }
        return text == "true"
    }

    /// One of a few words.
    public func word<Word>(_ node: YAMLNode, _ what: String, of type: Word.Type = Word.self) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = text(node, what) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let found = SafeText.quoted(text)
        report(
            LocalizedText(en: "\(found) is not \(what)", es: "\(found) no vale aquí"), at: node.mark,
            hint: Suggestion.text(for: text, in: Word.allCases.map(\.rawValue)))
        return nil
    }

    /// A whole number within a range.
    public func count(_ node: YAMLNode, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.text, !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2d }),
            text == "0" || !text.hasPrefix("0") && !text.hasPrefix("-0")
        else {
            expected(
                LocalizedText(en: "a whole number, such as 10", es: "un número entero, como 10"), node,
                hint: wholeNumber(node))
            return nil
        }
        if let value = Int(text), range.contains(value) { return value }
        let nearest = text.hasPrefix("-") || Int(text).map { $0 < range.lowerBound } ?? false
            ? range.lowerBound : range.upperBound
        outOfRange(text, "\(range.lowerBound)", "\(range.upperBound)", nearest: "\(nearest)", node)
        return nil
    }

    private func outOfRange(_ found: String, _ least: String, _ most: String, nearest: String, _ node: YAMLNode) {
        report(
            LocalizedText(
                en: "\(found) is not within \(least) to \(most)", es: "\(found) no está entre \(least) y \(most)"),
            at: node.mark, hint: .write(nearest))
    }

    private func wholeNumber(_ node: YAMLNode) -> LocalizedText? {
        let digits = node.text?.filter { $0 != "_" && $0 != "," } ?? ""
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int(digits) else {
            return nil
        }
        return .write("\(value)")
    }

    /// A number without a unit: a shape, a ratio.
    public func number(_ node: YAMLNode, in range: ClosedRange<Double>) -> Double? {
        guard let text = node.text, let parts = Quantity.Parts(text), parts.unit.isEmpty else {
            expected(LocalizedText(en: "a number, such as 1.5", es: "un número, como 1.5"), node)
            return nil
        }
        return inRange(parts.number, range, node) { Quantity.text($0) }
    }

    func inRange(
        _ value: Double, _ range: ClosedRange<Double>, _ node: YAMLNode, written: (Double) -> String
    ) -> Double? {
        if range.contains(value) { return value }
        let (least, most) = (written(range.lowerBound), written(range.upperBound))
        outOfRange(node.found, least, most, nearest: value < range.lowerBound ? least : most, node)
        return nil
    }
}
