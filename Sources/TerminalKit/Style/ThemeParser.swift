/// Where a theme file is wrong, and how to mend it.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// From 1.
    public let line: Int
    public let column: Int
    /// The line itself.
    public let source: String
    public let message: String

    public var description: String {
        var shown = ""
        for cell in CellText(source) { shown.append(cell.character) }
        let place = String(repeating: " ", count: Text.width(String(source.prefix(column - 1)))) + "^"
        return "\(file):\(line):\(column): \(message)\n  \(shown)\n  \(place)"
    }
}

extension Theme {
    /// Reads a theme file's text. Every role must have its line, once.
    public init(parsing text: String, file: String) throws(ThemeError) {
        var parser = ThemeParser(file: file)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            try parser.read(String(line))
        }
        self = try parser.finish()
    }
}

private struct ThemeParser {
    let file: String
    private var number = 0
    private var source = ""
    private var name: String?
    private var page: ResolvedStyle?
    private var looks: [[ResolvedStyle]?] = Array(repeating: nil, count: Role.allCases.count)

    init(file: String) { self.file = file }

    /// A word or field and where it starts, in characters from the line's start.
    private struct Piece {
        var text: Substring
        var column: Int
    }

    private func fail(_ message: String, at column: Int = 1) -> ThemeError {
        ThemeError(file: file, line: max(1, number), column: column, source: source, message: message)
    }

    mutating func read(_ line: String) throws(ThemeError) {
        number += 1
        source = line
        let fields = pieces(of: line, separatedBy: "|")
        let words = pieces(of: fields[0])
        guard let first = words.first, !first.text.hasPrefix("#") else { return }
        switch first.text {
        case "theme":
            guard words.count == 2, fields.count == 1 else { throw fail("expected `theme NAME`") }
            name = String(words[1].text)
        case "page":
            guard fields.count == 1 else { throw fail("expected `page COLOUR on COLOUR`") }
            page = try look(Array(words.dropFirst()), after: first)
        default:
            try readRole(first, words, fields)
        }
    }

    private mutating func readRole(_ first: Piece, _ words: [Piece], _ fields: [Piece]) throws(ThemeError) {
        guard let role = Role.allCases.first(where: { "\($0)" == first.text }) else {
            let known = Role.allCases.map { "\($0)" } + ["theme", "page"]
            throw fail(
                "unknown role `\(first.text)`" + Suggestion.sentence(for: first.text, in: known), at: first.column)
        }
        guard looks[Int(role.rawValue)] == nil else { throw fail("`\(role)` has a line already", at: first.column) }
        guard words.count == 1, fields.count == 5 else {
            throw fail("expected `\(role) | TRUECOLOUR | 256 | 16 | MONO`", at: first.column)
        }
        let full = try look(pieces(of: fields[1]), after: fields[1])
        var row = [full]
        for (field, depth) in [(fields[2], ColourDepth.indexed256), (fields[3], .basic16)] {
            let words = pieces(of: field)
            row.append(words.map(\.text) == ["="] ? full.nearest(at: depth) : try look(words, after: field))
            try check(row[row.count - 1], at: depth, field)
        }
        row.append(try look(pieces(of: fields[4]), after: fields[4]))
        try check(row[3], at: .monochrome, fields[4])
        looks[Int(role.rawValue)] = row
    }

    /// Refuses colours that a depth does not have.
    private func check(_ look: ResolvedStyle, at depth: ColourDepth, _ field: Piece) throws(ThemeError) {
        for colour in [look.foreground, look.background] where colour.nearest(at: depth) != colour {
            let expected =
                switch depth {
                case .monochrome: "`default` and attributes only"
                case .basic16: "one of the 16 names, or `=`"
                default: "a number of the 256, or `=`"
                }
            throw fail("a colour that this column does not have: expected \(expected)", at: field.column)
        }
    }

    /// Reads `[COLOUR [on COLOUR]] [ATTRIBUTE...]`.
    private func look(_ words: [Piece], after field: Piece) throws(ThemeError) -> ResolvedStyle {
        guard let first = words.first else { throw fail("expected a colour or an attribute", at: field.column) }
        var look = ResolvedStyle()
        var rest = words[...]
        if !Attributes.named.contains(where: { $0.name == first.text }) {
            look.foreground = try colour(first)
            rest.removeFirst()
        }
        if rest.first?.text == "on", let on = rest.popFirst() {
            guard let word = rest.popFirst() else { throw fail("expected a colour after `on`", at: on.column) }
            look.background = try colour(word)
        }
        for word in rest {
            guard let attribute = Attributes.named.first(where: { $0.name == word.text }) else {
                let hint = Suggestion.sentence(for: word.text, in: Attributes.named.map(\.name))
                throw fail("unknown attribute `\(word.text)`" + hint, at: word.column)
            }
            look.attributes.insert(attribute.attribute)
        }
        return look
    }

    private func colour(_ word: Piece) throws(ThemeError) -> Colour {
        if word.text == "default" { return .default }
        if let index = Colour.names.firstIndex(of: String(word.text)) { return .indexed(UInt8(index)) }
        if let index = UInt8(word.text) { return .indexed(index) }
        let digits = word.text.dropFirst().compactMap(\.hexDigitValue).map(UInt8.init)
        if word.text.first == "#", word.text.count == 7, digits.count == 6 {
            return .rgb(digits[0] << 4 | digits[1], digits[2] << 4 | digits[3], digits[4] << 4 | digits[5])
        }
        let hint = Suggestion.sentence(for: word.text, in: Colour.names + ["default"])
        throw fail(
            "unknown colour `\(word.text)`\(hint); a colour is `default`, #rrggbb, 0-255 or a name", at: word.column)
    }

    private func pieces(of line: String, separatedBy separator: Character) -> [Piece] {
        var column = 1
        return line.split(separator: separator, omittingEmptySubsequences: false).map { part in
            defer { column += part.count + 1 }
            return Piece(text: part, column: column)
        }
    }

    private func pieces(of field: Piece) -> [Piece] {
        var words: [Piece] = []
        var column = field.column
        var isInside = false
        for index in field.text.indices {
            if field.text[index].isWhitespace {
                isInside = false
            } else if isInside {
                let start = words[words.count - 1].text.startIndex
                words[words.count - 1].text = field.text[start...index]
            } else {
                words.append(Piece(text: field.text[index...index], column: column))
                isInside = true
            }
            column += 1
        }
        return words
    }

    func finish() throws(ThemeError) -> Theme {
        guard let name else { throw fail("no line `theme NAME`") }
        guard let page else { throw fail("no line `page COLOUR on COLOUR`") }
        var complete: [[ResolvedStyle]] = []
        for role in Role.allCases {
            guard let row = looks[Int(role.rawValue)] else { throw fail("no line for the role `\(role)`") }
            complete.append(row)
        }
        return Theme(name: name, page: page, looks: complete)
    }
}

extension ResolvedStyle {
    func nearest(at depth: ColourDepth) -> ResolvedStyle {
        ResolvedStyle(
            foreground: foreground.nearest(at: depth), background: background.nearest(at: depth),
            attributes: attributes)
    }
}

extension Attributes {
    /// In the order in which they are written.
    static let named: [(attribute: Attributes, name: String)] = [
        (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
    ]
}
