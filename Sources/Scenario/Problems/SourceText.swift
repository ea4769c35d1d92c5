/// The text of a file, line by line: shows each problem in its place.
public final class SourceText: Sendable {
    public let file: String
    /// Without their line breaks.
    public let lines: [String]

    public init(file: String, text: String) {
        self.file = file
        var lines: [String] = []
        let bytes = text.utf8
        var start = text.startIndex
        var afterReturn = false
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                // The two characters \r\n are one line break.
                if !(byte == UInt8(ascii: "\n") && afterReturn) { lines.append(String(text[start..<index])) }
                start = bytes.index(after: index)
            }
            afterReturn = byte == UInt8(ascii: "\r")
        }
        lines.append(String(text[start...]))
        self.lines = lines
    }

    /// A place in the text; beyond its end: the end of its last line.
    public func mark(line: Int, column: Int, length: Int = 1) -> SourceMark {
        if line > lines.count {
            return SourceMark(
                source: self, line: lines.count, column: lines[lines.count - 1].unicodeScalars.count + 1, length: 1)
        }
        return SourceMark(source: self, line: max(line, 1), column: max(column, 1), length: max(length, 1))
    }
}

/// A place in a file.
public struct SourceMark: Sendable {
    /// Of a long line only this many scalars are shown, so that it fits 80 columns.
    private static let window = 72

    public let source: SourceText
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    /// How many scalars the place takes in its line, at least 1.
    public var length: Int

    /// A problem in this place.
    public func problem(_ message: String, suggestion: String? = nil) -> Problem {
        problem(LocalizedText(message), hint: suggestion.map { LocalizedText($0) })
    }

    /// A problem in this place, in both languages.
    public func problem(_ text: LocalizedText, hint: LocalizedText? = nil) -> Problem {
        let scalars = Array(source.lines[line - 1].unicodeScalars)
        let offset = min(column - 1, scalars.count)
        let length = max(1, min(self.length, scalars.count - offset))
        let start = scalars.count <= Self.window ? 0 : max(0, min(offset - 20, scalars.count - Self.window))
        let end = min(scalars.count, start + Self.window)
        var shown = String.UnicodeScalarView(scalars[start..<end])
        if end < scalars.count { shown.append("…") }
        if start > 0 { shown.insert("…", at: shown.startIndex) }
        let shift = start > 0 ? start - 1 : 0
        return Problem(
            file: source.file, line: line, column: column, source: String(shown), offset: offset - shift,
            length: min(length, end - offset), text: text, hint: hint)
    }
}
