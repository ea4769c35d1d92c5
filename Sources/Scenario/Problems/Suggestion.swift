/// Finds what someone probably meant.
public enum Suggestion {
    private static let mostCandidates = 500

    /// The known word nearest to a misspelt one, or `nil` when none is near.
    public static func nearest(to word: String, in known: some Sequence<String>) -> String? {
        let written = Array(word.lowercased().unicodeScalars.prefix(64))
        var best: (distance: Int, word: String)?
        for candidate in known.prefix(mostCandidates) {
            let letters = Array(candidate.lowercased().unicodeScalars.prefix(64))
            let allowed = max(1, max(letters.count, written.count) / 3)
            guard abs(letters.count - written.count) <= allowed else { continue }
            let distance = editDistance(written, letters)
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// `did you mean "latency"?`, or the known words when there are few, or nothing.
    public static func sentence(for word: String, in known: [String]) -> String? { text(for: word, in: known)?.en }

    /// The same in both languages.
    static func text(for word: String, in known: [String]) -> LocalizedText? {
        if let near = nearest(to: word, in: known).map(SafeText.quoted) {
            return LocalizedText(en: "did you mean \(near)?", es: "¿Querías decir \(near)?")
        }
        guard !known.isEmpty, known.count <= 12 else { return nil }
        let list = known.joined(separator: ", ")
        return LocalizedText(en: "known: \(list)", es: "se puede escribir: \(list)")
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
    /// (optimal string alignment). O(n·m).
    static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 1...left.count {
            var row = [i]
            row.reserveCapacity(right.count + 1)
            for j in 1...right.count {
                let replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
                var distance = min(last[j] + 1, row[j - 1] + 1, replaced)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    distance = min(distance, beforeLast[j - 2] + 1)
                }
                row.append(distance)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
