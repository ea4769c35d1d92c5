/// Rows of comma-separated values, as RFC 4180 has them: lines end in CR LF, fields with commas or quotes are quoted.
///
/// Control characters in fields become `?`, so that a field is always one line and harmless in a terminal.
public struct CSVTable: Hashable, Sendable {
    /// The whole table, its header included.
    public private(set) var text = ""

    public init(_ headings: [String]) { add(headings) }

    /// Adds a row. O(length).
    public mutating func add(_ fields: [String]) {
        for (place, field) in fields.enumerated() {
            if place > 0 { text += "," }
            text += Self.quoted(field.withoutControls)
        }
        text += "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension String {
    /// The text with `?` for every character that a terminal may act on.
    var withoutControls: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isControl ? "?" : scalar) }
        return String(result)
    }
}
