import TerminalKit

/// How texts become something to be heard: whole sentences, no drawing.
enum Speech {
    /// The longest line that is said.
    static let width = 78

    /// The text as a sentence: it begins with a capital, unless with a name, and ends with a full stop. Empty stays
    /// empty.
    static func sentence(_ text: String) -> String {
        let trimmed = text.trimmingBlanks
        guard let last = trimmed.last else { return "" }
        return (beginsWithName(trimmed) ? trimmed : trimmed.capitalizedFirst) + (".:!?".contains(last) ? "" : ".")
    }

    /// `sql: ...`, `top_customers, ...`, `cosmos.read answers`: what is typed like this is heard like this.
    private static func beginsWithName(_ text: String) -> Bool {
        guard let word = text.split(separator: " ").first else { return false }
        return word.hasSuffix(":") || word.dropLast().contains { $0 == "_" || $0 == "." || $0.isNumber }
    }

    /// Some things one after another: `a, b and c`.
    static func list(_ items: [String], _ language: Language) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        // «y» is «e» before the sound of an i.
        let sound = last.lowercased().first { $0 != "¿" && $0 != "\"" }
        let and = language.text("and", sound == "i" ? "e" : "y")
        return "\(items.dropLast().joined(separator: ", ")) \(and) \(last)"
    }

    /// The text without signs that only draw: arrows in it become words, lines and blocks become blanks.
    static func plain(_ text: String, _ language: Language) -> String {
        if !text.unicodeScalars.contains(where: isSign) { return text }
        var output = ""
        for character in text {
            switch character {
            case "→", "⇒", "▶": output += " \(language.text("to", "a")) "
            case "←": output += language.text("left", "izquierda")
            case "↑": output += language.text("up", "arriba")
            case "↓": output += language.text("down", "abajo")
            case "≤": output += language.text("at most", "como mucho")
            case "≥": output += language.text("at least", "como mínimo")
            case "…": output += "..."
            case "\u{a0}": output += " "
            case "−": output += "-"
            case "×": output += "x"
            case let sign where isDrawing(sign):
                output += TerminalKit.Mark.word(of: sign).map { " \($0(language)) " } ?? "  "
            default: output.append(character)
            }
        }
        return output
    }

    /// Whether a scalar may be said otherwise than it is written. Letters never are: most texts have nothing else.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x2000 || scalar == "\u{a0}" || scalar == "×"
    }

    /// The text without its signs: what is left says the same in words.
    static func unsigned(_ text: String, keepsArrows: Bool = false) -> String {
        if !text.unicodeScalars.contains(where: isDrawing) { return text.trimmingBlanks }
        return String(text.map { isDrawing($0) && !(keepsArrows && $0 == "→") ? " " : $0 }).trimmingBlanks
    }

    /// Whether a character draws and means nothing when it is read out.
    static func isDrawing(_ character: Character) -> Bool { character.unicodeScalars.contains(where: isDrawing) }

    private static func isDrawing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2190...0x21FF, 0x2298, 0x2300...0x23FF, 0x2500...0x27BF, 0x2800...0x28FF, 0x2B00...0x2BFF: true
        default: false
        }
    }

    /// Sentences as they are said.
    static func said(_ sentences: [String], _ language: Language) -> [String] {
        sentences.map { plain($0, language).singleBlanked }
    }

    /// The text in lines that a narrow terminal shows, and a slow one soon; blanks inside it are single.
    static func lines(_ text: String) -> [String] {
        Text.wrap(text.singleBlanked, to: width)
    }
}

extension String {
    /// With one blank where there were several, and none at its ends.
    var singleBlanked: String {
        let blank = UInt8(ascii: " ")
        let isSingle =
            utf8.first != blank && utf8.last != blank
            && !zip(utf8, utf8.dropFirst()).contains { $0 == blank && $1 == blank }
        return isSingle ? self : split(separator: " ").joined(separator: " ")
    }
}
