import Scenario
import TerminalKit

/// Checks a lesson's files without understanding them.
struct LessonFileLint {
    let source: LessonSource

    func problems() -> [Problem] {
        unexpectedFiles() + unreachedParts()
            + [(source.yaml, LessonSource.yamlName), (source.english, "en.md"), (source.spanish, "es.md")]
            .flatMap { characters($0.0, $0.1) }
    }

    private func unexpectedFiles() -> [Problem] {
        source.others.filter { !(LessonSource.folders + LessonSource.companions).contains($0) }.map { name in
            Problem(
                file: source.path(name), message: "a lesson has no such file",
                suggestion: "remove it; a lesson has lesson.yaml, en.md, es.md, and perhaps replays, traces, diagrams")
        }
    }

    private func unreachedParts() -> [Problem] {
        guard let bytes = source.yaml else { return [] }
        guard let root = YAMLReader().parse(bytes: bytes, file: source.path(LessonSource.yamlName)) else { return [] }
        return LessonScenarioReader.unreached(in: root).map { kind, entry in
            entry.keyMark.problem(
                "no scenario uses the \(kind) \(SafeText.quoted(entry.key))", suggestion: "use it or remove it")
        }
    }

    /// Control characters, and what not every terminal shows: emoji sequences, direction marks, other scripts.
    private func characters(_ bytes: [UInt8]?, _ name: String) -> [Problem] {
        guard let bytes, let text = String(validating: bytes, as: UTF8.self) else { return [] }
        let source = SourceText(file: source.path(name), text: text)
        var problems: [Problem] = []
        for (index, line) in source.lines.enumerated() {
            if line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { continue }
            var column = 1
            for character in line {
                if let (message, suggestion) = Self.wrong(with: character) {
                    let mark = source.mark(
                        line: index + 1, column: column, length: character.unicodeScalars.count)
                    problems.append(mark.problem(message, suggestion: suggestion))
                }
                column += character.unicodeScalars.count
            }
        }
        return problems
    }

    /// What is wrong with a character, and what to write instead; `nil`: every terminal shows it.
    private static func wrong(with character: Character) -> (String, String)? {
        if character == "\t" { return ("a tab takes another width on every terminal", "use spaces") }
        if !isShown(character) {
            let code = character.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
            return (
                "not every terminal shows \(code.joined(separator: " ")) alike", "write it with other characters"
            )
        }
        if character.unicodeScalars.contains(where: isRightToLeft) {
            return (
                "\(SafeText.quoted(String(character))) is read from right to left, which not every terminal does",
                "write it in Latin letters"
            )
        }
        if character.isWhitespace || Text.hasLikeness(character) { return nil }
        return (
            "a terminal without Unicode has nothing like \(SafeText.quoted(String(character)))",
            "write it with other characters"
        )
    }

    /// Whether a frame shows the character itself, not a stand-in.
    static func isShown(_ character: Character) -> Bool {
        if character.isASCII { return character >= " " && character != "\u{7f}" }
        let shown = Text.truncate(String(character), to: 4)
        return shown == String(character) || shown == " "
    }

    /// Hebrew, Arabic and their neighbours.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff: true
        default: false
        }
    }
}
