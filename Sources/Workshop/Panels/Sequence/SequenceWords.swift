import Analysis
import TerminalKit
import Trace

/// The texts on the rows of a sequence diagram.
struct SequenceWords {
    let context: PanelContext

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    /// What stands on an arrow to a backend or cache, and how often.
    func call(_ item: SequenceItem, count: Int) -> (text: String, count: String) {
        let text =
            switch item.kind {
            case .store: context.text("store", "guardar")
            case .invalidate: context.text("drop", "borrar")
            default: (item.repetition.map { "\(glyphs[$0]) " } ?? "") + context.trace.name(item.label)
            }
        return (text, count > 1 ? " " + times(count) : "")
    }

    /// A mark and how long it took: of one answer, or of several that are drawn as one.
    func answer(_ items: [SequenceItem]) -> StyledText {
        guard let item = items.first else { return StyledText() }
        var text = StyledText()
        // Where the mark stands on the arrow itself, the note does not repeat it.
        let hasMark = item.kind == .answer || item.kind == .leave
        let mark = hasMark ? mark(item.outcome, isEnd: false) : nil
        if let mark { text.append("\(glyphs[mark]) ", Style(mark.role, .bold)) }
        if items.count > 1 { text.append(times(items.count) + " ") }
        let style = Style(mark?.role ?? .text, .bold)
        switch item.kind {
        case .cacheAnswer: text.append(cacheAnswer(item), Style(item.outcome == .ok ? .cache : .text, .bold))
        case .lateAnswer: text.append(context.text("too late", "tarde"), .muted)
        case .dropped: text.append(context.text("dropped", "descartada"), .muted)
        case .abandon: text.append(numbers.duration(item.elapsed), style)
        case .background: text.append(background(item), Style(.wait, .bold))
        case .store: text.append(stored(item), Style(.cache))
        case .invalidate:
            let word = item.origin == .none ? "" : context.text("drop ", "borra ")
            text.append(word + times(Int(clamping: item.elapsed)), .muted)
        case .faultStart: text.append(context.faultName(item.label), Style(.accent))
        case .faultEnd: text.append("normal", Style(.ok))
        default: text.append(refusal(item.outcome) ?? latency(items), style)
        }
        return text
    }

    /// What a cache does while nobody waits.
    private func background(_ item: SequenceItem) -> String {
        switch context.trace.name(item.label) {
        case "refresh": context.text("loads again", "recarga")
        case "early": context.text("loads early", "recarga antes")
        case "flush": context.text("flushes", "vuelca")
        case let event: event
        }
    }

    /// For how long; in the background no arrow says what it is.
    private func stored(_ item: SequenceItem) -> String {
        let isForEver = item.elapsed <= 0 || item.elapsed == .max
        let word = item.origin == .none ? "" : context.text("store", "guarda")
        return [word, isForEver ? "" : numbers.duration(item.elapsed)].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func cacheAnswer(_ item: SequenceItem) -> String {
        let word =
            if item.outcome == .ok {
                context.text("hit", "acierto")
            } else if item.isExpired {
                context.text("expired", "caducado")
            } else {
                context.text("miss", "fallo")
            }
        return item.elapsed > 0 ? "\(word) \(numbers.duration(item.elapsed))" : word
    }

    /// What says more than how long it took; `nil`: nothing does.
    private func refusal(_ outcome: Outcome) -> String? {
        let hasName = outcome == .rejected || outcome == .refused || outcome == .reset || outcome.status != nil
        return hasName ? context.outcomeWord(outcome) : nil
    }

    private func latency(_ items: [SequenceItem]) -> String {
        let shortest = items.map(\.elapsed).min() ?? 0
        let longest = items.map(\.elapsed).max() ?? 0
        return numbers.range(from: shortest, to: longest)
    }

    func wait(_ item: SequenceItem) -> String {
        let length = numbers.duration(item.elapsed)
        return context.text("waits \(length)", "espera \(length)")
    }

    /// Which policy says no: `breaker open`.
    func refusal(by item: SequenceItem, count: Int) -> String {
        several(context.outcomeText(item.outcome == .none ? .shed : item.outcome), count)
    }

    /// Whether it waits in the queue of a bulkhead, not for a permit.
    func isQueueing(_ item: SequenceItem) -> Bool { context.trace[item.event]?.kind == .bulkheadQueued }

    /// What a policy makes it wait for.
    func hold(_ item: SequenceItem, count: Int) -> String {
        if isQueueing(item) {
            return several(context.text("queues at the bulkhead", "cola en el mamparo"), count)
        }
        let length = numbers.duration(item.elapsed)
        return several(context.text("waits \(length) for a permit", "espera \(length) un permiso"), count)
    }

    func fallback(_ item: SequenceItem, count: Int) -> String {
        let age = numbers.duration(item.elapsed)
        let word =
            switch context.trace.name(item.label) {
            case "stale": context.text("as of \(age) ago", "de hace \(age)")
            case "partial": context.text("left out", "omitida")
            case "source": context.text("another source", "otra fuente")
            default: context.text("default value", "valor por defecto")
            }
        return several(word, count)
    }

    private func several(_ text: String, _ count: Int) -> String { count > 1 ? "\(text) \(times(count))" : text }

    func missing(_ item: SequenceItem) -> String {
        let name = context.trace.name(item.label)
        return context.text("needs \(name)", "necesita \(name)")
    }

    func end(_ item: SequenceItem) -> String { numbers.duration(item.elapsed) }

    /// So many calls in service and in the queue.
    func work(_ work: SequenceActivity.Work) -> String {
        let working = work.working > 0 ? times(work.working) : ""
        guard work.queued > 0 else { return work.working > 1 ? working : "" }
        if work.working == 0, work.queued == 1 { return "" }
        let queued = work.working > 0 ? "\(glyphs[.queued])\(times(work.queued))" : times(work.queued)
        return working.isEmpty ? queued : "\(working) \(queued)"
    }

    /// How a call ended; the answer of one that went well needs no mark.
    func mark(_ outcome: Outcome, isEnd: Bool) -> Mark? {
        outcome.isSuccess && !isEnd ? nil : EventSentence.mark(outcome)
    }

    private func times(_ count: Int) -> String { "\(glyphs.times)\(numbers.count(count))" }
}
