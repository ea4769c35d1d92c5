import Scenario
import TerminalKit
import Trace

extension SessionScript {
    /// Reads a session's file. Throws ``ScenarioError`` with every problem in its place.
    public init(parsing text: String, file: String) throws(ScenarioError) {
        var parser = SessionParser(text: text, file: file)
        self = try parser.script()
    }
}

/// Reads the lines of a session: a head of `key: value` lines, then one action a line. `#` starts a comment.
private struct SessionParser {
    private let source: SourceText
    private var problems: [Problem] = []
    private var head: [String: (value: String, line: Int)] = [:]
    private static let headKeys = ["format", "lesson", "size", "language", "glyphs"]
    private static let verbs = ["key", "at", "resize", "frame", "expect"]
    /// Enough for an hour of keys; a longer file is a mistake.
    private static let maximumLines = 100_000

    init(text: String, file: String) { source = SourceText(file: file, text: text) }

    mutating func script() throws(ScenarioError) -> SessionScript {
        var script = SessionScript(lesson: "", size: Size(width: 80, height: 24), language: .english)
        if source.lines.count > Self.maximumLines { report("the session is longer than \(Self.maximumLines) lines", 1) }
        for (index, line) in source.lines.prefix(Self.maximumLines).enumerated() {
            let words = line.drop { $0 == " " || $0 == "\t" }
            guard let first = words.first, first != "#" else { continue }
            if let colon = headEnd(words) {
                readHead(words, colon, index + 1)
            } else if let action = action(String(words), index + 1) {
                script.lines.append(SessionScript.Line(action, number: index + 1))
            }
        }
        applyHead(to: &script)
        if !problems.isEmpty { throw ScenarioError(problems: problems) }
        return script
    }

    // MARK: Head

    private func headEnd(_ line: Substring) -> Substring.Index? {
        guard let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy(\.isLetter) else { return nil }
        return colon
    }

    private mutating func readHead(_ line: Substring, _ colon: Substring.Index, _ number: Int) {
        let key = String(line[..<colon])
        guard Self.headKeys.contains(key) else {
            return report("unknown key \(SafeText.quoted(key))", number, Suggestion.nearest(to: key, in: Self.headKeys))
        }
        if head[key] != nil { return report("\(key) is given twice", number) }
        head[key] = (String(line[line.index(after: colon)...]).trimmed, number)
    }

    private mutating func applyHead(to script: inout SessionScript) {
        if let format = head["format"], format.value != "\(SessionScript.format)" {
            report("this program reads format \(SessionScript.format), not \(SafeText.quoted(format.value))", format.line)
        } else if head["format"] == nil {
            report("expected `format: \(SessionScript.format)` at the top", 1)
        }
        script.lesson = head["lesson"]?.value ?? ""
        if script.lesson.isEmpty { report("expected `lesson: ID`", head["lesson"]?.line ?? 1) }
        if let size = head["size"] {
            if let parsed = Size(session: size.value) { script.size = parsed } else { report(Self.sizeExpected, size.line) }
        }
        if let language = head["language"] {
            if let parsed = Language(rawValue: language.value) { script.language = parsed } else { report("expected en or es", language.line) }
        }
        if let glyphs = head["glyphs"] {
            if let parsed = GlyphRepertoire(rawValue: glyphs.value) { script.repertoire = parsed } else { report("expected unicode or ascii", glyphs.line) }
        }
    }

    private static let sizeExpected = "expected a size from 1x1 to 500x500, such as 80x24"

    // MARK: Actions

    private mutating func action(_ line: String, _ number: Int) -> SessionScript.Action? {
        let (verb, rest) = line.firstWord
        switch verb {
        case "key": return key(rest, at: nil, number)
        case "at":
            let (time, after) = rest.firstWord
            let (word, name) = after.firstWord
            guard let duration = Duration(written: time), word == "key" else {
                report("expected `at TIME key KEY`, such as `at 1.25s key space`", number)
                return nil
            }
            return key(name, at: .zero.advanced(by: duration), number)
        case "resize":
            guard let size = Size(session: rest) else { report(Self.sizeExpected, number); return nil }
            return .resize(size)
        case "frame":
            let isName = !rest.isEmpty && rest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
            guard isName else { report("expected a name of letters, digits and hyphens", number); return nil }
            return .frame(name: rest)
        case "expect": return expectation(rest, number).map { .expect($0) }
        default:
            report(
                "unknown word \(SafeText.quoted(verb)); a line begins with \(Self.verbs.joined(separator: ", "))", number,
                Suggestion.nearest(to: verb, in: Self.verbs))
            return nil
        }
    }

    private mutating func key(_ name: String, at time: VirtualTime?, _ number: Int) -> SessionScript.Action? {
        guard let key = Key(name) else {
            report("unknown key \(SafeText.quoted(name)); such as a, space, left, enter, ctrl-c", number)
            return nil
        }
        return .key(key, at: time)
    }

    private mutating func expectation(_ text: String, _ number: Int) -> Expectation? {
        let (word, rest) = text.firstWord
        switch word {
        case "text": return quoted(rest, number).map { .text($0, isShown: true) }
        case "no":
            let (what, quote) = rest.firstWord
            guard what == "text" else { report("expected `expect no text \"...\"`", number); return nil }
            return quoted(quote, number).map { .text($0, isShown: false) }
        case "step": return .step(rest)
        case "digest": return .digest(rest)
        case "": report("expected text, no text, step, digest or a condition", number); return nil
        default: return .metric(text)
        }
    }

    private mutating func quoted(_ text: String, _ number: Int) -> String? {
        guard text.count > 2, text.first == "\"", text.last == "\"" else {
            report("expected a text in quotes", number)
            return nil
        }
        return String(text.dropFirst().dropLast())
    }

    private mutating func report(_ message: String, _ line: Int, _ nearest: String? = nil) {
        let text = source.lines[line - 1]
        let column = text.prefix { $0 == " " }.count + 1
        let mark = source.mark(line: line, column: column, length: text.trimmed.unicodeScalars.count)
        problems.append(mark.problem(message, suggestion: nearest.map { "did you mean \"\($0)\"?" }))
    }
}

extension Size {
    /// `80x24`.
    fileprivate init?(session text: String) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (1...500).contains(width), (1...500).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(String(start.reversed().drop { $0 == " " || $0 == "\t" }).reversed())
    }

    /// The text up to the first blank, and what follows the blanks.
    fileprivate var firstWord: (String, String) {
        let word = prefix { $0 != " " }
        return (String(word), String(dropFirst(word.count)).trimmed)
    }
}
