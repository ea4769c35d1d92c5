/// `participant`, `actor`, `create`, `destroy`, `box`.
extension DiagramParser {
    mutating func readParticipant(
        _ kind: Participant.Kind, from start: Int, isCreated: Bool
    ) throws(DiagramProblem) {
        let named = cursor.index
        let id = try takeDeclaredName(after: kind.rawValue)
        let position = cursor.source.position(start)
        if isCreated, columns.contains(id) {
            throw problem(
                "\(id.quoted) exists already and cannot be created", from: named,
                suggestion: "create it under another name, with the same label: as \(columns[id]?.label ?? id)")
        }
        if columns.openBox != nil, let other = columns.otherBox(holding: id) {
            let name = other.isEmpty ? "another box" : "the box \(other.quoted)"
            throw problem("\(id.quoted) is in \(name) already", from: named, suggestion: "a participant has one box")
        }
        if let place = life.destruction(of: id) {
            throw problem("\(id.quoted) was destroyed in line \(place.line)", from: named)
        }
        var settings = ParticipantSettings()
        if cursor.has("@{") { settings = try readSettings() }
        let label = takeAlias() ?? settings.label
        columns.declare(id, label: label, kind: settings.kind ?? kind, isCreated: isCreated)
        columns.addToBox(id)
        checkColumns(from: start)
        if isCreated {
            life.create(id, at: position)
            blocks.append(.create(id))
        }
    }

    mutating func readCreate(from start: Int) throws(DiagramProblem) {
        cursor.skipBlanks()
        let range = cursor.word
        let word = String(String.UnicodeScalarView(cursor.text(range))).lowercased()
        guard let kind = [Participant.Kind.participant, .actor].first(where: { $0.rawValue == word }) else {
            cursor.move(to: range.upperBound)
            throw problem(
                "expected \"participant\" or \"actor\" after \"create\"", from: start,
                suggestion: "write create participant and its name")
        }
        cursor.move(to: range.upperBound)
        try life.checkNothingPending()
        try readParticipant(kind, from: start, isCreated: true)
    }

    mutating func readDestroy(from start: Int) throws(DiagramProblem) {
        let id = try takeDeclaredName(after: "destroy")
        try mention(id, from: start)
        try life.destroy(id, at: cursor.source.position(start))
        blocks.append(.destroy(id))
    }

    mutating func readBox(from start: Int) {
        let position = cursor.source.position(start)
        let written = DiagramText.trimmed(cursor.takeRest())
        let (colour, rest) = BoxColour.split(written).map { (Optional($0.colour), $0.rest) } ?? (nil, written)
        let box = ParticipantBox(label: DiagramText.label(rest), colour: colour, participants: [])
        columns.openBox = DiagramColumns.OpenBox(box: box, position: position)
    }

    /// `@{ "type": "database", "alias": "Orders" }`, over any number of lines.
    private mutating func readSettings() throws(DiagramProblem) -> ParticipantSettings {
        let start = cursor.index
        cursor.advance(2)
        let body = cursor.index
        while let next = cursor.next, next != "}" { cursor.advance() }
        guard !cursor.isAtEnd else {
            cursor.move(to: body)
            throw problem("the settings have no end", from: start, suggestion: "close them with }")
        }
        let settings = ParticipantSettings(cursor.text(body..<cursor.index))
        cursor.advance()
        if let type = settings.unknownKind {
            let near = Nearest.word(to: type, in: Participant.Kind.allCases.map(\.rawValue))
            let known = Participant.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem(
                "there is no type \(type.quoted) of participants", from: start,
                suggestion: near.map { "did you mean \"\($0)\"?" } ?? "known: \(known)")
        }
        return settings
    }
}

/// What stands in the braces behind a participant's name. Keys but `type` and `alias` have no meaning here.
struct ParticipantSettings {
    var kind: Participant.Kind?
    var label: String?
    var unknownKind: String?

    init() {}

    init(_ body: ArraySlice<Unicode.Scalar>) {
        for part in Self.parts(body) {
            guard let colon = part.firstIndex(of: ":") else { continue }
            let key = Self.unquoted(part[..<colon])
            let value = Self.unquoted(part[(colon + 1)...])
            if key == "type" {
                kind = Participant.Kind(rawValue: value)
                if kind == nil { unknownKind = value }
            } else if key == "alias" {
                label = value
            }
        }
    }

    /// Apart at commas and line feeds that stand in no quotes.
    private static func parts(_ body: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
        var quote: Unicode.Scalar?
        return body.split { scalar in
            if let open = quote {
                if scalar == open { quote = nil }
                return false
            }
            if scalar == "\"" || scalar == "'" { quote = scalar }
            return scalar == "," || scalar == "\n"
        }
    }

    private static func unquoted(_ written: ArraySlice<Unicode.Scalar>) -> String {
        var rest = DiagramText.trimmed(written)
        if rest.count > 1, let mark = rest.first, mark == "\"" || mark == "'", rest.last == mark {
            rest = rest.dropFirst().dropLast()
        }
        return DiagramText.decoded(rest, breaks: true)
    }
}
