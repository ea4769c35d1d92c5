/// Finds the terms of a glossary in a text, singular or plural, whatever the case and the accents.
struct TermFinder {
    /// Names of terms by their first word, the longest first: `circuit breaker` before `circuit`.
    private var names: [String: [(words: [String], id: String)]] = [:]

    init(_ glossary: Glossary, _ language: Language) {
        for term in glossary.terms {
            for name in term.wordings(language) {
                let words = Self.words(of: name)
                if let first = words.first { names[first, default: []].append((words, term.id)) }
            }
        }
        for key in names.keys { names[key]?.sort { ($1.words.count, $0.id) < ($0.words.count, $1.id) } }
    }

    /// The ids of the terms, in the order in which the text first has them.
    func terms(in text: String) -> [String] {
        let words = Self.words(of: text)
        var found: [String] = []
        var place = 0
        while place < words.count {
            let here = words[place...]
            let name = names[words[place]]?.first { here.starts(with: $0.words) }
            if let name, !found.contains(name.id) { found.append(name.id) }
            place += name?.words.count ?? 1
        }
        return found
    }

    private static func words(of text: String) -> [String] {
        text.folded.split { !$0.isLetter && !$0.isNumber }.map { stem(String($0)) }
    }

    /// `caches`, `caché` and `cachés` are one word, and so are `retry` and `retries`, `petición` and `peticiones`.
    private static func stem(_ word: String) -> String {
        guard word.count > 3 else { return word }
        var word = word
        if word.hasSuffix("s") { word.removeLast() }
        if word.hasSuffix("e") { word.removeLast() }
        if word.hasSuffix("y") { word = word.dropLast() + "i" }
        return word
    }
}
