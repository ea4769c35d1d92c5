/// Refuses text that would make the YAML parser slow, or a terminal misbehave, before the parser sees it.
enum YAMLGuard {
    /// Far more than any scenario or lesson needs.
    static let maximumBytes = 1 << 20
    /// Explicit keys (`? key`) may hold whole trees, which the parser hashes at each level.
    private static let maximumExplicitKeys = 8
    /// Each value but the first comes after one of these, so they bound the work of parsing.
    private static let separators = Set(",[]{}:-\n".utf8)
    private static let maximumSeparators = 100_000

    /// The text of a file's bytes, when they are UTF-8 text of a reasonable size.
    static func text(_ bytes: some Collection<UInt8>, file: String) -> Result<String, ScenarioError> {
        guard bytes.count <= maximumBytes else { return .failure(ScenarioError(problems: [tooLarge(file)])) }
        if let text = String(validating: bytes, as: UTF8.self) { return .success(text) }
        let valid = validPrefix(of: bytes)
        let source = SourceText(file: file, text: valid + "\u{fffd}")
        let last = source.lines[source.lines.count - 1]
        let mark = source.mark(line: source.lines.count, column: last.unicodeScalars.count)
        let problem = mark.problem("this byte is not UTF-8 text", suggestion: "save the file as UTF-8")
        return .failure(ScenarioError(problems: [problem]))
    }

    /// The first thing in the text that cannot be accepted, or `nil`. O(n).
    static func problem(in text: String, source: SourceText) -> Problem? {
        if text.utf8.count > maximumBytes { return tooLarge(source.file) }
        if text.utf8.count > maximumSeparators, text.utf8.count(where: separators.contains) > maximumSeparators {
            return Problem(file: source.file, message: "more than \(YAMLParser.maximumNodes) values")
        }
        return controlCharacter(in: source) ?? alias(in: source) ?? explicitKeys(in: source)
    }

    private static func tooLarge(_ file: String) -> Problem {
        Problem(file: file, message: "the file is larger than 1 MiB")
    }

    private static func validPrefix(of bytes: some Collection<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var iterator = bytes.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { text.append(scalar) }
        return String(text)
    }

    private static func controlCharacter(in source: SourceText) -> Problem? {
        for (number, line) in source.lines.enumerated() {
            if line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { continue }
            for (column, scalar) in line.unicodeScalars.enumerated() where !SafeText.isAllowed(scalar) {
                return source.mark(line: number + 1, column: column + 1)
                    .problem("the character \(SafeText.code(scalar)) cannot be used here", suggestion: "remove it")
            }
        }
        return nil
    }

    /// An alias whose anchor is in the text too: a few of them can stand for billions of nodes.
    private static func alias(in source: SourceText) -> Problem? {
        var anchors: Set<String> = []
        for line in source.lines where line.utf8.contains(UInt8(ascii: "&")) {
            for name in names(after: "&", in: line) { anchors.insert(name.text) }
        }
        if anchors.isEmpty { return nil }
        for (number, line) in source.lines.enumerated() where line.utf8.contains(UInt8(ascii: "*")) {
            for name in names(after: "*", in: line) where anchors.contains(name.text) {
                return source.mark(line: number + 1, column: name.column, length: name.text.count + 1)
                    .problem(noAliases, suggestion: "write the value out")
            }
        }
        return nil
    }

    static let noAliases = "anchors (&name) and aliases (*name) cannot be used"

    private static func names(after sign: Unicode.Scalar, in line: String) -> [(text: String, column: Int)] {
        var found: [(text: String, column: Int)] = []
        var open: (text: String, column: Int)?
        for (column, scalar) in line.unicodeScalars.enumerated() {
            let isNamePart =
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || scalar == "_" || scalar == "-"
            if isNamePart {
                open?.text.unicodeScalars.append(scalar)
            } else {
                if let name = open, !name.text.isEmpty { found.append(name) }
                open = scalar == sign ? ("", column + 1) : nil
            }
        }
        if let name = open, !name.text.isEmpty { found.append(name) }
        return found
    }

    private static func explicitKeys(in source: SourceText) -> Problem? {
        var count = 0
        for (number, line) in source.lines.enumerated() where line.utf8.contains(UInt8(ascii: "?")) {
            var previous: Unicode.Scalar = " "
            for (column, scalar) in line.unicodeScalars.enumerated() {
                if scalar == "?", " \t[{,-?:".unicodeScalars.contains(previous) {
                    count += 1
                    if count > maximumExplicitKeys {
                        return source.mark(line: number + 1, column: column + 1)
                            .problem("too many keys written with ?", suggestion: "write key: value")
                    }
                }
                previous = scalar
            }
        }
        return nil
    }
}
