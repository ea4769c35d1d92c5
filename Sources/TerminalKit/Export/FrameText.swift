/// The text form of a frame, for golden files: what stands where, and in which role.
///
///     |╭ Orders ─╮|
///     |╰─────────╯|
///     styles:
///      1: 1-2 border, 3-8 title, 9-11 border
///      2: 1-11 border
///     cursor: 3,2
///
/// Bars frame the rows, so that blanks at their ends survive. Rows and columns count from 1. Plain `text` needs no
/// mention; attributes follow their role after a `+` (`ok+bold`). The line `cursor:` (column, row) appears only with a
/// visible cursor.
extension Frame {
    /// The rows, without the bars.
    public var rows: [String] {
        (0..<size.height).map { y in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size.width)
            add(row: y, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Byte by byte: a string that grows by a character for each cell takes several times as long.
    private func add(row y: Int, to bytes: inout [UInt8]) {
        for x in 0..<size.width where self[x, y].width > 0 {
            for byte in self[x, y].character.utf8 { bytes.append(byte) }
        }
    }

    /// The text form. Ends with a line feed.
    public var exportedText: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size.height * (size.width + 3))
        for y in 0..<size.height {
            bytes.append(UInt8(ascii: "|"))
            add(row: y, to: &bytes)
            bytes.append(UInt8(ascii: "|"))
            bytes.append(UInt8(ascii: "\n"))
        }
        var lines = [String(decoding: bytes, as: UTF8.self) + "styles:"]
        let digits = String(size.height).count
        for y in 0..<size.height {
            let runs = styleRuns(y).filter { $0.style != .text }
            guard !runs.isEmpty else { continue }
            let number = String(repeating: " ", count: digits - String(y + 1).count) + String(y + 1)
            lines.append(" \(number): " + runs.map(\.exportedText).joined(separator: ", "))
        }
        if let cursor { lines.append("cursor: \(cursor.x + 1),\(cursor.y + 1)") }
        return lines.joined(separator: "\n") + "\n"
    }

    struct StyleRun: Hashable {
        var columns: Range<Int>
        var style: Style

        var exportedText: String {
            let first = columns.lowerBound + 1
            let place = columns.count == 1 ? "\(first)" : "\(first)-\(columns.upperBound)"
            return "\(place) \(style.name)"
        }
    }

    /// A row's cells, grouped by style.
    func styleRuns(_ y: Int) -> [StyleRun] {
        var runs: [StyleRun] = []
        for x in 0..<size.width {
            if let last = runs.indices.last, runs[last].style == self[x, y].style {
                runs[last].columns = runs[last].columns.lowerBound..<(x + 1)
            } else {
                runs.append(StyleRun(columns: x..<(x + 1), style: self[x, y].style))
            }
        }
        return runs
    }
}

extension Style {
    /// `ok`, `ok+bold`, `text+dim+reverse`.
    public var name: String {
        let name = Self.roleNames[Int(role.rawValue)]
        if attributes.isEmpty { return name }
        return Attributes.named.filter { attributes.contains($0.attribute) }.reduce(name) { "\($0)+\($1.name)" }
    }

    /// By raw value. To ask a case for its name each time costs as much as the rest of a frame's text.
    private static let roleNames = Role.allCases.map { "\($0)" }

    public init?(name: some StringProtocol) {
        let parts = name.split(separator: "+", omittingEmptySubsequences: false)
        guard let first = parts.first, let role = Self.roleNames.firstIndex(where: { $0 == first }) else { return nil }
        var attributes: Attributes = []
        for part in parts.dropFirst() {
            guard let known = Attributes.named.first(where: { $0.name == part }) else { return nil }
            attributes.insert(known.attribute)
        }
        self.init(Role.allCases[role], attributes)
    }
}
