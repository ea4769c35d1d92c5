extension String {
    /// Without the blanks at its ends.
    var trimmingBlanks: String {
        guard first == " " || last == " " else { return self }
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    /// The text as searches compare it: small letters without accents. Each letter stays one letter.
    var folded: String { String(lowercased().map { Self.plainLetters[$0] ?? $0 }) }

    private static let plainLetters: [Character: Character] = {
        let families: [(Character, String)] = [
            ("a", "áàâäãå"), ("e", "éèêë"), ("i", "íìîï"), ("o", "óòôöõ"), ("u", "úùûü"), ("n", "ñ"),
            ("c", "ç"),
        ]
        var letters: [Character: Character] = [:]
        for (plain, accented) in families { for letter in accented { letters[letter] = plain } }
        return letters
    }()
}

/// What somebody looks for: words, all of which a text must have, in any order.
struct SearchQuery: Hashable, Sendable {
    let words: [String]

    init(_ text: String) { words = text.folded.split { $0 == " " }.map(String.init) }

    var isEmpty: Bool { words.isEmpty }

    func matches(_ text: String) -> Bool {
        let text = text.folded
        return words.allSatisfy { text.contains($0) }
    }
}
