extension Text {
    /// The text in lines of at most so many columns. See ``StyledText/wrapped(to:hanging:)``.
    public static func wrap(_ text: String, to width: Int, hanging: Int = 0) -> [String] {
        StyledText(text).wrapped(to: width, hanging: hanging).map(\.plain)
    }
}

extension StyledText {
    /// The text in lines of at most so many columns, broken at blanks, after hyphens and dashes, and beside wide
    /// characters; a word longer than a line is cut.
    ///
    /// A line feed breaks always. No-break spaces hold. Blanks at a break are dropped, those at the start of the text
    /// or after a line feed are kept. Lines after a soft break start with `hanging` blanks. Width zero has no lines.
    public func wrapped(to width: Int, hanging: Int = 0) -> [StyledText] {
        guard width > 0 else { return [] }
        var wrapper = Wrapper(width: width, hanging: min(max(0, hanging), width - 1))
        for span in spans {
            var rest = Substring(span.text)
            while let feed = rest.firstIndex(where: \.isNewline) {
                wrapper.add(String(rest[..<feed]), span.style)
                wrapper.breakHard()
                rest = rest[rest.index(after: feed)...]
            }
            wrapper.add(String(rest), span.style)
        }
        return wrapper.finish()
    }
}

/// Gathers words into lines.
private struct Wrapper {
    struct Piece {
        var character: Character
        var style: Style
        var width: Int
    }

    let width: Int
    let hanging: Int
    private var lines: [StyledText] = []
    private var line: [Piece] = []
    private var lineWidth = 0
    /// Blanks and the word after them, not yet put on a line.
    private var blanks: [Piece] = []
    private var word: [Piece] = []
    private var wordWidth = 0
    private var isContinuation = false

    init(width: Int, hanging: Int) {
        self.width = width
        self.hanging = hanging
    }

    mutating func add(_ text: String, _ style: Style) {
        // What a cell shows as a blank may have been a no-break space, so the original decides where to break.
        for original in text {
            let (character, columns) = CellText.accept(original)
            let piece = Piece(character: character, style: style, width: columns)
            if original == " " {
                endWord()
                blanks.append(piece)
            } else if columns == 2 {
                endWord()
                append(piece)
                endWord()
            } else {
                append(piece)
                if Self.breaksAfter(character, in: word) { endWord() }
            }
        }
    }

    private static func breaksAfter(_ character: Character, in word: [Piece]) -> Bool {
        switch character {
        case "-": word.count > 1 && word[word.count - 2].character.isLetter
        case "–", "—", "/": word.count > 1
        default: false
        }
    }

    private mutating func append(_ piece: Piece) {
        word.append(piece)
        wordWidth += piece.width
    }

    /// Puts the word at the end of the line, or on a new one.
    private mutating func endWord() {
        guard !word.isEmpty else { return }
        if lineWidth + blanks.count + wordWidth > width, lineWidth > indent { breakLine() }
        if isContinuation, lineWidth == indent { blanks = [] }
        for piece in blanks + word {
            if lineWidth + piece.width > width, lineWidth > indent { breakLine() }
            line.append(piece)
            lineWidth += piece.width
        }
        blanks = []
        word = []
        wordWidth = 0
    }

    private var indent: Int { isContinuation ? hanging : 0 }

    private mutating func breakLine() {
        emit()
        isContinuation = true
        line = Array(repeating: Piece(character: " ", style: .text, width: 1), count: hanging)
        lineWidth = hanging
    }

    mutating func breakHard() {
        endWord()
        emit()
        isContinuation = false
        line = []
        lineWidth = 0
        blanks = []
    }

    mutating func finish() -> [StyledText] {
        endWord()
        emit()
        return lines
    }

    private mutating func emit() {
        var text = StyledText()
        for piece in line { text.append(String(piece.character), piece.style) }
        lines.append(text)
    }
}
