extension Frame {
    /// The frame as a terminal shows it that knows ASCII only: accents dropped, `?` for what has no likeness.
    ///
    /// Every cell keeps its place and its style. Views choose their ``Glyphs`` by repertoire; this is for their text.
    public func inASCII() -> Frame {
        guard cells.contains(where: { !$0.character.isASCII }) else { return self }
        var frame = self
        for y in 0..<size.height {
            for x in 0..<size.width where !self[x, y].character.isASCII {
                let cell = self[x, y]
                let likeness = String(repeating: Text.likeness(of: cell.character), count: Int(cell.width))
                frame.write(likeness, x: x, y: y, style: cell.style)
            }
        }
        return frame
    }
}

extension Text {
    /// The text as a terminal shows it that knows ASCII only; see ``Frame/inASCII()``. Line feeds stay.
    public static func inASCII(_ text: String) -> String {
        String(text.map { $0.isASCII ? $0 : likeness(of: $0) })
    }

    fileprivate static func likeness(of character: Character) -> Character {
        if let known = likenesses[character] { return known }
        // A letter and its marks, written apart.
        guard let base = character.unicodeScalars.first, base.isASCII else { return "?" }
        return Character(base)
    }

    private static let likenesses: [Character: Character] = Dictionary(
        uniqueKeysWithValues: zip(
            "áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ¡¿–—−‘’“”«»…·•×→←↑↓±≤≥≈²³ªºµλ✓✗",
            "aaaaaaeeeeiiiiooooouuuuncAAAAAAEEEEIIIIOOOOOUUUUNC!?---''\"\"\"\"~.*x><^v+<>~23aoul+x"))
}
