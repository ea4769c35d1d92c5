extension YAMLNode {
    /// The value in one line of YAML; reads back as the same value.
    public var written: String {
        switch content {
        case .scalar(let text, let plain): Self.scalar(text, plain: plain)
        case .sequence(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
        case .mapping(let entries):
            entries.isEmpty
                ? "{}"
                : "{ " + entries.map { "\(Self.scalar($0.key, plain: true)): \($0.value.written)" }.joined(separator: ", ") + " }"
        }
    }

    private static func scalar(_ text: String, plain: Bool) -> String {
        if plain, text.isEmpty { return "~" }
        let isWord = !text.isEmpty && text.unicodeScalars.allSatisfy { Name.isPart($0) || "./%$+-".unicodeScalars.contains($0) }
        // A quoted number or `true` must stay text.
        let needsNoQuotes = isWord && !text.hasPrefix("-") && !text.hasPrefix("%") && text.first?.isLetter == true
            && !["null", "Null", "NULL", "true", "false"].contains(text)
        let isPlainNumber = plain && isWord && !text.hasPrefix("%") && text != "-" && text != "---"
        return needsNoQuotes || isPlainNumber ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
