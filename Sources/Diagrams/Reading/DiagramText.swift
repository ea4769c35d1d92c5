/// What labels and messages say, from how they are written: codes, line breaks, prefixes.
enum DiagramText {
    /// A label: without blanks round it and the prefixes `wrap:` and `nowrap:`; `<br>` is a line feed.
    static func label(_ written: ArraySlice<Unicode.Scalar>) -> String {
        var rest = trimmed(written)
        if let end = wrapPrefixEnd(rest) { rest = trimmed(rest[end...]) }
        return decoded(rest, breaks: true)
    }

    /// A name: as a label, of one line.
    static func name(_ written: ArraySlice<Unicode.Scalar>) -> String {
        decoded(trimmed(written), breaks: false)
    }

    static func trimmed(_ written: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var rest = written
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return rest
    }

    /// Behind `wrap:` or `nowrap:`, perhaps after a colon.
    static func wrapPrefixEnd(_ written: ArraySlice<Unicode.Scalar>) -> Int? {
        for prefix in ["wrap:", "nowrap:", ":wrap:", ":nowrap:"] {
            let length = prefix.unicodeScalars.count
            if written.prefix(length).elementsEqual(prefix.unicodeScalars) { return written.startIndex + length }
        }
        return nil
    }

    /// Each code becomes its character: `#35;`, `#quot;`. An unknown one stays as it is. O(n).
    static func decoded(_ written: ArraySlice<Unicode.Scalar>, breaks: Bool) -> String {
        var text = String.UnicodeScalarView()
        var index = written.startIndex
        while index < written.endIndex {
            if let code = entity(in: written, at: index) {
                text.append(code.scalar)
                index = code.end
            } else if breaks, let end = breakEnd(in: written, at: index) {
                text.append("\n")
                index = end
            } else {
                text.append(written[index])
                index += 1
            }
        }
        return String(text)
    }

    private static func entity(
        in written: ArraySlice<Unicode.Scalar>, at start: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        guard written[start] == "#" else { return nil }
        var end = start + 1
        // The longest known name and the longest number are short.
        while end < written.endIndex, end - start <= 10, written[end].isASCIIWordPart { end += 1 }
        guard end > start + 1, end < written.endIndex, written[end] == ";" else { return nil }
        let code = String(String.UnicodeScalarView(written[(start + 1)..<end]))
        if let number = UInt32(code) {
            return Unicode.Scalar(number).map { ($0, end + 1) } ?? ("\u{fffd}", end + 1)
        }
        return EntityNames.scalar(code).map { ($0, end + 1) }
    }

    /// Behind `<br>`, `<br/>`, `<br />`.
    static func breakEnd(in written: ArraySlice<Unicode.Scalar>, at start: Int) -> Int? {
        guard written.endIndex - start >= 4, written[start] == "<", written[start + 1].lowercased == "b",
            written[start + 2].lowercased == "r"
        else { return nil }
        var end = start + 3
        while end < written.endIndex, written[end].properties.isWhitespace { end += 1 }
        if end < written.endIndex, written[end] == "/" { end += 1 }
        return end < written.endIndex && written[end] == ">" ? end + 1 : nil
    }
}
