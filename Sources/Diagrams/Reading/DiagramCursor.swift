/// A place in a diagram's text; all reading moves it forward.
struct DiagramCursor {
    let source: DiagramSource
    private(set) var index = 0

    init(_ source: DiagramSource) {
        self.source = source
    }

    var isAtEnd: Bool { index >= source.scalars.count }
    var position: Position { source.position(index) }
    var next: Unicode.Scalar? { peek(0) }

    func peek(_ offset: Int) -> Unicode.Scalar? {
        let place = index + offset
        return place < source.scalars.count ? source.scalars[place] : nil
    }

    func text(_ range: Range<Int>) -> ArraySlice<Unicode.Scalar> { source.scalars[range] }

    mutating func advance(_ count: Int = 1) { index = min(index + count, source.scalars.count) }
    mutating func move(to index: Int) { self.index = min(index, source.scalars.count) }

    /// Whether the statement ends here: at a line's end, a semicolon, or a comment behind `#`.
    var isAtStatementEnd: Bool {
        guard let next else { return true }
        return next == "\n" || next == ";" || (next == "#" && entityEnd(at: index) == nil)
    }

    /// Blanks and tabs, not line feeds.
    mutating func skipBlanks() {
        while let next, next != "\n", next.properties.isWhitespace { advance() }
    }

    mutating func skipLine() {
        while let next, next != "\n" { advance() }
    }

    /// Takes the text if it stands here, in any case; ASCII only.
    mutating func take(_ text: String) -> Bool {
        guard has(text) else { return false }
        advance(text.unicodeScalars.count)
        return true
    }

    func has(_ text: String) -> Bool {
        var offset = 0
        for scalar in text.unicodeScalars {
            guard let here = peek(offset), here.lowercased == scalar.lowercased else { return false }
            offset += 1
        }
        return true
    }

    /// The word that begins here: letters, digits and `_`.
    var word: Range<Int> {
        var end = index
        while end < source.scalars.count, source.scalars[end].isWordPart { end += 1 }
        return index..<end
    }

    /// Behind a code such as `#35;` or `#quot;` that begins here, or `nil`.
    func entityEnd(at start: Int) -> Int? {
        let scalars = source.scalars
        guard start < scalars.count, scalars[start] == "#" else { return nil }
        var end = start + 1
        while end < scalars.count, scalars[end].isASCIIWordPart { end += 1 }
        return end > start + 1 && end < scalars.count && scalars[end] == ";" ? end + 1 : nil
    }

    /// The rest of the statement, and past it: up to a line feed, a semicolon or a comment.
    mutating func takeRest() -> ArraySlice<Unicode.Scalar> {
        let start = index
        while !isAtEnd {
            if let end = entityEnd(at: index) {
                index = end
            } else if isAtStatementEnd {
                break
            } else {
                index += 1
            }
        }
        return source.scalars[start..<index]
    }
}

extension Unicode.Scalar {
    /// Of ASCII letters; others stay as they are.
    var lowercased: Unicode.Scalar {
        ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) + 32) : self
    }

    var isASCIIWordPart: Bool {
        self == "_" || ("a"..."z").contains(lowercased) || ("0"..."9").contains(self)
    }

    var isWordPart: Bool { isASCIIWordPart || (!isASCII && properties.isAlphabetic) }
}
