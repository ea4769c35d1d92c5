/// Names of participants, where a statement has one.
extension DiagramParser {
    /// A name before or behind an arrow, in a note or a link: it ends at signs that arrows and texts are made of, and
    /// cannot be a word of the language.
    mutating func takeName(_ purpose: String) throws(DiagramProblem) -> String {
        cursor.skipBlanks()
        let start = cursor.index
        let keyword = Self.lowercased(cursor.text(cursor.word))
        if Keyword.reserved.contains(keyword) {
            let word = String(String.UnicodeScalarView(cursor.text(cursor.word)))
            cursor.move(to: cursor.word.upperBound)
            throw problem(
                "\"\(word)\" is a word of the language and cannot name a participant here", from: start,
                suggestion: "use another name, or write it \(EscapedText.code(word))")
        }
        while let next = cursor.next, !Self.endsName(next) {
            if let end = cursor.entityEnd(at: cursor.index) {
                cursor.move(to: end)
            } else if next == "#" {
                break
            } else if next == "-" {
                guard takeDashesInName() else { break }
            } else {
                cursor.advance()
            }
        }
        let name = DiagramText.name(cursor.text(start..<cursor.index))
        if name.isEmpty { throw problem("expected \(purpose), not \(found)", from: start) }
        return name
    }

    /// Dashes that belong to a name: not those that begin an arrow. `api-gateway`, but `api-x`.
    private mutating func takeDashesInName() -> Bool {
        for arrow in ["-x", "--x", "-)", "--)"] where cursor.has(arrow) { return false }
        var offset = 0
        while cursor.peek(offset) == "-" { offset += 1 }
        guard let next = cursor.peek(offset), !Self.endsName(next) else { return false }
        if next == "#", cursor.entityEnd(at: cursor.index + offset) == nil { return false }
        cursor.advance(offset)
        return true
    }

    private static func endsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "+", "<", ">", ":", ",", ";", "\n": true
        default: false
        }
    }

    /// The name in a line that declares, ends or activates: up to ` as `, `@{` or the end of the statement.
    mutating func takeDeclaredName(after keyword: String) throws(DiagramProblem) -> String {
        cursor.skipBlanks()
        let start = cursor.index
        while !cursor.isAtStatementEnd, !isAtAlias, !(cursor.next == "@" && cursor.peek(1) == "{") {
            if let end = cursor.entityEnd(at: cursor.index) {
                cursor.move(to: end)
                continue
            }
            if let next = cursor.next, next.properties.isWhitespace {
                // Past the whole run: only its beginning can begin an alias.
                cursor.skipBlanks()
                continue
            }
            if let next = cursor.next, "<>:,".unicodeScalars.contains(next) {
                let sign = found
                let place = cursor.index
                cursor.advance()
                throw problem(
                    "\(sign) cannot stand in a name", from: place,
                    suggestion: next == ":" ? "a label follows as: \(keyword) A as Label" : nil)
            }
            cursor.advance()
        }
        let written = DiagramText.trimmed(cursor.text(start..<cursor.index))
        if written.isEmpty { throw problem("expected a name after \"\(keyword)\"", from: start) }
        if written.first == "-" || written.last == "-" {
            throw problem("a name cannot begin or end with a dash", from: start)
        }
        return DiagramText.name(written)
    }

    /// Blanks, `as`, and a blank.
    private var isAtAlias: Bool {
        guard let next = cursor.next, next != "\n", next.properties.isWhitespace else { return false }
        var offset = 0
        while let blank = cursor.peek(offset), blank != "\n", blank.properties.isWhitespace { offset += 1 }
        guard cursor.peek(offset)?.lowercased == "a", cursor.peek(offset + 1)?.lowercased == "s",
            let behind = cursor.peek(offset + 2)
        else { return false }
        return behind != "\n" && behind.properties.isWhitespace
    }

    /// The label behind `as`, or `nil` when there is none.
    mutating func takeAlias() -> String? {
        guard isAtAlias else { return nil }
        cursor.skipBlanks()
        cursor.advance(2)
        return DiagramText.label(cursor.takeRest())
    }

    /// A participant is named: it has a column from here on, unless it is gone.
    mutating func mention(_ id: String, from start: Int) throws(DiagramProblem) {
        if let place = life.destruction(of: id) {
            throw problem(
                "\(id.quoted) was destroyed in line \(place.line)", from: start,
                suggestion: "move that destroy behind its last message")
        }
        columns.mention(id)
        checkColumns(from: start)
    }

    mutating func checkColumns(from start: Int) {
        guard columns.participants.count > DiagramReader.maximumParticipants else { return }
        stop(problem("more than \(DiagramReader.maximumParticipants) participants", from: start))
    }

    private static func lowercased(_ text: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(text.map(\.lowercased)))
    }
}
