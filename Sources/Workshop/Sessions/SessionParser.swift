import Scenario
import TerminalKit
import Trace

/// Reads the lines of a session: a head of `key: value` lines, then one action a line. `#` starts a comment.
struct SessionParser {
    static let maximumBytes = 1 << 20
    static let notText = "the file is not UTF-8 text of at most 1 MiB"
    private static let headKeys = [
        "format", "lesson", "open", "step", "size", "language", "glyphs", "motion", "finished", "demo",
        "transcript",
    ]
    private static let verbs = [
        "key", "at", "cancel", "resize", "frame", "expect", "wait", "set", "do", "pause", "clock", "restart",
        "include",
    ]
    /// What people say for some of them.
    private static let synonyms = [
        "press": "key", "type": "key", "hit": "key", "sleep": "wait", "assert": "expect", "check": "expect",
    ]
    static let sizeExpected = "expected a size from 1x1 to 1000x1000, such as 80x24"

    /// A part of a line: its text and where it begins, from 0, in Unicode scalars.
    struct Part {
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

    let source: SourceText
    var included: SessionInclusion
    var problems: [Problem] = []
    var head: [String: Part] = [:]
    var lines: [SessionScript.Line] = []
    /// The frames that the lines ask for.
    private var frames: Set<String> = []
    /// The heads of sessions that are included.
    var guests: [SessionScript] = []
    /// Whether it is the demo of a presentation.
    let isDemo: Bool

    init(text: String, file: String, included: SessionInclusion, isDemo: Bool = false) {
        self.isDemo = isDemo
        source = SourceText(file: file, text: text)
        self.included = included
    }

    /// The text of a file; `nil`: it is none, or too long.
    static func text(of bytes: some Collection<UInt8>) -> String? {
        bytes.count <= maximumBytes ? String(validating: bytes, as: UTF8.self) : nil
    }

    mutating func script() throws(ScenarioError) -> SessionScript {
        readLines()
        var script = SessionScript(lesson: "", size: Size(width: 80, height: 24), language: .english)
        script.lines = lines
        applyHead(to: &script)
        for guest in guests { problems += script.problems(with: guest) }
        if !problems.isEmpty { throw ScenarioError(problems: problems) }
        return script
    }

    mutating func readLines() {
        for (index, line) in source.lines.enumerated() {
            guard let words = part(line, index + 1) else { continue }
            if let colon = Self.headEnd(words.text) {
                readHead(words, colon)
            } else if words.split.0.text == "include" {
                let (count, known) = (lines.count, problems.count)
                include(words)
                for line in lines.dropFirst(count) where problems.count == known {
                    noteFrame(line.action, words.split.1)
                }
            } else if let action = action(words) {
                noteFrame(action, words.split.1)
                lines.append(
                    SessionScript.Line(action, number: index + 1, file: included.isOuter ? nil : source.file))
            }
        }
    }

    /// A golden file and a folder of pictures have each frame by its name.
    private mutating func noteFrame(_ action: SessionScript.Action, _ place: Part) {
        guard case .frame(let name) = action, !frames.insert(name).inserted else { return }
        report("there is a frame \(SafeText.quoted(name)) already", place, "give it another name")
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

    // MARK: Actions

    private mutating func action(_ line: Part) -> SessionScript.Action? {
        let (verb, rest) = line.split
        switch verb.text {
        case "key": return key(rest, at: nil)
        case "resize": return resize(rest, at: nil, verb)
        case "at": return timed(rest, verb)
        case "wait": return wait(rest, verb)
        case "set", "do": return change(rest, verb)
        case "pause", "cancel", "restart":
            if !rest.text.isEmpty { report("expected nothing more", rest) }
            return verb.text == "pause" ? .pause : verb.text == "cancel" ? .cancel : .restart
        case "clock":
            if let time = Duration(clock: rest.text) { return .clock(time) }
            report("expected minutes and seconds, such as `clock 1:30`", rest.text.isEmpty ? verb : rest)
        case "frame":
            let isName = !rest.text.isEmpty && rest.text.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
            if isName { return .frame(name: rest.text) }
            report("expected a name of letters, digits and hyphens", rest.text.isEmpty ? verb : rest)
        case "expect": return expectation(rest.text.isEmpty ? verb : rest).map { .expect($0) }
        default:
            let meant = Self.synonyms[verb.text].map { "write \($0) \(SafeText.line(rest.text))" }
            let near = Suggestion.nearest(to: verb.text, in: Self.verbs).map { "did you mean \"\($0)\"?" }
            report(
                "unknown word \(SafeText.quoted(verb.text))", verb,
                meant ?? near ?? "known: \(Self.verbs.joined(separator: ", "))")
        }
        return nil
    }

    /// `at 1.25s key space`: when it came, then what came.
    private mutating func timed(_ line: Part, _ verb: Part) -> SessionScript.Action? {
        let (time, after) = line.split
        let (word, rest) = after.split
        let expected = "expected `at TIME key KEY`, such as `at 1.25s key space`"
        guard ["key", "resize"].contains(word.text) else {
            report(expected, line.text.isEmpty ? verb : line)
            return nil
        }
        guard let duration = Duration(written: time.text) else {
            reportTime(time, expected, line)
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
        case "step" where !rest.text.isEmpty: return .step(rest.text)
        case "lesson" where !rest.text.isEmpty: return .lesson(rest.text)
        case "digest" where !rest.text.isEmpty: return .digest(rest.text)
        case "step", "lesson", "digest":
            let expected = ["step": "the id of a step, card or summary", "lesson": "the id of a lesson"]
            report("expected \(expected[word.text] ?? "16 digits")", word)
            return nil
        case "expect" where rest.text.isEmpty:
            report("expected text, no text, panel, step, lesson, digest, a state or a condition", word)
            return nil
        case "panel": return panel(rest, word)
        default:
            if Self.isState(line) { return state(line).map { .state($0) } }
            let soFar = " so far"
            var figure = line
            if line.text.hasSuffix(soFar) { figure.text.removeLast(soFar.count) }
            guard isCondition(figure, else: Self.expectations) else { return nil }
            return figure.text == line.text ? .metric(figure.text) : .metricSoFar(figure.text)
        }
    }

    /// `breaker shows "OPEN"`, `breaker shows no "OPEN"`.
    private mutating func panel(_ line: Part, _ verb: Part) -> Expectation? {
        let (name, rest) = line.split
        let known = PanelKind.allCases.map(\.rawValue)
        guard let panel = PanelKind(rawValue: name.text) else {
            report(
                name.text.isEmpty ? "expected a panel" : "unknown panel \(SafeText.quoted(name.text))",
                name.text.isEmpty ? verb : name,
                Suggestion.nearest(to: name.text, in: known).map { "did you mean \"\($0)\"?" }
                    ?? "panels: \(known.joined(separator: ", "))")
            return nil
        }
        let (shows, text) = rest.split
        let (no, words) = text.split
        guard shows.text == "shows" else {
            report("expected `expect panel \(panel.rawValue) shows \"...\"`", rest.text.isEmpty ? name : rest)
            return nil
        }
        if no.text == "no" { return quoted(words).map { .panel(panel, $0, isShown: false) } }
        return quoted(text).map { .panel(panel, $0, isShown: true) }
    }

    private mutating func quoted(_ part: Part) -> String? {
        if part.text.count > 2, part.text.first == "\"", part.text.last == "\"" {
            return String(part.text.dropFirst().dropLast())
        }
        report("expected a text in quotes", part)
        return nil
    }

    // MARK: Problems

    func mark(_ part: Part) -> SourceMark {
        source.mark(line: part.line, column: part.start + 1, length: part.text.unicodeScalars.count)
    }

    mutating func report(_ message: String, _ part: Part, _ suggestion: String? = nil) {
        problems.append(mark(part).problem(message, suggestion: suggestion))
    }
}

extension Size {
    /// `80x24`.
    init?(session text: String) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
            (1...1000).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }
}
