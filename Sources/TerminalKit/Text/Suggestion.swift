/// Finds the word that somebody meant.
enum Suggestion {
    /// `; did you mean ...?`, or nothing when no word is near.
    static func sentence(for word: Substring, in known: [String]) -> String {
        guard word.utf8.count <= 80 else { return "" }
        let near = known.map { (word: $0, distance: distance(Array(word), Array($0))) }
        guard let best = near.min(by: { $0.distance < $1.distance }),
            best.distance <= (word.count < 4 ? 1 : max(2, word.count / 3))
        else {
            return ""
        }
        return "; did you mean `\(best.word)`?"
    }

    /// Levenshtein's distance.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (line, character) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in other.indices {
                let change = diagonal + (character == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
