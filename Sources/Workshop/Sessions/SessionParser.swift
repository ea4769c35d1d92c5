import Scenario
import TerminalKit
import Trace

extension SessionScript {
    /// Reads a session's file. Throws ``ScenarioError`` with every problem in its place.
    public init(parsing text: String, file: String) throws(ScenarioError) {
        var parser = SessionParser(text: text, file: file)
        self = try parser.script()
    }

    /// Reads a session's file from its bytes: UTF-8 text of at most 1 MiB.
    public init(bytes: some Collection<UInt8>, file: String) throws(ScenarioError) {
        guard bytes.count <= SessionParser.maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw ScenarioError(problems: [Problem(file: file, message: "the file is not UTF-8 text of at most 1 MiB")])
        }
        try self.init(parsing: text, file: file)
    }

    /// Says at the line of the head that names the lesson what is wrong with it.
    public func located(_ error: ScenarioError) -> ScenarioError {
        guard let mark = marks["lesson"], let first = error.problems.first, error.problems.count == 1, first.line == 0
        else { return error }
        return ScenarioError(problems: [mark.problem(first.message, suggestion: first.suggestion)])
    }

    func unknownStep(_ step: String, in lesson: Lesson) -> ScenarioError {
        let message = "\(lesson.id) has no step \(SafeText.quoted(step))"
        let hint = Suggestion.sentence(for: step, in: lesson.steps.map(\.id))
        return ScenarioError(problems: [
            marks["step"]?.problem(message, suggestion: hint)
                ?? Problem(file: "session", message: message, suggestion: hint)
        ])
    }
}

/// Reads the lines of a session: a head of `key: value` lines, then one action a line. `#` starts a comment.
private struct SessionParser {
    static let maximumBytes = 1 << 20
    private static let headKeys = ["format", "lesson", "step", "size", "language", "glyphs", "motion"]
    private static let verbs = ["key", "at", "cancel", "resize", "frame", "expect"]
    private static let sizeExpected = "expected a size from 1x1 to 1000x1000, such as 80x24"

    /// A part of a line: its text and where it begins, from 0, in Unicode scalars.
    private struct Part {
        var text: String
        var line: Int
        var start: Int

        /// The first word, and what follows the blanks behind it.
        var split: (Part, Part) {
            let word = text.unicodeScalars.prefix { !SessionParser.isBlank($0) }
            let rest = text.unicodeScalars.dropFirst(word.count)
            let blanks = rest.prefix(while: SessionParser.isBlank).count
            return (
                Part(text: String(word), line: line, start: start),
                Part(text: String(rest.dropFirst(blanks)), line: line, start: start + word.count + blanks)
            )
        }
    }

    private let source: SourceText
    private var problems: [Problem] = []
    private var head: [String: Part] = [:]

    init(text: String, file: String) { source = SourceText(file: file, text: text) }

    mutating func script() throws(ScenarioError) -> SessionScript {
        var script = SessionScript(lesson: "", size: Size(width: 80, height: 24), language: .english)
        for (index, line) in source.lines.enumerated() {
            guard let words = part(line, index + 1) else { continue }
            if let colon = Self.headEnd(words.text) {
                readHead(words, colon)
            } else if let action = action(words) {
                script.lines.append(SessionScript.Line(action, number: index + 1))
            }
        }
        applyHead(to: &script)
        if !problems.isEmpty { throw ScenarioError(problems: problems) }
        return script
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    /// A line without the blanks around it; `nil` where there is nothing to read.
    private func part(_ line: String, _ number: Int) -> Part? {
        var scalars = line.unicodeScalars[...]
        var start = 0
        while let first = scalars.first, Self.isBlank(first) || number == 1 && first == "\u{FEFF}" {
            scalars.removeFirst()
            start += 1
        }
        while let last = scalars.last, Self.isBlank(last) { scalars.removeLast() }
        return scalars.isEmpty || scalars.first == "#" ? nil : Part(text: String(scalars), line: number, start: start)
    }

    // MARK: Head

    private static func headEnd(_ line: String) -> String.Index? {
        guard let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy(\.isLetter) else { return nil }
        return colon
    }

    private mutating func readHead(_ line: Part, _ colon: String.Index) {
        let key = String(line.text[..<colon])
        let name = Part(text: key, line: line.line, start: line.start)
        guard Self.headKeys.contains(key) else {
            return report("unknown key \(SafeText.quoted(key))", name, Suggestion.sentence(for: key, in: Self.headKeys))
        }
        if head[key] != nil { return report("\(key) is given twice", name) }
        let rest = line.text[line.text.index(after: colon)...].unicodeScalars
        let blanks = rest.prefix(while: Self.isBlank).count
        head[key] = Part(
            text: String(rest.dropFirst(blanks)), line: line.line,
            start: line.start + key.unicodeScalars.count + 1 + blanks)
    }

    private mutating func applyHead(to script: inout SessionScript) {
        let top = Part(text: source.lines[0], line: 1, start: 0)
        if let format = head["format"] {
            if format.text != "\(SessionScript.format)" {
                report("this program reads format \(SessionScript.format), not \(SafeText.quoted(format.text))", format)
            }
        } else {
            report("expected `format: \(SessionScript.format)` at the top", top)
        }
        script.lesson = head["lesson"]?.text ?? ""
        if script.lesson.isEmpty { report("expected `lesson: ID`", head["lesson"] ?? top) }
        script.step = head["step"]?.text
        read("size", Self.sizeExpected, Size.init(session:)).map { script.size = $0 }
        read("language", "expected en or es", Language.init(rawValue:)).map { script.language = $0 }
        read("glyphs", "expected unicode or ascii", GlyphRepertoire.init(rawValue:)).map { script.repertoire = $0 }
        read("motion", "expected full or reduced") { ["full": false, "reduced": true][$0] }
            .map { script.reducedMotion = $0 }
        script.marks = head.mapValues(mark)
    }

    private mutating func read<Value>(_ key: String, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        guard let part = head[key] else { return nil }
        let value = parse(part.text)
        if value == nil { report(expected, part) }
        return value
    }

    // MARK: Actions

    private mutating func action(_ line: Part) -> SessionScript.Action? {
        let (verb, rest) = line.split
        switch verb.text {
        case "key": return key(rest, at: nil)
        case "resize": return resize(rest, at: nil, verb)
        case "at": return timed(rest, verb)
        case "cancel":
            if !rest.text.isEmpty { report("expected nothing more", rest) }
            return .cancel
        case "frame":
            let isName = !rest.text.isEmpty && rest.text.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
            if isName { return .frame(name: rest.text) }
            report("expected a name of letters, digits and hyphens", rest.text.isEmpty ? verb : rest)
        case "expect": return expectation(rest.text.isEmpty ? verb : rest).map { .expect($0) }
        default:
            report(
                "unknown word \(SafeText.quoted(verb.text))", verb, Suggestion.sentence(for: verb.text, in: Self.verbs))
        }
        return nil
    }

    /// `at 1.25s key space`: when it came, then what came.
    private mutating func timed(_ line: Part, _ verb: Part) -> SessionScript.Action? {
        let (time, after) = line.split
        let (word, rest) = after.split
        guard let duration = Duration(written: time.text), duration >= .zero, ["key", "resize"].contains(word.text)
        else {
            report("expected `at TIME key KEY`, such as `at 1.25s key space`", line.text.isEmpty ? verb : line)
            return nil
        }
        let moment = VirtualTime.zero.advanced(by: duration)
        return word.text == "key" ? key(rest, at: moment) : resize(rest, at: moment, word)
    }

    private mutating func resize(_ size: Part, at time: VirtualTime?, _ verb: Part) -> SessionScript.Action? {
        if let size = Size(session: size.text) { return .resize(size, at: time) }
        report(Self.sizeExpected, size.text.isEmpty ? verb : size)
        return nil
    }

    private mutating func key(_ name: Part, at time: VirtualTime?) -> SessionScript.Action? {
        if let key = Key(name.text) { return .key(key, at: time) }
        let known = ["space", "enter", "escape", "left", "right", "up", "down", "tab", "pageup", "pagedown", "ctrl-c"]
        report(
            "unknown key \(SafeText.quoted(name.text))", name,
            Suggestion.nearest(to: name.text, in: known).map { "did you mean \"\($0)\"?" }
                ?? "such as a, ?, space, left, enter, ctrl-c")
        return nil
    }

    private mutating func expectation(_ line: Part) -> Expectation? {
        let (word, rest) = line.split
        switch word.text {
        case "text": return quoted(rest).map { .text($0, isShown: true) }
        case "no":
            let (what, text) = rest.split
            if what.text == "text" { return quoted(text).map { .text($0, isShown: false) } }
            report("expected `expect no text \"...\"`", line)
            return nil
        case "step", "digest":
            if !rest.text.isEmpty { return word.text == "step" ? .step(rest.text) : .digest(rest.text) }
            report(word.text == "step" ? "expected the id of a step, card or summary" : "expected 16 digits", word)
            return nil
        case "expect" where rest.text.isEmpty:
            report("expected text, no text, step, digest or a condition", word)
            return nil
        default: return .metric(line.text)
        }
    }

    private mutating func quoted(_ part: Part) -> String? {
        if part.text.count > 2, part.text.first == "\"", part.text.last == "\"" {
            return String(part.text.dropFirst().dropLast())
        }
        report("expected a text in quotes", part)
        return nil
    }

    // MARK: Problems

    private func mark(_ part: Part) -> SourceMark {
        source.mark(line: part.line, column: part.start + 1, length: part.text.unicodeScalars.count)
    }

    private mutating func report(_ message: String, _ part: Part, _ suggestion: String? = nil) {
        problems.append(mark(part).problem(message, suggestion: suggestion))
    }
}

extension Size {
    /// `80x24`.
    fileprivate init?(session text: String) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
            (1...1000).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }
}
