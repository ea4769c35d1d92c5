import Scenario

/// Looks for a text in the rows of a screen or of a panel, and where it is not there for what comes near it.
struct RowSearch {
    struct Row: Hashable {
        /// From 1.
        var number: Int
        var text: String

        /// `row 7: Breaker CLOSED`
        var told: String {
            var text = text.drop { $0 == " " }
            while text.last == " " { text.removeLast() }
            return "row \(number): \(text)"
        }
    }

    /// So many rows say enough.
    private static let most = 3

    private let rows: [Row]

    init(_ rows: [String]) { self.rows = rows.enumerated().map { Row(number: $0.offset + 1, text: $0.element) } }

    func row(with text: String) -> Row? { rows.first { $0.text.contains(text) } }

    /// The rows that come nearest: those with most of its words, whole or nearly; where none has any, the first ones.
    func nearest(to text: String) -> [Row] {
        let wanted = Self.words(text)
        let written = rows.map { (row: $0, words: Self.words($0.text)) }.filter { !$0.words.isEmpty }
        let points = written.map { Self.nearness(of: $0.words, to: wanted) }
        let best = points.max() ?? 0
        return zip(written, points).filter { $0.1 == best }.prefix(Self.most).map { $0.0.row }
    }

    /// Two points for each word that is there, one for a word that is nearly there.
    private static func nearness(of row: [String], to wanted: [String]) -> Int {
        wanted.reduce(0) { sum, word in
            if row.contains(word) { return sum + 2 }
            return sum + (Suggestion.nearest(to: word, in: row) == nil ? 0 : 1)
        }
    }

    /// Letters and digits, and what stands between them.
    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init).filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
}
