extension Intervention: CustomStringConvertible {
    /// The intervention in one line, as ``init(text:)`` reads it:
    ///
    ///     at 12.4s: kill cosmos
    ///     at 15s: restore cosmos
    ///     at 3s: set backends.sql.latency.fixed = 800ms
    ///     at 3s: slow cosmos 3x for 10s
    ///     at 3s: errors cosmos 50%
    ///     at 3s: errors cosmos 50% as 429 after 2s
    ///     at 3s: added cosmos { uniform: [50ms, 150ms] }
    ///     at 3s: down cosmos for 5s
    ///     at 3s: hang cosmos
    ///     at 3s: blackhole cosmos for 5s
    ///     at 3s: crash products
    ///     at 3s: restart products
    ///     at 3s: join s4
    ///     at 3s: leave s2
    public var description: String { "at \(at.written): \(action)" }

    /// Reads what ``description`` writes. Throws ``ScenarioError`` with the problem's place in the line.
    ///
    /// Whether the names and values fit a scenario: see ``ScenarioDocument/validated(_:origin:)``.
    ///
    /// - Parameter origin: what problems call the place where it was written: `--do`.
    public init(text: String, origin: String = usualOrigin) throws(ScenarioError) {
        let reader = YAMLReader()
        let node = InterventionText(text, origin: origin).node(reader)
        self = try reader.finish(node.flatMap { ScenarioReader(reader: reader).intervention($0) })
    }

    public static let usualOrigin = "intervention"
}

extension Intervention.Action: CustomStringConvertible {
    /// What is done, without when: `kill cosmos`.
    public var description: String {
        switch self {
        case .set(let path, let value): "set \(path) = \(value)"
        case .kill(let backend): "kill \(backend)"
        case .restore(let backend): "restore \(backend)"
        case .inject(let fault, let backend, let duration):
            fault.words(on: backend) + (duration.map { " for \($0.written)" } ?? "")
        case .crash(let cache): "crash \(cache)"
        case .restart(let cache): "restart \(cache)"
        case .join(let server): "join \(server)"
        case .leave(let server): "leave \(server)"
        }
    }
}

extension Fault {
    fileprivate func words(on backend: String) -> String {
        switch self {
        case .down: "down \(backend)"
        case .hang: "hang \(backend)"
        case .blackhole: "blackhole \(backend)"
        case .errors(let share, let answer): "errors \(backend) \(Quantity.percent(share))\(answer.words)"
        case .slow(let factor): "slow \(backend) \(Quantity.text(factor))x"
        case .addedLatency(let latency): "added \(backend) \(latency.written)"
        }
    }
}

extension ErrorAnswer {
    fileprivate var words: String {
        switch self {
        case .failed: ""
        case .reset: " as reset"
        case .status(let status, let wait): " as \(status)" + (wait.map { " after \($0.written)" } ?? "")
        }
    }
}

/// The line of an intervention as the YAML mapping that it stands for, each part in its place.
struct InterventionText {
    private struct Word {
        var text: String
        var mark: SourceMark
    }

    /// What is done to a thing without saying more.
    private static let plainVerbs = ["kill", "restore", "crash", "restart", "join", "leave"]

    private let source: SourceText
    private let scalars: [Unicode.Scalar]

    init(_ text: String, origin: String) {
        source = SourceText(file: origin, text: text)
        scalars = Array(source.lines[0].unicodeScalars)
    }

    /// `{ at: 3s, slow: 3x, on: cosmos, for: 10s }`; `nil` after a problem was reported.
    func node(_ reader: YAMLReader) -> YAMLNode? {
        guard YAMLGuard.problem(in: source.lines.joined(separator: "\n"), source: source) == nil,
            source.lines.count == 1
        else {
            reader.report("an intervention is one line of plain text", at: mark(0, 1))
            return nil
        }
        let (at, afterAt) = word(from: 0)
        let (time, afterTime) = word(from: afterAt)
        guard at.text == "at", time.text.hasSuffix(":") else {
            reader.report("expected at, a time and a colon", at: mark(0, 1), suggestion: "write at 3s: kill cosmos")
            return nil
        }
        let (verb, afterVerb) = word(from: afterTime)
        guard ScenarioReader.actionKeys.contains(verb.text) else {
            reader.report(
                "expected what to do, found \(SafeText.quoted(verb.text))", at: verb.mark,
                suggestion: Suggestion.sentence(for: verb.text, in: ScenarioReader.actionKeys))
            return nil
        }
        let when = Word(text: String(time.text.dropLast()), mark: mark(time.mark.column - 1, time.mark.length - 1))
        guard let rest = verb.text == "set" ? setting(afterVerb, reader) : effect(verb, afterVerb, reader) else {
            return nil
        }
        return YAMLNode(.mapping([entry("at", scalar(when), at.mark)] + rest), mark: mark(0, scalars.count))
    }

    private func setting(_ start: Int, _ reader: YAMLReader) -> [YAMLEntry]? {
        let (path, afterPath) = word(from: start)
        let (equals, afterEquals) = word(from: afterPath)
        guard equals.text == "=" else {
            reader.report("expected path = value", at: path.mark, suggestion: "write set backends.sql.queue = 10")
            return nil
        }
        let text = String(String.UnicodeScalarView(scalars[afterEquals...]))
        guard let value = reader.parse(text, in: source, column: afterEquals + 1) else { return nil }
        return [entry("set", scalar(path), path.mark), entry("to", value, value.mark)]
    }

    private func effect(_ verb: Word, _ start: Int, _ reader: YAMLReader) -> [YAMLEntry]? {
        let (backend, afterBackend) = word(from: start)
        if Self.plainVerbs.contains(verb.text) {
            guard isEnd(afterBackend, reader) else { return nil }
            return [entry(verb.text, scalar(backend), verb.mark)]
        }
        var entries = [entry("on", scalar(backend), backend.mark)]
        var words = words(from: afterBackend)
        if words.count >= 2, words[words.count - 2].text == "for" {
            let length = words[words.count - 1]
            entries.append(entry("for", scalar(length), length.mark))
            words.removeLast(2)
        }
        if verb.text == "errors", let start = words.firstIndex(where: { $0.text == "as" }) {
            guard let answer = answer(words[(start + 1)...], after: words[start], reader) else { return nil }
            entries.append(entry("answer", answer, words[start].mark))
            words.removeSubrange(start...)
        }
        let end = words.last.map { $0.mark.column - 1 + $0.mark.length } ?? afterBackend
        let text = String(String.UnicodeScalarView(scalars[afterBackend..<end]))
        if ["down", "hang", "blackhole"].contains(verb.text) {
            guard text.allSatisfy({ $0 == " " }) else { return isEnd(afterBackend, reader) ? entries : nil }
            let flag = YAMLNode(.scalar("true", plain: true), mark: verb.mark)
            return entries + [entry(verb.text, flag, verb.mark)]
        }
        guard let value = reader.parse(text, in: source, column: afterBackend + 1) else { return nil }
        return entries + [entry(verb.text, value, verb.mark)]
    }

    /// What stands after `as`: `503`, `reset`, `429 after 2s`.
    private func answer(_ words: ArraySlice<Word>, after start: Word, _ reader: YAMLReader) -> YAMLNode? {
        let words = Array(words)
        if words.count == 1 { return scalar(words[0]) }
        guard words.count == 3, words[1].text == "after" else {
            reader.report(
                "expected an answer after as", at: (words.dropFirst().first ?? start).mark,
                suggestion: "write as 503, as reset, or as 429 after 2s")
            return nil
        }
        let entries = [
            entry("status", scalar(words[0]), words[0].mark), entry("retryAfter", scalar(words[2]), words[1].mark),
        ]
        return YAMLNode(.mapping(entries), mark: words[0].mark)
    }

    private func words(from start: Int) -> [Word] {
        var words: [Word] = []
        var index = start
        while index < scalars.count {
            let (word, next) = word(from: index)
            words.append(word)
            index = next
        }
        return words
    }

    private func isEnd(_ start: Int, _ reader: YAMLReader) -> Bool {
        if start >= scalars.count { return true }
        let (extra, _) = word(from: start)
        reader.report("expected nothing more, found \(SafeText.quoted(extra.text))", at: extra.mark)
        return false
    }

    /// The word from an index on, and the index of what follows it.
    private func word(from start: Int) -> (word: Word, next: Int) {
        var first = start
        while first < scalars.count, scalars[first] == " " { first += 1 }
        var end = first
        while end < scalars.count, scalars[end] != " " { end += 1 }
        var next = end
        while next < scalars.count, scalars[next] == " " { next += 1 }
        let text = String(String.UnicodeScalarView(scalars[first..<end]))
        return (Word(text: text, mark: mark(first, end - first)), next)
    }

    private func mark(_ offset: Int, _ length: Int) -> SourceMark {
        source.mark(line: 1, column: offset + 1, length: length)
    }

    private func scalar(_ word: Word) -> YAMLNode { YAMLNode(.scalar(word.text, plain: true), mark: word.mark) }

    private func entry(_ key: String, _ value: YAMLNode, _ mark: SourceMark) -> YAMLEntry {
        YAMLEntry(key: key, keyMark: mark, value: value)
    }
}
