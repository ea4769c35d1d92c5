import Analysis
import Scenario
import TerminalKit
import Workshop

/// One thing that the doctor looked at.
struct Finding {
    enum State: String, CaseIterable {
        /// As it should be, or does not matter.
        case ok
        /// Ensayo does with less than it could.
        case warning
        /// Something does not work.
        case problem

        var word: LocalizedText {
            switch self {
            case .ok: LocalizedText(en: "ok", es: "bien")
            case .warning: LocalizedText(en: "warning", es: "aviso")
            case .problem: LocalizedText(en: "problem", es: "problema")
            }
        }
    }

    var topic: LocalizedText
    var state = State.ok
    /// What was found.
    var text: LocalizedText
    /// What to do about it.
    var advice: LocalizedText?
    /// To be looked at, below the text.
    var sample: [String] = []

    private static let stateWidth = 10
    private static let topicWidth = 13

    /// The lines that people read; advice is broken at the width.
    func lines(_ language: Language, width: Int) -> [String] {
        let head = Text.pad(state.word(language), to: Self.stateWidth) + Text.pad(topic(language), to: Self.topicWidth)
        let indent = String(repeating: " ", count: Self.stateWidth + Self.topicWidth)
        return [head + SafeText.line(text(language))]
            + Text.wrap(SafeText.line(advice?(language) ?? ""), to: max(40, width - indent.count))
            .filter { !$0.isEmpty }.map { indent + $0 }
            + sample.map { indent + $0 }
    }

    func json(_ language: Language) -> JSON {
        .members([
            "topic": .string(topic(.english)), "state": .string(state.rawValue), "text": .string(text(language)),
            "advice": advice.map { .string($0(language)) } ?? .null,
        ])
    }
}
