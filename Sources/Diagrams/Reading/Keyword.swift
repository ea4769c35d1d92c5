/// The words with which a line may begin. Mermaid reads them in any case.
enum Keyword: String, CaseIterable {
    case participant, actor, create, destroy, box
    case loop, alt, opt, par, critical, rect
    case parOver = "par_over"
    case `break` = "break"
    case `else` = "else"
    case and, option, end
    case note, activate, deactivate, autonumber
    case title
    case accTitle = "acctitle"
    case accDescr = "accdescr"
    case link, links, properties, details
    case sequenceDiagram = "sequencediagram"

    /// As people write it.
    var written: String {
        switch self {
        case .accTitle: "accTitle"
        case .accDescr: "accDescr"
        case .sequenceDiagram: "sequenceDiagram"
        default: rawValue
        }
    }

    /// Words that Mermaid takes for its own wherever a message or a note names a participant.
    static let reserved: Set<String> = Set(allCases.map(\.rawValue)).subtracting(["title", "acctitle", "accdescr"])
        .union(["over", "off"])

    /// The word that someone probably meant, or `nil` when none is near.
    static func nearest(to word: String) -> String? {
        Nearest.word(to: word, in: allCases.map(\.written))
    }
}

/// Finds what someone probably meant.
enum Nearest {
    static func word(to written: String, in known: [String]) -> String? {
        let letters = Array(written.lowercased().unicodeScalars.prefix(32))
        var best: (distance: Int, word: String)?
        for candidate in known {
            let other = Array(candidate.lowercased().unicodeScalars)
            let allowed = max(1, min(letters.count, other.count) / 3)
            guard abs(letters.count - other.count) <= allowed else { continue }
            let distance = distance(letters, other)
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). O(n·m).
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var distance = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    distance = min(distance, beforeLast[j - 1] + 1)
                }
                row.append(distance)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
