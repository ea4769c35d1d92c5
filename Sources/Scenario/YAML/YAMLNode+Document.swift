extension YAMLNode {
    /// The value as a YAML file: what is long in lines of its own, what fits in one line in one. Reads back as the same
    /// value.
    var document: String {
        var lines: [String] = []
        write(to: &lines, indent: 0, isTop: true)
        return lines.joined(separator: "\n") + "\n"
    }

    private static let longestLine = 100

    private func write(to lines: inout [String], indent: Int, isTop: Bool = false) {
        let blanks = String(repeating: "  ", count: indent)
        switch content {
        case .mapping(let entries) where !entries.isEmpty:
            for entry in entries {
                let key = blanks + YAMLNode(.scalar(entry.key, plain: true), mark: mark).written + ":"
                entry.value.writeValue(behind: key, to: &lines, indent: indent, isTop: isTop)
            }
        case .sequence(let items) where !items.isEmpty:
            for item in items { item.writeItem(to: &lines, indent: indent) }
        default: lines.append(blanks + written)
        }
    }

    /// Names of the author's begin lines of their own, however short they are.
    private func writeValue(behind key: String, to lines: inout [String], indent: Int, isTop: Bool) {
        let isLong = isTop && entries?.isEmpty == false
        if !isLong, key.count < Self.longestLine, let short = short(within: Self.longestLine - key.count) {
            lines.append("\(key) \(short)")
        } else {
            lines.append(key)
            write(to: &lines, indent: indent + 1)
        }
    }

    private func writeItem(to lines: inout [String], indent: Int) {
        let blanks = String(repeating: "  ", count: indent)
        if let short = short(within: Self.longestLine - blanks.count - 2) {
            lines.append("\(blanks)- \(short)")
            return
        }
        let start = lines.count
        write(to: &lines, indent: indent + 1)
        // The first line of the item stands behind its dash.
        lines[start] = blanks + "- " + lines[start].dropFirst(blanks.count + 2)
    }

    /// In one line, if that is short enough. Does not write what is far too long.
    private func short(within width: Int) -> String? {
        switch content {
        case .scalar: return written
        default:
            guard size(upTo: width) < width else { return nil }
            let text = written
            return text.count <= width ? text : nil
        }
    }

    /// At least how many characters it takes, as far as a limit.
    private func size(upTo limit: Int) -> Int {
        switch content {
        case .scalar(let text, _): return text.utf8.count / 4 + 1
        case .sequence(let items):
            var sum = 2
            for item in items where sum < limit { sum += item.size(upTo: limit - sum) }
            return sum
        case .mapping(let entries):
            var sum = 2
            for entry in entries where sum < limit { sum += 2 + entry.value.size(upTo: limit - sum) }
            return sum
        }
    }
}
