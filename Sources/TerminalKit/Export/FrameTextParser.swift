/// Why a text is not the text form of a frame.
public struct FrameTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1, within the text.
    public let line: Int
    public let message: String
    public var description: String { "line \(line): \(message)" }
}

extension Frame {
    /// Reads what ``exportedText`` writes.
    public init(exportedText text: String) throws(FrameTextError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let rows = lines.prefix { $0.hasPrefix("|") }
        let width = Text.width(rows.first.map(Self.inner) ?? "")
        self.init(size: Size(width: width, height: rows.count))
        for (y, row) in rows.enumerated() {
            guard row.hasSuffix("|"), row.utf8.count >= 2 else {
                throw FrameTextError(line: y + 1, message: "expected `|` at the end of the row")
            }
            let columns = write(Self.inner(row), x: 0, y: y)
            guard columns == width else {
                throw FrameTextError(line: y + 1, message: "the row has \(columns) columns, the first one \(width)")
            }
        }
        guard rows.count < lines.count, lines[rows.count] == "styles:" else {
            throw FrameTextError(line: rows.count + 1, message: "expected a row in bars, or `styles:`")
        }
        for number in (rows.count + 1)..<lines.count {
            do {
                try readStyles(lines[number])
            } catch {
                throw FrameTextError(line: number + 1, message: error.message)
            }
        }
    }

    private static func inner(_ row: String) -> String { String(row.dropFirst().dropLast()) }

    private struct Problem: Error { var message: String }

    /// Reads ` 2: 5-14 warn, 20 ok+bold` or `cursor: 3,2`.
    private mutating func readStyles(_ line: String) throws(Problem) {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { throw Problem(message: "expected `ROW: COLUMNS STYLE, ...`") }
        let head = parts[0].drop { $0 == " " }
        if head == "cursor" {
            let place = parts[1].split(separator: ",").map { Int($0.drop { $0 == " " }) }
            guard place.count == 2, let x = place[0], let y = place[1] else {
                throw Problem(message: "expected `cursor: COLUMN,ROW`")
            }
            cursor = Point(x: x - 1, y: y - 1)
            return
        }
        guard let row = Int(head), (1...max(1, size.height)).contains(row), size.height > 0 else {
            throw Problem(message: "no row `\(head)`")
        }
        for run in parts[1].split(separator: ",") {
            let words = run.split(separator: " ")
            guard words.count == 2, let columns = Self.columns(words[0]), columns.upperBound <= size.width else {
                throw Problem(message: "expected `COLUMNS STYLE` within the row, not `\(run)`")
            }
            guard let style = Style(name: words[1]) else { throw Problem(message: "unknown style `\(words[1])`") }
            restyle(Rect(x: columns.lowerBound - 1, y: row - 1, width: columns.count, height: 1)) { _ in style }
        }
    }

    private static func columns(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 1, last >= first
        else { return nil }
        return first...last
    }
}
