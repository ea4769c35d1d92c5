import Diagrams

/// Gives a diagram times without running it: a walk through its statements, one after another.
///
/// A message takes ``hop``, a message to oneself and a note `500ms` over somebody as long as they say. Comments before
/// a message say what becomes of it: `%% 40ms`, `%% lost`, `%% retried 40ms`. Loops go round as often as their label
/// says, or three times; the first section of an `alt` is taken; those of a `par` begin together.
struct Rehearsal {
    let hop: Int64
    private var passages: [[MeasuredDiagram.Passage]]
    private var now: Int64 = 0
    private var end: Int64 = 0
    /// Calls that wait for an answer.
    private var open: [(from: String, to: String, sent: Int64)] = []
    private var said: [Substring] = []

    static func measured(_ diagram: Diagram, hop: Int64 = 0) -> MeasuredDiagram {
        var rehearsal = Rehearsal(hop: hop, count: count(diagram.statements))
        rehearsal.walk(diagram.statements)
        return MeasuredDiagram(diagram, passages: rehearsal.passages, duration: rehearsal.end)
    }

    private init(hop: Int64, count: Int) {
        self.hop = hop
        passages = Array(repeating: [], count: count)
    }

    static func count(_ statements: [Statement]) -> Int {
        statements.reduce(0) { sum, statement in
            switch statement {
            case .message: sum + 1
            case .block(let block): block.sections.reduce(sum) { $0 + count($1.statements) }
            default: sum
            }
        }
    }

    private mutating func walk(_ statements: [Statement]) {
        for statement in statements {
            switch statement {
            case .comment(let text): said = text.split(separator: " ")
            case .message(let message):
                pass(message)
                said = []
            case .note(let note): now += Self.duration(note.text) ?? 0
            case .block(let block): walk(block)
            default: break
            }
            end = max(end, now)
        }
    }

    private mutating func walk(_ block: Block) {
        let statements = block.sections.first?.statements ?? []
        switch block.kind {
        case .loop:
            let times = block.sections.first?.label.split(separator: " ").compactMap { Int($0) }.first ?? 3
            for _ in 0..<times { walk(statements) }
        case .par, .parOver:
            let start = now
            var last = now
            for section in block.sections {
                now = start
                walk(section.statements)
                last = max(last, now)
            }
            now = last
        case .alt, .critical, .rect: walk(statements)
        case .opt: walk(statements)
        case .break: break
        }
    }

    private mutating func pass(_ message: Diagrams.Message) {
        let fate = said.lazy.compactMap { MeasuredDiagram.Passage.Fate(rawValue: String($0)) }.first
        let length = said.lazy.compactMap { Self.duration(String($0)) }.first
        let sent = now
        let isLost = fate == .lost || message.arrow.head == .cross
        let travels = message.from == message.to ? length ?? 10_000_000 : length ?? hop
        var passage = MeasuredDiagram.Passage(
            sent: sent, arrives: isLost ? nil : sent + travels, fate: fate ?? .plain)
        if message.arrow.line == .dotted,
            let call = open.lastIndex(where: { $0.from == message.to && $0.to == message.from })
        {
            passage.took = sent + travels - open[call].sent
            open.remove(at: call)
        } else if message.from != message.to {
            open.append((message.from, message.to, sent))
        }
        passages[message.number].append(passage)
        if message.arrow.head != .open, !isLost { now += travels }
        end = max(end, sent + travels)
    }

    private static func duration(_ text: String) -> Int64? {
        for (unit, length) in [("ms", Int64(1_000_000)), ("s", 1_000_000_000)] where text.hasSuffix(unit) {
            if let number = Int64(text.dropLast(unit.count)) { return number * length }
        }
        return nil
    }
}
