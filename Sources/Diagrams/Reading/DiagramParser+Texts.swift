/// Titles, descriptions and links.
extension DiagramParser {
    mutating func readTitle() {
        cursor.skipBlanks()
        _ = cursor.take(":")
        setTitle(DiagramText.label(cursor.takeRest()))
    }

    /// The whole line: semicolons and `#` do not end it.
    mutating func readAccessibleTitle() {
        let text = takeLineBehindColon()
        accessibleTitle = text.isEmpty ? nil : text
    }

    /// `accDescr: text`, or `accDescr { text }` over several lines.
    mutating func readAccessibleDescription(from start: Int) throws(DiagramProblem) {
        cursor.skipBlanks()
        guard cursor.take("{") else {
            let text = takeLineBehindColon()
            accessibleDescription = text.isEmpty ? nil : text
            return
        }
        let body = cursor.index
        while let next = cursor.next, next != "}" { cursor.advance() }
        guard !cursor.isAtEnd else {
            cursor.move(to: body)
            throw problem("the description has no end", from: start, suggestion: "close it with }")
        }
        let text = DiagramText.trimmed(cursor.text(body..<cursor.index))
        cursor.advance()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(DiagramText.name)
        accessibleDescription = text.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private mutating func takeLineBehindColon() -> String {
        cursor.skipBlanks()
        _ = cursor.take(":")
        let start = cursor.index
        cursor.skipLine()
        return DiagramText.name(cursor.text(start..<cursor.index))
    }

    /// `link A: label @ address`, `links A: {"label": "address"}`; `properties` and `details` name somebody, no more.
    mutating func readLink(_ keyword: Keyword, from start: Int) throws(DiagramProblem) {
        let id = try takeName("the name of a participant")
        columns.mention(id)
        checkColumns(from: start)
        cursor.skipBlanks()
        guard cursor.take(":") else {
            throw problem("expected a colon after \(id.quoted), not \(found)", from: start)
        }
        let text = cursor.index
        let rest = DiagramText.trimmed(cursor.takeRest())
        switch keyword {
        case .link:
            guard let sign = rest.firstIndex(of: "@") else {
                throw problem(
                    "a link needs a label and an address", from: text,
                    suggestion: "write link \(id): Label @ https://...")
            }
            let link = Participant.Link(
                label: DiagramText.label(rest[..<sign]), address: DiagramText.name(rest[(sign + 1)...]))
            columns.link(id, [link])
        case .links:
            guard let links = LinkTable.read(rest) else {
                throw problem(
                    "expected addresses by their labels, in quotes", from: text,
                    suggestion: "write links \(id): {\"Label\": \"https://...\"}")
            }
            columns.link(id, links)
        default: break
        }
    }
}

/// `{"label": "address", ...}`.
enum LinkTable {
    static func read(_ written: ArraySlice<Unicode.Scalar>) -> [Participant.Link]? {
        var rest = DiagramText.trimmed(written)
        guard take("{", &rest) else { return nil }
        var links: [Participant.Link] = []
        if take("}", &rest) { return rest.isEmpty ? links : nil }
        repeat {
            guard let label = takeString(&rest), take(":", &rest), let address = takeString(&rest) else { return nil }
            links.append(Participant.Link(label: label, address: address))
        } while take(",", &rest)
        return take("}", &rest) && rest.isEmpty ? links : nil
    }

    private static func take(_ sign: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
        rest = rest.drop { $0.properties.isWhitespace }
        guard rest.first == sign else { return false }
        rest.removeFirst()
        return true
    }

    private static func takeString(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
        guard take("\"", &rest) else { return nil }
        var text: [Unicode.Scalar] = []
        while let scalar = rest.popFirst() {
            if scalar == "\"" { return DiagramText.decoded(text[...], breaks: false) }
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            guard let escaped = rest.popFirst() else { return nil }
            switch escaped {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "u":
                let digits = String(String.UnicodeScalarView(rest.prefix(4)))
                guard let code = UInt32(digits, radix: 16), let unicode = Unicode.Scalar(code) else { return nil }
                text.append(unicode)
                rest = rest.dropFirst(4)
            default: text.append(escaped)
            }
        }
        return nil
    }
}
