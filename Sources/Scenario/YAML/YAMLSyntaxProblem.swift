import Yams

/// The parser's errors in words for people who do not know the parser.
enum YAMLSyntaxProblem {
    static func problem(for error: any Error, file: String, place: (Yams.Mark) -> SourceMark) -> Problem {
        guard let error = error as? YamlError else { return Problem(file: file, message: "not YAML") }
        switch error {
        case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _),
            .composer(let context, let text, let mark, _):
            return problem(text, began: context.map { place($0.mark) }, mark: place(mark))
        case .reader(let text, _, _, _):
            return Problem(file: file, message: "not readable as YAML: \(text)")
        default:
            return Problem(file: file, message: "not YAML")
        }
    }

    private static func problem(_ text: String, began: SourceMark?, mark: SourceMark) -> Problem {
        let mark = lastPlace(mark)
        if text.contains("unexpected end of stream"), let began {
            return began.problem("this quote is not closed", suggestion: "end the text with the same quote")
        }
        let line = mark.source.lines[mark.line - 1].unicodeScalars
        let here = line.dropFirst(mark.column - 1).first
        if text.contains("cannot start any token") {
            if here == "\t" { return mark.problem("a tab cannot indent a line", suggestion: "use spaces") }
            return mark.problem("a value cannot start with this character", suggestion: "put the text in quotes")
        }
        // A colon further down belongs to what comes after a mapping that was not closed.
        if here == ":", text.contains("did not find expected ','"), began?.line == mark.line,
            let value = value(round: mark)
        {
            return mark.problem(
                "a text with a colon needs quotes here", suggestion: "write \"\(value)\"")
        }
        if text.contains("undefined alias") {
            return mark.problem(YAMLGuard.noAliases, suggestion: "write the value out, or put the text in quotes")
        }
        if text.contains("another document") {
            return mark.problem("a file holds one document", suggestion: "remove the line ---")
        }
        if let known = known.first(where: { text.contains($0.part) }) {
            return mark.problem(known.message, suggestion: known.suggestion ?? opened(began))
        }
        return mark.problem("not YAML: \(text)", suggestion: opened(began))
    }

    /// The text that somebody meant who wrote a colon into it: from the colon before it to the comma or brace behind.
    private static func value(round mark: SourceMark) -> String? {
        let line = Array(mark.source.lines[mark.line - 1].unicodeScalars)
        let before = line.prefix(mark.column - 1)
        let start = before.lastIndex { "{[,:".unicodeScalars.contains($0) }.map { $0 + 1 } ?? 0
        let rest = line.dropFirst(mark.column - 1)
        let end = rest.firstIndex { "}],".unicodeScalars.contains($0) } ?? line.count
        let words = String(String.UnicodeScalarView(line[start..<end])).split(separator: " ")
        let text = words.joined(separator: " ")
        return words.isEmpty || text.contains("\"") || text.contains("\\") ? nil : text
    }

    /// The end of the last line that has anything, for what is missing at the end of the file.
    private static func lastPlace(_ mark: SourceMark) -> SourceMark {
        let lines = mark.source.lines
        guard mark.line > lines.count || lines[(mark.line - 1)...].allSatisfy(\.isEmpty),
            let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return mark }
        return mark.source.mark(line: last + 1, column: lines[last].unicodeScalars.count + 1)
    }

    /// Where the thing that did not end began.
    private static func opened(_ mark: SourceMark?) -> String? {
        mark.map { "it began in line \($0.line), column \($0.column)" }
    }

    private static let known: [(part: String, message: String, suggestion: String?)] = [
        ("did not find expected ',' or ']'", "this list does not go on or end here", nil),
        ("did not find expected ',' or '}'", "this mapping does not go on or end here", nil),
        ("did not find expected key", "this line does not fit the ones above", "indent it as its neighbours are"),
        ("did not find expected '-'", "this line does not fit the list above", "begin it with - or indent it"),
        (
            "mapping values are not allowed", "a key: value cannot stand here",
            "check the indentation, or put the text in quotes"
        ),
        ("block sequence entries are not allowed", "a list item cannot stand here", "put it on a line of its own"),
        ("could not find expected ':'", "a key needs a colon after it", "write key: value"),
        ("unknown escape character", "this escape is not known", "use single quotes for text with backslashes"),
        ("Maximum nesting level", "more than \(YAMLParser.maximumDepth) levels deep", "use fewer levels"),
    ]
}
