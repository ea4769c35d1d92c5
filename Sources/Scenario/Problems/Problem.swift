/// One problem: where, what, and what to write instead. Its texts hold no control characters.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1; 0: no place in the file.
    public var line: Int
    /// From 1, in Unicode scalars, as editors count them.
    public var column: Int
    /// The line itself, or the part of a long line around the place.
    public var source: String
    /// Where the place begins in ``source``, from 0, in Unicode scalars.
    public var offset: Int
    /// How many scalars of ``source`` to underline.
    public var length: Int
    /// What is wrong. Files are diagnosed in English; what people also type into a field is said in both languages.
    public var text: LocalizedText
    /// A sentence of its own: `did you mean "latency"?`
    public var hint: LocalizedText?
    /// Something to think about: it does not fail a check.
    public var isHint = false

    /// In English.
    public var message: String {
        get { text.en }
        set { text = LocalizedText(newValue) }
    }
    public var suggestion: String? {
        get { hint?.en }
        set { hint = newValue.map { LocalizedText($0) } }
    }

    public init(
        file: String, line: Int, column: Int, source: String, offset: Int? = nil, length: Int = 1, text: LocalizedText,
        hint: LocalizedText? = nil
    ) {
        self.file = SafeText.line(file)
        self.line = line
        self.column = column
        self.source = SafeText.line(source)
        self.offset = offset ?? max(0, column - 1)
        self.length = max(1, length)
        self.text = text.onOneLine
        self.hint = hint?.onOneLine
    }

    public init(
        file: String, line: Int, column: Int, source: String, offset: Int? = nil, length: Int = 1, message: String,
        suggestion: String? = nil
    ) {
        self.init(
            file: file, line: line, column: column, source: source, offset: offset, length: length,
            text: LocalizedText(message), hint: suggestion.map { LocalizedText($0) })
    }

    /// A problem without a place: the file as a whole.
    public init(file: String, message: String, suggestion: String? = nil) {
        self.init(file: file, line: 0, column: 0, source: "", message: message, suggestion: suggestion)
    }

    /// The problem as a compiler would show it:
    ///
    ///     orders.yaml:7:10: error: unknown key "latncy" in backend "sql"
    ///        7 |   sql: { latncy: { fixed: 500ms } }
    ///          |          ^~~~~~
    ///        did you mean "latency"?
    public var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        var lines = ["\(place): \(isHint ? "hint" : "error"): \(message)"]
        if line > 0 {
            let scalars = Array(source.unicodeScalars)
            let before = SafeText.width(scalars.prefix(offset))
            let marked = max(1, SafeText.width(scalars.dropFirst(offset).prefix(length)))
            let number = String(line)
            lines.append("   \(number) | \(source)")
            lines.append(
                "   \(spaces(number.count)) | \(spaces(before))^\(String(repeating: "~", count: marked - 1))")
        }
        if let suggestion { lines.append("   \(suggestion)") }
        return lines.joined(separator: "\n")
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension LocalizedText {
    fileprivate var onOneLine: LocalizedText { LocalizedText(en: SafeText.line(en), es: SafeText.line(es)) }
}
