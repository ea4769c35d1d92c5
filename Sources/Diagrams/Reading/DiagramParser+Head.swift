/// What stands before the first statement: front matter, directives, comments, `sequenceDiagram`.
extension DiagramParser {
    mutating func readHead() throws(DiagramProblem) {
        skipBlankLines()
        try readFrontMatter()
        while true {
            skipBlankLines()
            if cursor.has("%%{") {
                try skipDirective()
            } else if cursor.has("%%") {
                readComment()
            } else {
                break
            }
        }
        let start = cursor.index
        let word = String(String.UnicodeScalarView(cursor.text(cursor.word)))
        cursor.advance(max(1, word.unicodeScalars.count))
        if word == "sequenceDiagram" { return }
        throw problem(
            "expected \"sequenceDiagram\" in the first line", from: start, suggestion: Self.headSuggestion(word))
    }

    private static func headSuggestion(_ word: String) -> String {
        let others = [
            "graph", "flowchart", "classDiagram", "stateDiagram", "erDiagram", "gantt", "pie", "journey", "gitGraph",
            "mindmap", "timeline", "zenuml", "block", "architecture", "C4Context", "quadrantChart",
            "requirementDiagram",
        ]
        if others.contains(word) { return "this is another kind of diagram; only sequence diagrams are read" }
        if Nearest.word(to: word, in: ["sequenceDiagram"]) != nil { return "did you mean \"sequenceDiagram\"?" }
        return "write it on a line of its own before this one"
    }

    mutating func skipBlankLines() {
        while let next = cursor.next, next.properties.isWhitespace { cursor.advance() }
    }

    /// Between two lines of `---`: YAML, of which the title counts.
    private mutating func readFrontMatter() throws(DiagramProblem) {
        guard isFence else { return }
        let start = cursor.index
        cursor.skipLine()
        while !cursor.isAtEnd {
            cursor.advance()
            if isFence {
                cursor.skipLine()
                return
            }
            let line = cursor.index
            cursor.skipLine()
            readFrontMatterLine(cursor.text(line..<cursor.index))
        }
        cursor.move(to: start + 3)
        throw problem("the front matter has no end", from: start, suggestion: "close it with a line of ---")
    }

    private var isFence: Bool {
        var offset = 0
        while cursor.peek(offset) == "-" { offset += 1 }
        guard offset == 3 else { return false }
        while let next = cursor.peek(offset), next != "\n" {
            guard next.properties.isWhitespace else { return false }
            offset += 1
        }
        return true
    }

    private mutating func readFrontMatterLine(_ line: ArraySlice<Unicode.Scalar>) {
        let key = "title:".unicodeScalars
        guard line.starts(with: key) else { return }
        var value = DiagramText.trimmed(line.dropFirst(key.count))
        if let mark = value.first, mark == "\"" || mark == "'", value.count > 1, value.last == mark {
            value = value.dropFirst().dropLast()
        }
        setTitle(DiagramText.decoded(value, breaks: false))
    }

    /// `%%{ ... }%%`, over any number of lines.
    mutating func skipDirective() throws(DiagramProblem) {
        let start = cursor.index
        while !cursor.isAtEnd {
            if cursor.next == "}", cursor.has("}%%") {
                cursor.advance(3)
                return
            }
            cursor.advance()
        }
        cursor.move(to: start + 3)
        throw problem("the directive has no end", from: start, suggestion: "close it with }%%")
    }

    mutating func readComment() {
        let start = cursor.index
        while cursor.next == "%" { cursor.advance() }
        if cursor.index == start { cursor.advance() }
        let text = cursor.index
        cursor.skipLine()
        blocks.append(.comment(DiagramText.name(cursor.text(text..<cursor.index))))
    }

    /// An empty title is none.
    mutating func setTitle(_ text: String) {
        title = text.isEmpty ? nil : text
    }
}
