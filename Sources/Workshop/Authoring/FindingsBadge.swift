import Scenario
import TerminalKit

/// One line in the corner that says how much is wrong, and where first, until it is mended.
struct FindingsBadge {
    let findings: LessonFindings
    let language: Language
    let glyphs: Glyphs

    func draw(on frame: inout Frame) {
        let style = Style(findings.isBroken ? .fail : hasErrors ? .warn : .accent, .bold)
        let key = KeyMap.keys([.problems], glyphs.repertoire)
        let line = StyledText(" \(glyphs[.failed]) \(text) ", style) + StyledText("\(key) ", .muted)
        frame.write(line, x: max(0, frame.size.width - line.width), y: 0)
    }

    private var hasErrors: Bool { findings.problems.contains { !$0.isHint } }

    /// `2 problems: lesson.yaml:19`
    var text: String {
        let first = findings.problems.first { !$0.isHint } ?? findings.problems.first
        let name = first?.file.split(separator: "/").last.map(String.init) ?? ""
        let place = first.map { $0.line > 0 ? "\(name):\($0.line)" : name } ?? ""
        return "\(Words.problemCount(findings.problems)(language)): \(place)"
    }
}

extension Words {
    static func problemCount(_ problems: [Problem]) -> LocalizedText {
        let errors = problems.count { !$0.isHint }
        switch (errors, problems.count) {
        case (1, _): return LocalizedText(en: "1 problem", es: "1 problema")
        case (0, 1): return LocalizedText(en: "1 hint", es: "1 consejo")
        case (0, let hints): return LocalizedText(en: "\(hints) hints", es: "\(hints) consejos")
        default: return LocalizedText(en: "\(errors) problems", es: "\(errors) problemas")
        }
    }
}

extension KeyPage {
    static let author = Group(
        title: LocalizedText(en: "Writing", es: "Escribir"),
        lines: [Line(.problems, en: "what is wrong in the files", es: "los fallos de los archivos")])
}
