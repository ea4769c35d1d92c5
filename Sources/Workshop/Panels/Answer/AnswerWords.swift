import Analysis
import TerminalKit
import Trace

/// How an answer as a whole turned out.
enum AnswerVerdict: Hashable, CaseIterable {
    case pending, complete, degraded, failed

    init(_ request: RequestInfo, _ parts: [AnswerParts.Part], at cursor: Cursor) {
        guard cursor.includes(request.endEvent) else {
            self = .pending
            return
        }
        guard request.outcome.isSuccess else {
            self = .failed
            return
        }
        self = parts.contains { $0.fate.isDegraded || $0.fate.isFailed } ? .degraded : .complete
    }
}

extension AnswerParts.Fate {
    var isFailed: Bool { if case .failed = self { true } else { false } }
}

/// The texts of the answer panel.
struct AnswerWords {
    let context: PanelContext
    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    func name(_ verdict: AnswerVerdict) -> String {
        switch verdict {
        case .pending: context.text("on its way", "en camino")
        case .complete: context.text("complete", "completa")
        case .degraded: context.text("degraded", "degradada")
        case .failed: context.text("failed", "fallida")
        }
    }

    /// The sign of a verdict and its style, the same in the heading and in the bar of many answers.
    func sign(_ verdict: AnswerVerdict) -> (glyph: Character, style: Style) {
        switch verdict {
        case .pending: (glyphs.ellipsis, .muted)
        case .complete: (glyphs[.ok], Style(.ok, .bold))
        case .degraded: (glyphs[.cached], Style(.cache, .bold))
        case .failed: (glyphs[.failed], Style(.fail, .bold))
        }
    }

    /// `✓ fresh`, `◇ default value`, `– left out`.
    func fate(_ part: AnswerParts.Part) -> StyledText {
        switch part.fate {
        case .pending: StyledText("\(glyphs.ellipsis)", .muted)
        case .fresh: marked(glyphs[.ok], Style(.ok, .bold), context.text("fresh", "actual"))
        case .cached(let age): cached(context.text("cached, \(old(age)) old", "en caché, de hace \(old(age))"))
        case .standIn: cached(context.text("default value", "valor por defecto"))
        case .stale(let age): cached(context.text("as of \(old(age)) ago", "de hace \(old(age))"))
        case .otherSource: cached(context.text("another source", "otra fuente"))
        case .leftOut: marked(glyphs.missing, Style(.muted, .bold), context.text("left out", "omitida"), .muted)
        case .failed(let outcome):
            failed(outcome)
        }
    }

    private func failed(_ outcome: Outcome) -> StyledText {
        let mark = EventSentence.mark(outcome) ?? .failed
        return marked(glyphs[mark], Style(mark.role, .bold), context.outcomeWord(outcome))
    }

    private func cached(_ text: String) -> StyledText { marked(glyphs[.cached], Style(.cache, .bold), text) }

    private func marked(_ glyph: Character, _ style: Style, _ text: String, _ words: Style = .text) -> StyledText {
        StyledText("\(glyph) ", style) + StyledText(text, words)
    }

    private func old(_ nanoseconds: Int64) -> String { numbers.duration(nanoseconds) }

    /// How long the part took; nothing while it is not known.
    func time(_ part: AnswerParts.Part) -> StyledText {
        guard let end = part.end else { return StyledText() }
        return StyledText(numbers.duration(end.nanoseconds - part.start.nanoseconds), .muted)
    }

    /// What the part is called: the backend, and what it is asked for.
    func name(_ part: AnswerParts.Part) -> StyledText {
        let detail = context.trace.name(part.detail)
        return context.component(part.component) + StyledText(detail.isEmpty ? "" : ".\(detail)", .muted)
    }
}
