/// Reads values out of YAML and collects every problem on the way, so that people see them all at once.
///
/// Each reading method gives `nil` after it has reported a problem; the caller goes on with the rest and calls
/// ``finish()`` at the end.
public final class YAMLReader {
    /// More would help nobody.
    private static let maximumProblems = 100

    public private(set) var problems: [Problem] = []
    /// Set when nothing more should be read: a limit was passed.
    private(set) var isStopped = false

    public init() {}

    /// Parses a text. `nil` when it cannot be read on with; other problems may have been reported too.
    public func parse(_ yaml: String, file: String) -> YAMLNode? {
        let text = yaml.unicodeScalars.first == "\u{feff}" ? String(yaml.unicodeScalars.dropFirst()) : yaml
        return YAMLParser.parse(text, source: SourceText(file: file, text: text), reader: self)
    }

    /// Parses a value that stands in a line of other text, from a column on.
    func parse(_ value: String, in source: SourceText, column: Int) -> YAMLNode? {
        YAMLParser.parse(value, source: source, column: column, reader: self)
    }

    /// Parses a file's bytes, which must be UTF-8.
    public func parse(bytes: some Collection<UInt8>, file: String) -> YAMLNode? {
        text(bytes: bytes, file: file).flatMap { parse($0, file: file) }
    }

    /// The text of a file's bytes. `nil` when they are too many or not UTF-8, which is reported in its place.
    public func text(bytes: some Collection<UInt8>, file: String) -> String? {
        switch YAMLGuard.text(bytes, file: file) {
        case .success(let text): return text
        case .failure(let error):
            report(error)
            return nil
        }
    }

    /// Whether more problems would not be kept.
    var isFull: Bool { problems.count >= Self.maximumProblems }

    public func report(
        _ message: @autoclosure () -> String, at mark: SourceMark, suggestion: @autoclosure () -> String? = nil
    ) {
        if !isFull { problems.append(mark.problem(message(), suggestion: suggestion())) }
    }

    /// The same in both languages: what people also type into a field.
    func report(_ text: LocalizedText, at mark: SourceMark, hint: LocalizedText? = nil) {
        report(mark.problem(text, hint: hint))
    }

    public func report(_ problem: Problem) {
        if !isFull { problems.append(problem) }
    }

    /// The problems of a change that a file asks for, shown where it names the path or the value.
    func report(_ error: ScenarioError, path: YAMLNode, value: YAMLNode) {
        for problem in error.problems {
            let isInPath = problem.offset < path.text?.unicodeScalars.count ?? 0
            let mark = (isInPath ? path : value).mark
            report("\(problem.message) (in \(problem.source))", at: mark, suggestion: problem.suggestion)
        }
    }

    public func report(_ error: ScenarioError) { error.problems.forEach(report) }

    /// Takes back what was told of some lines, where one mistake explains it all. `nil`: up to the last line.
    public func takeBack(from line: Int, before end: Int?) {
        problems.removeAll { $0.line >= line && $0.line < end ?? .max }
    }

    func stop() { isStopped = true }

    /// What was read, when there was no problem. Throws the problems in the order of the file.
    public func finish<T>(_ value: T?) throws(ScenarioError) -> T {
        try finish()
        guard let value else { throw ScenarioError(problems: [Problem(file: "", message: "nothing was read")]) }
        return value
    }

    /// Throws when there was any problem; they are in the order of the file.
    public func finish() throws(ScenarioError) {
        guard !problems.isEmpty else { return }
        let ordered = problems.enumerated().sorted { left, right in
            let first = (left.element.line, left.element.column, left.offset)
            return first < (right.element.line, right.element.column, right.offset)
        }
        throw ScenarioError(problems: ordered.map(\.element))
    }

    /// Reads a mapping and reports the keys that nobody asked for. `what` names it in messages: `backend "sql"`.
    public func mapping<T>(
        _ node: YAMLNode, _ what: String, example: String? = nil, read: (YAMLMapping) -> T?
    ) -> T? {
        guard let entries = node.entries else {
            report(
                LocalizedText(
                    en: "expected a mapping for \(what), found \(node.found)",
                    es: "aquí van claves con sus valores, y \(node.foundInSpanish)"),
                at: node.mark, hint: example.map(LocalizedText.write))
            return nil
        }
        let mapping = YAMLMapping(entries: entries, node: node, what: what, reader: self)
        let value = read(mapping)
        mapping.reportUnknownKeys()
        return value
    }

    /// The items of a list. A `what` names it in messages: `the steps of a flow`.
    public func sequence(_ node: YAMLNode, _ what: String) -> [YAMLNode]? {
        guard let items = node.items else {
            report(
                LocalizedText(
                    en: "expected a list for \(what), found \(node.found)",
                    es: "aquí va una lista, y \(node.foundInSpanish)"),
                at: node.mark,
                hint: LocalizedText(
                    en: "write [ ... ] or lines with -", es: "escribe [ ... ] o líneas con -"))
            return nil
        }
        return items
    }
}
