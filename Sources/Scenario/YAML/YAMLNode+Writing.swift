extension YAMLNode {
    /// The value in one line of YAML; reads back as the same value.
    public var written: String {
        switch content {
        case .scalar(let text, let plain): Self.scalar(text, plain: plain)
        case .sequence(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
        case .mapping(let entries):
            entries.isEmpty
                ? "{}"
                : "{ "
                    + entries.map { "\(Self.scalar($0.key, plain: true)): \($0.value.written)" }.joined(separator: ", ")
                    + " }"
        }
    }

    private static func scalar(_ text: String, plain: Bool) -> String {
        if plain, YAMLNode.nulls.contains(text) { return "~" }
        let isWord =
            !text.isEmpty && !text.hasPrefix("%")
            && text.unicodeScalars.allSatisfy { Name.isPart($0) || "./%$+-".unicodeScalars.contains($0) }
        // What stood in quotes must stay text: `"7"`, `"true"`.
        let looksLikeText = text.first?.isLetter == true && !nulls.contains(text) && text != "true" && text != "false"
        return isWord && text != "-" && text != "---" && (plain || looksLikeText) ? text : quoted(text)
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
