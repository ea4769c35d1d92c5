/// Text written so that Mermaid, and ``DiagramReader``, read it back as it is: signs that would end it or mean
/// something become codes such as `#35;`. What is written holds no control characters and no line feeds.
enum EscapedText {
    /// A label, a message, a note. Line feeds become `<br/>`.
    static func label(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        let prefix = DiagramText.wrapPrefixEnd(scalars[...]) != nil
        var written = ""
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": written += "<br/>"
            case "#", ";": written += code(scalar)
            case "%" where beginsDirective(scalars, at: place): written += code(scalar)
            case ":" where place == 0 && prefix, "w" where place == 0 && prefix, "n" where place == 0 && prefix:
                written += code(scalar)
            // Mermaid takes a letter behind it for the beginning of a tag.
            case "<" where place + 1 < scalars.count && isTagPart(scalars[place + 1]): written += code(scalar)
            default: append(scalar, at: place, of: scalars, to: &written)
            }
        }
        return written
    }

    /// Text in one line that ends with the line: comments, titles for those who do not see.
    static func line(_ text: String, but signs: Set<Unicode.Scalar> = []) -> String {
        let scalars = Array(text.unicodeScalars)
        var written = ""
        for (place, scalar) in scalars.enumerated() {
            if scalar == "#" || scalar == "\n" || signs.contains(scalar) || beginsDirective(scalars, at: place) {
                written += code(scalar)
            } else {
                append(scalar, at: place, of: scalars, to: &written)
            }
        }
        return written
    }

    /// A participant's name. `isPlain`: without blanks and dashes, as settings in braces require of it.
    static func name(_ id: String, isPlain: Bool = false) -> String {
        let scalars = Array(id.unicodeScalars)
        var written = ""
        for (place, scalar) in scalars.enumerated() {
            let isEnd = place == 0 || place == scalars.count - 1
            switch scalar {
            case "+", "<", ">", ":", ",", ";", "#", "%", "@", "=", "\n": written += code(scalar)
            // Later versions of Mermaid read these signs as the beginning of an arrow.
            case "(", ")", "/", "\\": written += place == 0 ? code(scalar) : String(scalar)
            case "-": written += isEnd || isPlain || beginsArrow(scalars, at: place) ? code(scalar) : "-"
            case _ where isPlain && scalar.properties.isWhitespace: written += code(scalar)
            case "a" where beginsAlias(scalars, at: place), "A" where beginsAlias(scalars, at: place):
                written += code(scalar)
            case _ where place == 0 && beginsWithWord(scalars): written += code(scalar)
            default: append(scalar, at: place, of: scalars, to: &written)
            }
        }
        return written
    }

    /// The word with its first letter as a code, so that it is no word of the language.
    static func code(_ word: String) -> String {
        guard let first = word.unicodeScalars.first else { return "" }
        return code(first) + String(word.unicodeScalars.dropFirst())
    }

    static func code(_ scalar: Unicode.Scalar) -> String { "#\(scalar.value);" }

    /// A label that must not begin with a colour, as that of a box.
    static func labelWithoutColour(_ text: String) -> String {
        let word = String(String.UnicodeScalarView(text.unicodeScalars.prefix { $0.isASCIIWordPart }))
        guard BoxColour.isColour(word), let first = text.unicodeScalars.first else { return label(text) }
        return code(first) + label(String(text.unicodeScalars.dropFirst()))
    }

    /// Blanks at either end would be cut off; control characters could not be read back.
    private static func append(
        _ scalar: Unicode.Scalar, at place: Int, of scalars: [Unicode.Scalar], to written: inout String
    ) {
        let isEnd = place == 0 || place == scalars.count - 1
        let isBlank = scalar.properties.isWhitespace
        let isSafe = DiagramSource.isAllowed(scalar) && scalar != "\t" && !(isEnd && isBlank)
        if isSafe { written.unicodeScalars.append(scalar) } else { written += code(scalar) }
    }

    /// Mermaid cuts directives out of any text.
    private static func beginsDirective(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        place + 2 < scalars.count && scalars[place] == "%" && scalars[place + 1] == "%" && scalars[place + 2] == "{"
    }

    private static func isTagPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "/" || scalar == "!" || scalar == "?" || ("a"..."z").contains(scalar.lowercased)
    }

    private static func beginsArrow(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        let next = place + 1 < scalars.count ? scalars[place + 1] : " "
        return next.lowercased == "x" || next == ")" || next == "-"
    }

    /// ` as ` would begin a label.
    private static func beginsAlias(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        place > 0 && scalars[place - 1].properties.isWhitespace && place + 1 < scalars.count
            && scalars[place + 1].lowercased == "s"
            && (place + 2 == scalars.count || scalars[place + 2].properties.isWhitespace)
    }

    /// A word of the language, or a number that Mermaid would take for a count.
    private static func beginsWithWord(_ scalars: [Unicode.Scalar]) -> Bool {
        // Mermaid ends a word at anything that is no ASCII letter.
        let word = String(String.UnicodeScalarView(scalars.prefix { $0.isASCIIWordPart }.map(\.lowercased)))
        if Keyword.reserved.contains(word) || Keyword(rawValue: word) != nil { return true }
        if word.isEmpty { return false }
        let isNumber = word.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        let behind = scalars.dropFirst(word.unicodeScalars.count).first
        let isDirection = (word == "left" || word == "right") && behind == " "
        return isDirection || (isNumber && behind == " ")
    }
}
