import Scenario

/// A comment of a text, as it is written: `<!-- ... -->`. Its first word says what it is.
struct LessonComment {
    /// What a comment can be; any other is for authors.
    enum Kind: String, CaseIterable, Sendable {
        /// A condition that the text beside it relies on.
        case claim
        /// For the speaker.
        case notes
    }

    /// What a comment or a line of it begins with: a word, and perhaps a colon.
    struct Head {
        var word: Substring
        var hasColon: Bool
        /// What stands behind the word and its colon.
        var rest: Substring

        init?(_ text: Substring) {
            // Some write `<!--- ... --->`.
            word = text.drop { $0.isWhitespace || $0 == "-" }.prefix { $0.isLetter }
            if word.isEmpty { return nil }
            rest = text[word.endIndex...].drop { $0.isWhitespace }
            hasColon = rest.first == ":"
            if hasColon { rest = rest.dropFirst().drop { $0.isWhitespace } }
        }

        /// However its letters are written, and with blanks before the colon.
        var kind: Kind? { hasColon ? Kind(rawValue: word.lowercased()) : nil }
    }

    /// A line of a comment, without the blanks around it.
    struct Line {
        var text: String
        var number: Int
        /// Where it begins, from 1, in Unicode scalars.
        var column: Int
    }

    /// A piece of a comment, over one or several lines.
    struct Passage {
        var lines: [Line]

        var text: String { lines.map(\.text).joined(separator: " ") }

        /// The place of a letter of the text, from 0.
        func mark(at offset: Int, in source: SourceText, length: Int = 1) -> SourceMark {
            var rest = offset
            for line in lines.dropLast() {
                let count = line.text.unicodeScalars.count
                if rest <= count { return source.mark(line: line.number, column: line.column + rest, length: length) }
                rest -= count + 1
            }
            let last = lines.last
            return source.mark(line: last?.number ?? 1, column: (last?.column ?? 1) + rest, length: length)
        }
    }

    /// Those with words.
    private(set) var lines: [Line] = []
    /// Whether its end is there before the next comment begins.
    private(set) var isClosed = false

    var head: Head? { lines.first.flatMap { Head($0.text[...]) } }
    var kind: Kind? { head?.kind }

    /// The claims in it: each from behind its colon to the next one, or to the end.
    var claims: [Passage] {
        var claims: [Passage] = []
        for line in lines {
            if let head = Head(line.text[...]), head.kind == .claim {
                let skipped = line.text[..<head.rest.startIndex].unicodeScalars.count
                let first = Line(text: String(head.rest), number: line.number, column: line.column + skipped)
                claims.append(Passage(lines: [first]))
            } else if !claims.isEmpty {
                claims[claims.count - 1].lines.append(line)
            }
        }
        return claims
    }

    /// The comments of a text, in their order. What stands in code is none.
    static func all(in lines: [String]) -> [LessonComment] {
        var comments: [LessonComment] = []
        var open: LessonComment?
        var fence: Fence?
        for (index, line) in lines.enumerated() {
            if open == nil {
                if let outer = fence {
                    if outer.isClosed(by: line) { fence = nil }
                    continue
                }
                fence = Fence(line)
                if fence != nil { continue }
            }
            var rest = line[...]
            while true {
                let start = rest.firstRange(of: "<!--")
                if var comment = open {
                    let end = rest.firstRange(of: "-->")
                    let isCutOff = start.map { $0.lowerBound < end?.lowerBound ?? rest.endIndex } ?? false
                    let stop = isCutOff ? start?.lowerBound : end?.lowerBound
                    comment.isClosed = end != nil && !isCutOff
                    comment.add(rest[..<(stop ?? rest.endIndex)], of: line, number: index + 1)
                    guard let stop else {
                        open = comment
                        break
                    }
                    comments.append(comment)
                    open = nil
                    rest = isCutOff ? rest[stop...] : rest[(end?.upperBound ?? stop)...]
                } else {
                    guard let start else { break }
                    let isCode = !line[..<start.lowerBound].count { $0 == "`" }.isMultiple(of: 2)
                    if !isCode { open = LessonComment() }
                    rest = rest[start.upperBound...]
                }
            }
        }
        return comments + [open].compactMap(\.self)
    }

    private mutating func add(_ piece: Substring, of line: String, number: Int) {
        let isFirst = lines.isEmpty
        var text = piece.drop { $0.isWhitespace || isFirst && $0 == "-" }
        while let last = text.last, last.isWhitespace || isClosed && last == "-" { text.removeLast() }
        if text.isEmpty { return }
        let column = line[..<text.startIndex].unicodeScalars.count + 1
        lines.append(Line(text: String(text), number: number, column: column))
    }
}
