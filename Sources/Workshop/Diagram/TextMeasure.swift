import TerminalKit

/// A text of a diagram: how wide it is, and how wide it must at least be for its words to stay whole.
struct TextMeasure: Hashable, Sendable {
    /// What is longer than this is cut, whatever it is.
    static let longestWord = 60

    let lines: [String]
    /// Of its widest line, in columns.
    let width: Int
    /// Of its longest word.
    let word: Int

    init(_ text: String) {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            // One plain word, as most labels are.
            lines = text.isEmpty ? [] : [text]
            width = text.utf8.count
            word = min(width, Self.longestWord)
            return
        }
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Self.trimmed)
        width = lines.map(Text.width).max() ?? 0
        var word = 0
        for line in lines {
            for part in line.split(separator: " ") { word = max(word, Self.unbreakable(String(part))) }
        }
        self.word = min(word, Self.longestWord)
    }

    /// Columns of the longest stretch without a wide character: lines may be broken beside those.
    private static func unbreakable(_ word: String) -> Int {
        if word.utf8.count == word.unicodeScalars.count { return word.utf8.count }
        var longest = 0
        var stretch = 0
        for character in word {
            let width = Text.width(String(character))
            stretch = width > 1 ? 0 : stretch + width
            longest = max(longest, stretch, width)
        }
        return longest
    }

    /// Columns that it takes where it is wrapped to so many.
    func width(wrappedTo cap: Int) -> Int { max(min(width, cap), word) }

    /// Its lines, wrapped to so many columns or to its longest word.
    func wrapped(to cap: Int) -> [String] {
        let cap = max(cap, word, 1)
        if width <= cap { return lines }
        return lines.flatMap { Self.wrap($0, to: cap) }
    }

    /// Words stay whole, those with hyphens too, as long as they fit; wide characters part anywhere.
    private static func wrap(_ line: String, to cap: Int) -> [String] {
        var lines: [String] = []
        var last = ""
        for word in line.split(separator: " ").map(String.init) {
            let longer = last.isEmpty ? word : "\(last) \(word)"
            if Text.width(longer) <= cap {
                last = longer
                continue
            }
            let isWhole = unbreakable(word) == Text.width(word) && Text.width(word) <= cap
            let parts = isWhole ? [last, word] : Text.wrap(longer, to: cap).map(trimmed)
            lines += parts.dropLast()
            last = parts.last ?? ""
        }
        return lines + [last]
    }

    /// Without blanks at either end.
    private static func trimmed(_ text: some StringProtocol) -> String {
        guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return String(text) }
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
