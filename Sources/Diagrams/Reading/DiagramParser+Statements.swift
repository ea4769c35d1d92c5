/// Which statement a line holds.
extension DiagramParser {
    mutating func readStatement() throws(DiagramProblem) {
        while let next = cursor.next, next == ";" || next.properties.isWhitespace { cursor.advance() }
        guard let next = cursor.next else { return }
        if next == "%" {
            if cursor.has("%%{") { try skipDirective() } else { readComment() }
            return
        }
        if next == "#", cursor.isAtStatementEnd {
            readComment()
            return
        }
        let start = cursor.index
        if let keyword = takeKeyword() {
            if columns.openBox != nil, ![.participant, .actor, .end].contains(keyword) {
                throw problem(
                    "only participants can stand in a box, not \"\(keyword.written)\"", from: start,
                    suggestion: "close the box with end")
            }
            try read(keyword, from: start)
        } else {
            if columns.openBox != nil {
                cursor.advance()
                throw problem(
                    "only participants can stand in a box", from: start,
                    suggestion: "write participant before a name, or close the box with end")
            }
            try readMessage()
        }
        try expectEnd()
    }

    private mutating func takeKeyword() -> Keyword? {
        let range = cursor.word
        let word = String(String.UnicodeScalarView(cursor.text(range))).lowercased()
        guard let keyword = Keyword(rawValue: word) else { return nil }
        var behind = range.upperBound
        let scalars = cursor.source.scalars
        let isApart = behind >= scalars.count || scalars[behind].properties.isWhitespace
        while behind < scalars.count, scalars[behind] != "\n", scalars[behind].properties.isWhitespace { behind += 1 }
        let next = behind < scalars.count ? scalars[behind] : nil
        switch keyword {
        case .title where !isApart && next != ":": return nil
        case .accTitle where next != ":": return nil
        case .accDescr where next != ":" && next != "{": return nil
        default: break
        }
        cursor.move(to: range.upperBound)
        return keyword
    }

    private mutating func read(_ keyword: Keyword, from start: Int) throws(DiagramProblem) {
        switch keyword {
        case .participant: try readParticipant(.participant, from: start, isCreated: false)
        case .actor: try readParticipant(.actor, from: start, isCreated: false)
        case .create: try readCreate(from: start)
        case .destroy: try readDestroy(from: start)
        case .box: readBox(from: start)
        case .loop: begin(.loop, from: start)
        case .alt: begin(.alt, from: start)
        case .opt: begin(.opt, from: start)
        case .par: begin(.par, from: start)
        case .parOver: begin(.parOver, from: start)
        case .critical: begin(.critical, from: start)
        case .break: begin(.break, from: start)
        case .rect: begin(.rect, from: start)
        case .else, .and, .option: try divide(keyword, from: start)
        case .end: try readEnd(from: start)
        case .note: try readNote(from: start)
        case .activate, .deactivate: try readActivation(keyword, from: start)
        case .autonumber: try readAutonumber(from: start)
        case .title: readTitle()
        case .accTitle: readAccessibleTitle()
        case .accDescr: try readAccessibleDescription(from: start)
        case .link, .links, .properties, .details: try readLink(keyword, from: start)
        case .sequenceDiagram: throw problem("the diagram has begun already", from: start, suggestion: "remove this")
        }
    }

    private mutating func expectEnd() throws(DiagramProblem) {
        cursor.skipBlanks()
        guard !cursor.isAtStatementEnd else {
            if cursor.next == "#" { cursor.skipLine() }
            return
        }
        let start = cursor.index
        let what = found
        cursor.skipLine()
        throw problem("expected the end of the line, not \(what)", from: start)
    }
}
