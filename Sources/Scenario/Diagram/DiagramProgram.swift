import Diagrams

/// A diagram as activities: who does what, for whom, in which order.
///
/// A statement belongs to the innermost open activity of its sender; whoever nobody has asked acts in the client's
/// name. A block that several activities share is in each of them, with what each of them does there.
struct DiagramProgram {
    /// A block and how often its sections are taken, in percent; of a loop, how often it runs.
    struct BlockInfo {
        let block: Block
        var shares: [Double] = []
        var times = 1
        /// How many activities have a part in it.
        var parts = 0
    }

    let client: DiagramActivity
    /// What each call or message brings about, by its number.
    private(set) var activities: [Int: DiagramActivity] = [:]
    private(set) var messages: [Message] = []
    private(set) var blocks: [BlockInfo] = []
    /// What notes and messages say of how long a call's work takes, by the call's number.
    private(set) var latencies: [Int: Duration] = [:]
    /// The same of a participant before anybody calls it.
    private(set) var defaults: [String: Duration] = [:]
    /// Answers in sections of which others may be taken.
    private(set) var branchAnswers: Set<Int> = []
    /// Messages to oneself in the client's name.
    private(set) var clientWork: Set<Int> = []
    /// How long messages to oneself take.
    private(set) var work: [Int: Duration] = [:]
    let answers: DiagramAnswers

    private var open: [DiagramActivity] = []
    private var lastCall: [String: Int] = [:]
    private var scopes = 0
    /// The message to oneself that a note right behind it speaks of.
    private var lastWork: Message?

    static let workTime = Duration.milliseconds(10)

    /// `nil`: the diagram has no messages.
    init?(_ diagram: Diagram) {
        guard let first = Self.firstSender(diagram.statements) else { return nil }
        answers = DiagramAnswers(diagram)
        client = DiagramActivity(participant: first, call: nil, caller: nil)
        open = [client]
        read(diagram.statements, scope: 0, path: [])
    }

    private static func firstSender(_ statements: [Statement]) -> String? {
        for statement in statements {
            switch statement {
            case .message(let message): return message.from
            case .block(let block):
                for section in block.sections {
                    if let found = firstSender(section.statements) { return found }
                }
            default: continue
            }
        }
        return nil
    }

    // MARK: Statements

    private mutating func read(_ statements: [Statement], scope: Int, path: DiagramActivity.Path) {
        var path = path
        for statement in statements {
            switch statement {
            case .message(let message):
                read(message, scope: scope, path: path)
                lastWork = message.from == message.to ? message : nil
            case .note(let note): read(note, path: path)
            case .block(let block) where block.kind == .rect:
                read(block.sections[0].statements, scope: scope, path: path)
            case .block(let block):
                let number = add(block)
                var lasting: [DiagramActivity] = []
                for (place, section) in block.sections.enumerated() {
                    scopes += 1
                    let inner = scopes
                    let here = path + [DiagramActivity.Place(block: number, section: place)]
                    read(section.statements, scope: inner, path: here)
                    lasting += open.filter { $0.scope == inner && $0.isBackground }
                    close { $0.scope == inner }
                }
                goOn(lasting, scope: scope)
                close { $0.scope == scope && $0.isAnswered }
                // What follows a break in its block happens when the break is not taken.
                if block.kind == .break { path.append(DiagramActivity.Place(block: number, section: 1)) }
            default: break
            }
        }
    }

    private mutating func read(_ message: Message, scope: Int, path: DiagramActivity.Path) {
        let number = messages.count
        messages.append(message)
        if message.from == message.to {
            let worker = innermost(message.from)
            worker.append(.work(number), at: path)
            if worker === client { clientWork.insert(number) }
            work[number] = DiagramWords.trailingDuration(message.text)?.duration ?? Self.workTime
            return
        }
        if let call = answers.callOf[number] {
            answer(call, with: number, scope: scope, path: path)
            return
        }
        let isSend = !message.isCall && message.arrow.head != .both
        endUnanswered(by: message.from, before: number)
        let sender = innermost(message.from)
        let isLost = message.arrow.head == .cross
        sender.append(isSend ? .send(number, isLost: isLost) : .call(number), at: path)
        if let (_, time) = DiagramWords.trailingDuration(message.text) { latencies[number] = time }
        let activity = DiagramActivity(
            participant: message.to, call: number, caller: sender, isBackground: isSend, scope: scope, path: path)
        activities[number] = activity
        if message.arrow.head == .both || isLost { return }
        lastCall[message.to] = number
        // Of several messages that nobody waits for, what their receiver does belongs to the latest.
        if isSend { close { $0.isBackground && $0.participant == message.to && $0.scope == scope } }
        open.append(activity)
    }

    private mutating func answer(_ call: Int, with number: Int, scope: Int, path: DiagramActivity.Path) {
        guard let activity = open.last(where: { $0.call == call }) else { return }
        if activity.scope == scope { return end(activity) }
        activity.isAnswered = true
        activity.append(.answer(number), at: path)
        branchAnswers.insert(number)
    }

    /// A call without a written answer ends when its sender goes on, unless something that it brought about is
    /// answered later.
    private mutating func endUnanswered(by sender: String, before number: Int) {
        while let activity = open.last(where: { activity in
            guard let call = activity.call, !activity.isBackground, activity.caller?.participant == sender else {
                return false
            }
            return answers.lastAnswer[call] == nil && !open.contains { other in
                other.isWithin(activity) && other.call.flatMap { answers.lastAnswer[$0] } ?? -1 > number
            }
        }) {
            end(activity)
        }
    }

    /// Messages that nobody waits for, sent meanwhile, are worked on beyond the end.
    private mutating func end(_ activity: DiagramActivity) {
        close { other in
            var current: DiagramActivity? = other
            while let step = current {
                if step === activity { return true }
                if step.isBackground { return false }
                current = step.caller
            }
            return false
        }
    }

    private mutating func close(_ isOver: (DiagramActivity) -> Bool) {
        open.removeAll { $0 !== client && isOver($0) }
    }

    /// What nobody waits for does not end with its block. Of alternatives the first goes on: it is the likeliest.
    private mutating func goOn(_ activities: [DiagramActivity], scope: Int) {
        var seen: Set<String> = []
        for activity in activities where seen.insert(activity.participant).inserted {
            activity.scope = scope
            open.append(activity)
        }
    }

    private func innermost(_ participant: String) -> DiagramActivity {
        open.last { $0.participant == participant } ?? client
    }

    // MARK: Notes

    private mutating func read(_ note: Note, path: DiagramActivity.Path) {
        guard note.participants.count == 1, let time = DiagramWords.duration(note.text) else { return }
        let participant = note.participants[0]
        if let message = lastWork, message.from == participant {
            work[message.number] = time
        } else if let call = open.last(where: { $0.participant == participant })?.call ?? lastCall[participant] {
            latencies[call] = time
        } else if participant == client.participant {
            client.append(.wait(time, note.position), at: path)
        } else {
            defaults[participant] = time
        }
    }

    // MARK: Blocks

    private mutating func add(_ block: Block) -> Int {
        var info = BlockInfo(block: block)
        switch block.kind {
        case .loop: info.times = DiagramWords.count(block.sections[0].label) ?? 3
        case .alt: info.shares = Self.shares(block, first: 100)
        case .critical: info.shares = Self.shares(block, first: 100)
        case .opt: info.shares = [DiagramWords.share(block.sections[0].label) ?? 100]
        case .break:
            let share = DiagramWords.share(block.sections[0].label) ?? 0
            info.shares = [share, 100 - share]
        case .par, .parOver, .rect: break
        }
        blocks.append(info)
        return blocks.count - 1
    }

    /// What labels say; sections that say nothing share what is left. Where none says anything: the first, always.
    private static func shares(_ block: Block, first: Double) -> [Double] {
        let written = block.sections.map { DiagramWords.share($0.label) }
        let said = written.compactMap(\.self)
        guard !said.isEmpty else { return written.indices.map { $0 == 0 ? first : 0 } }
        let silent = Double(written.count - said.count)
        let left = max(0, 100 - said.reduce(0, +))
        // Of a critical block what is left is its body's.
        if block.kind == .critical, written[0] == nil { return [left] + written.dropFirst().map { $0 ?? 0 } }
        return written.map { $0 ?? left / silent }
    }

    /// Counts who has a part in each block: choices of several must fall alike.
    mutating func countParts() {
        var parts = [Int](repeating: 0, count: blocks.count)
        func count(_ nodes: [DiagramActivity.Node]) {
            for case .block(let number, let sections) in nodes {
                parts[number] += 1
                sections.forEach(count)
            }
        }
        count(client.nodes)
        for number in messages.indices { activities[number].map { count($0.nodes) } }
        for (number, count) in parts.enumerated() { blocks[number].parts = count }
    }
}
