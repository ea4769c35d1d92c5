extension RunReport {
    /// One number a line: `section,name,metric,value`, the keys as in the JSON, latencies as `latencyMs.p50`. A value
    /// that was never measured is empty. Text as ``CSVTable`` writes it.
    public var csv: String {
        var table = CSVTable(["section", "name", "metric", "value"])
        guard case .object(let sections) = json else { return "" }
        for section in sections {
            if case .object(let parts) = section.value {
                for part in parts { Self.addRows([section.key, part.key], [], part.value, to: &table) }
            } else {
                Self.addRows(["run", ""], [section.key], section.value, to: &table)
            }
        }
        return table.text
    }

    private static func addRows(_ place: [String], _ path: [String], _ value: JSON, to table: inout CSVTable) {
        switch value {
        case .object(let members):
            for member in members { addRows(place, path + [member.key], member.value, to: &table) }
        case .string(let text): table.add(place + [path.joined(separator: "."), text])
        case .null: table.add(place + [path.joined(separator: "."), ""])
        default: table.add(place + [path.joined(separator: "."), value.compact])
        }
    }
}
