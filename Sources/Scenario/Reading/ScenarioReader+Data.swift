/// Data that answers carry, and expressions that refer to it.
extension ScenarioReader {
    static let mostItems = 10_000

    /// Numbers are written as in JSON; `true` and `false` are flags, `~` and `null` nothing; all else is text, also
    /// `yes`, `007` and whatever stands in quotes.
    func value(_ node: YAMLNode) -> Value? {
        switch node.content {
        case .scalar(let text, let plain): return plain ? Self.plainValue(text, isNull: node.isNull) : .text(text)
        case .sequence(let items): return .list(items.compactMap(value))
        case .mapping(let entries):
            if entries.count == 2, let name = node["list"], let count = node["count"] { return generated(name, count) }
            return .map(
                entries.compactMap { entry in value(entry.value).map { Value.Field(key: entry.key, value: $0) } })
        }
    }

    private func generated(_ name: YAMLNode, _ count: YAMLNode) -> Value? {
        let name = reader.text(name, "what the items are called")
        let count = reader.count(count, in: 0...Self.mostItems)
        if let name, let count { return .generated(name: name, count: count) }
        return nil
    }

    private static func plainValue(_ text: String, isNull: Bool) -> Value {
        if isNull { return .null }
        if text == "true" || text == "false" { return .bool(text == "true") }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let isNumber =
            digits.first?.isASCII == true && digits.first?.isWholeNumber == true
            && (!digits.hasPrefix("0") || digits == "0" || digits.hasPrefix("0.") || digits.hasPrefix("0e"))
            && digits.allSatisfy { "0123456789.eE+-".contains($0) } && digits.last?.isWholeNumber == true
        if isNumber, let number = Double(text), number.isFinite { return .number(number) }
        return .text(text)
    }
}
