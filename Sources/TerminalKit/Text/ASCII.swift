extension Frame {
    /// The frame as a terminal shows it that knows ASCII only: accents dropped, other alphabets in Latin letters, `?`
    /// for what has no likeness.
    ///
    /// Every cell keeps its place and its style. Views choose their ``Glyphs`` by repertoire; this is for their text.
    public func inASCII() -> Frame {
        guard cells.contains(where: { !$0.character.isASCII }) else { return self }
        var frame = self
        for y in 0..<size.height {
            for x in 0..<size.width where !self[x, y].character.isASCII {
                let cell = self[x, y]
                let likeness = Text.likeness(of: cell.character, columns: Int(cell.width))
                frame.write(Text.pad(likeness, to: Int(cell.width)), x: x, y: y, style: cell.style)
            }
        }
        return frame
    }
}

extension Text {
    /// The text as a terminal shows it that knows ASCII only; see ``Frame/inASCII()``. Line feeds stay. No line gets
    /// wider.
    public static func inASCII(_ text: String) -> String {
        text.map { $0.isASCII ? String($0) : likeness(of: $0, columns: width(String($0))) }.joined()
    }

    /// Whether a terminal that knows ASCII only shows something like it, not `?`.
    public static func hasLikeness(_ character: Character) -> Bool {
        guard likenesses[character] == nil, let base = character.unicodeScalars.first else { return true }
        return base.isASCII || Transcription.letters(of: base) != nil
    }

    /// At most so many characters.
    fileprivate static func likeness(of character: Character, columns: Int) -> String {
        if let known = likenesses[character] { return String(repeating: known, count: columns) }
        guard let base = character.unicodeScalars.first else { return "" }
        // A letter and its marks, written apart.
        if base.isASCII { return String(repeating: Character(base), count: columns) }
        return Transcription.letters(of: base).map { String($0.prefix(columns)) }
            ?? String(repeating: "?", count: columns)
    }

    private static let likenesses: [Character: Character] = Dictionary(
        uniqueKeysWithValues: zip(
            "áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ¡¿–—−‘’“”«»…·•×→←↑↓±≤≥≈²³ªºµλ€°✓✗ー",
            "aaaaaaeeeeiiiiooooouuuuncAAAAAAEEEEIIIIOOOOOUUUUNC!?---''\"\"\"\"~.*x><^v+<>~23aoulEo+x-"))
}
