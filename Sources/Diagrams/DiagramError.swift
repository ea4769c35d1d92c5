/// What is wrong with the text of a diagram: one problem or more, in the order of the text.
public struct DiagramError: Error, Hashable, Sendable, CustomStringConvertible {
    public var problems: [DiagramProblem]

    public init(problems: [DiagramProblem]) {
        self.problems = problems
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One problem: where, what, and what to write instead. Its texts hold no control characters.
public struct DiagramProblem: Error, Sendable, CustomStringConvertible {
    /// Line 0: the text as a whole.
    public var position: Position
    /// How many Unicode scalars of the line it is about, at least 1.
    public var length: Int
    public var message: String
    /// A sentence of its own: `did you mean "participant"?`
    public var suggestion: String?

    public init(position: Position, length: Int = 1, message: String, suggestion: String? = nil) {
        self.position = position
        self.length = max(1, length)
        self.message = message
        self.suggestion = suggestion
    }

    /// `3:5: expected an arrow after "Shop" (did you mean "participant"?)`
    public var description: String {
        let place = position.line > 0 ? "\(position.line):\(position.column): " : ""
        return place + message + (suggestion.map { " (\($0))" } ?? "")
    }
}

extension DiagramProblem: Hashable {
    /// Positions count here: two problems in two places are two.
    public static func == (left: DiagramProblem, right: DiagramProblem) -> Bool {
        left.position.line == right.position.line && left.position.column == right.position.column
            && left.message == right.message && left.suggestion == right.suggestion
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(position.line)
        hasher.combine(position.column)
        hasher.combine(message)
    }
}

extension String {
    /// In double quotes, cut to a length that fits a message, without control characters.
    var quoted: String {
        let limit = 40
        var shown = unicodeScalars.prefix(limit).map { DiagramSource.isAllowed($0) && $0 != "\n" ? $0 : "\u{fffd}" }
        if unicodeScalars.dropFirst(limit).first != nil { shown[limit - 1] = "…" }
        return "\"\(String(String.UnicodeScalarView(shown)))\""
    }
}
