/// Something that happens at a moment of a measured diagram.
struct TimeEvent {
    struct Key: Hashable {
        var step: Int
        var passage: Int
    }

    enum Kind {
        /// Steps, and which passage of their message.
        case send(Int, Int)
        case arrive(Int, Int)
        /// Of a step, right after the message before it.
        case note(Int)
        /// Of a section, right before its first message.
        case heading(Int)
    }

    var time: Int64
    var kind: Kind
    /// Among those at the same moment: what arrives comes first, then everything in the order of the text.
    private var order: (Int, Int)

    private init(_ time: Int64, _ kind: Kind, _ order: (Int, Int)) {
        self.time = time
        self.kind = kind
        self.order = order
    }

    /// Everything that happened, in order.
    static func all(_ script: DiagramScript) -> [TimeEvent] {
        var events: [TimeEvent] = []
        var latest: Int64?
        for (number, step) in script.steps.enumerated() {
            switch step {
            case .message(let step):
                let all = script.measured.passages
                guard all.indices.contains(step.message.number) else { continue }
                for (place, passage) in all[step.message.number].enumerated() {
                    events.append(TimeEvent(passage.sent, .send(number, place), (1, number)))
                    guard let arrives = passage.arrives, arrives > passage.sent else { continue }
                    events.append(TimeEvent(arrives, .arrive(number, place), (0, number)))
                }
                latest = all[step.message.number].first.map { $0.arrives ?? $0.sent } ?? latest
            case .note(let note):
                if let section = note.section, script.sections[section].begins == .max { continue }
                events.append(TimeEvent(latest ?? script.start, .note(number), (1, number)))
            case .open(let block):
                if let first = script.blocks[block].sections.first { events += heading(first, number, script) }
            case .divide(let section): events += heading(section, number, script)
            case .close: break
            }
        }
        return events.sorted { ($0.time, $0.order.0, $0.order.1) < ($1.time, $1.order.0, $1.order.1) }
    }

    private static func heading(_ number: Int, _ step: Int, _ script: DiagramScript) -> [TimeEvent] {
        let section = script.sections[number]
        guard let begins = section.begins, begins != .max, section.hasMessages, !section.keyword.isEmpty else {
            return []
        }
        return [TimeEvent(begins, .heading(number), (1, step))]
    }
}
