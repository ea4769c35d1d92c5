extension RunReport {
    /// One number a line: `section,name,metric,value`, the keys as in the JSON, latencies as `latencyMs.p50`.
    ///
    /// As RFC 4180 has it: lines end in CR LF, fields with commas, quotes or line breaks are quoted. A value that
    /// was never measured is empty. Control characters in names are replaced by `?`.
    public var csv: String {
        var rows = [["section", "name", "metric", "value"]]
        guard case .object(let sections) = json else { return "" }
        for section in sections {
            if case .object(let parts) = section.value {
                for part in parts { Self.addRows([section.key, part.key], [], part.value, to: &rows) }
            } else {
                Self.addRows(["run", ""], [section.key], section.value, to: &rows)
            }
        }
        return rows.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func addRows(_ place: [String], _ path: [String], _ value: JSON, to rows: inout [[String]]) {
        switch value {
        case .object(let members):
            for member in members { addRows(place, path + [member.key], member.value, to: &rows) }
        case .string(let text): rows.append(place + [path.joined(separator: "."), text])
        case .null: rows.append(place + [path.joined(separator: "."), ""])
        default: rows.append(place + [path.joined(separator: "."), value.compact])
        }
    }

    private static func field(_ text: String) -> String {
        let text = text.withoutControls
        let isPlain = !text.contains { $0 == "," || $0 == "\"" }
        return isPlain
            ? text
            : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension String {
    /// The text with `?` for every character that a terminal may act on.
    var withoutControls: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isControl ? "?" : scalar) }
        return String(result)
    }
}
