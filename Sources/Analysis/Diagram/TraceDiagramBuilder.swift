import Diagrams
import Trace

/// Turns the messages of requests into a diagram with blocks, notes and passages.
struct TraceDiagramBuilder {
    let index: TraceIndex
    let cursor: Cursor
    let sequence: SequenceDiagram
    let options: TraceDiagram.Options
    var stretch: Stretch?
    private let section = DiagramSection()
    private var blocks: DiagramBlocks
    /// Whether requests overlap: then their calls say whose they are.
    private var isCrowd = false
    /// Calls whose answer is shown: those activate the one who is called.
    private var answered: Set<SpanID> = []
    private var shown: Set<NameID> = []
    private var end = VirtualTime.zero

    init(index: TraceIndex, cursor: Cursor, sequence: SequenceDiagram, options: TraceDiagram.Options) {
        self.index = index
        self.cursor = cursor
        self.sequence = sequence
        self.options = options
        blocks = DiagramBlocks(index)
    }

    var words: TraceWords { options.words }
    private var start: VirtualTime { max(sequence.from, stretch?.from ?? sequence.from) }

    mutating func finished(_ requests: [RequestID]) -> MeasuredDiagram {
        let infos = requests.compactMap { index.request($0)?.clipped(to: cursor) }.filter {
            cursor.includes($0.startEvent)
        }
        isCrowd = overlap(infos)
        if !isCrowd {
            for request in infos { for event in index.events(of: request.id) { _ = blocks.path(of: event) } }
        }
        let messages = sequence.messages.filter(isShown)
        for message in messages where message.kind == .answer || message.kind == .drop { answered.insert(message.span) }
        let sends = messages.filter { $0.kind == .send && serviceEnd(of: $0) != nil }
        answered.formUnion(sends.map(\.span))
        let calls = messages.lazy.filter { $0.kind == .call || $0.kind == .send }.map(\.span)
        answered.formIntersection(Set(calls))
        for send in sends {
            if let end = serviceEnd(of: send) { add(.statement(.deactivate(id(send.to))), at: end) }
        }
        for message in messages { add(message) }
        for request in infos { addEnd(of: request) }
        for note in sequence.notes where isInside(note.time) { add(note) }
        var passages: [[MeasuredDiagram.Passage]] = []
        let statements = section.nodes(words).map { $0.numbered(&passages) }
        let participants = participants
        let diagram = Diagram(
            participants: participants.columns, boxes: participants.boxes, statements: statements)
        let duration = infos.isEmpty ? nil : max(0, end.nanoseconds - start.nanoseconds)
        return MeasuredDiagram(diagram, passages: passages, duration: duration)
    }

    private func overlap(_ requests: [RequestInfo]) -> Bool {
        var last: VirtualTime?
        for request in requests.sorted(by: { $0.start < $1.start }) {
            if let last, request.start < last { return true }
            last = request.end ?? cursor.time
        }
        return false
    }

    // MARK: What is shown

    private func isInside(_ time: VirtualTime) -> Bool {
        stretch.map { $0.from <= time && time <= $0.to } ?? true
    }

    private func isVisible(_ name: NameID) -> Bool {
        options.participants.map { $0.contains(index.trace.name(name)) } ?? true
    }

    private func isShown(_ message: SequenceDiagram.Message) -> Bool {
        isInside(message.sent) && isVisible(message.from) && isVisible(message.to)
    }

    func id(_ name: NameID) -> String {
        let name = label(name)
        return name.isEmpty ? "?" : name
    }

    private func label(_ name: NameID) -> String { index.trace.name(name).clean }

    /// Clients first, then the others as they are first used; servers of a pool stand together, in a box.
    private var participants: (columns: [Participant], boxes: [ParticipantBox]) {
        var columns: [NameID] = []
        var boxes: [ParticipantBox] = []
        for name in sequence.participants where shown.contains(name) && !columns.contains(name) {
            let pool = index.balancers.first { $0.servers.contains(name) }
            let group = pool.map { $0.servers.filter { shown.contains($0) && !columns.contains($0) } } ?? [name]
            columns += group
            if let pool { boxes.append(ParticipantBox(label: label(pool.id), participants: group.map(id))) }
        }
        let kinds = Dictionary(index.trace.components.map { ($0.name, $0.kind) }) { first, _ in first }
        return (columns.map { Participant(id: id($0), kind: kind(kinds[$0], index.trace.name($0))) }, boxes)
    }

    private func kind(_ kind: Component.Kind?, _ name: String) -> Participant.Kind {
        switch kind {
        case .client: .actor
        case _ where !options.hasSymbols: .participant
        case .cache: .collections
        default: Self.isDatabase(name) ? .database : .participant
        }
    }

    /// A trace does not say what a backend is; its name often does.
    private static func isDatabase(_ name: String) -> Bool {
        let parts = name.lowercased().split { !$0.isLetter }
        let words: Set<Substring> = [
            "db", "database", "sql", "mysql", "postgres", "postgresql", "sqlite", "oracle", "cosmos", "dynamo", "mongo",
            "cassandra", "redis",
        ]
        return parts.contains { words.contains($0) }
    }

    /// When the one who got a message that nobody waits for is done with it, as far as that is shown.
    private func serviceEnd(of message: SequenceDiagram.Message) -> EventID? {
        guard let end = index.span(message.span)?.clipped(to: cursor).serviceEnd, isInside(end.time) else { return nil }
        return end.event
    }

    // MARK: Statements

    private mutating func add(_ node: DiagramNode, at event: EventID) {
        let path = isCrowd ? [] : blocks.path(of: event)
        section.add(node, at: event, path: path[...])
    }

    private mutating func note(_ text: String, over name: NameID, at event: EventID) {
        guard isVisible(name) else { return }
        shown.insert(name)
        add(.statement(.note(Note(place: .over, participants: [id(name)], text: text.clean))), at: event)
    }

    private mutating func arrow(
        _ message: SequenceDiagram.Message, _ arrow: Arrow, _ text: String,
        _ fate: MeasuredDiagram.Passage.Fate = .plain
    ) {
        shown.formUnion([message.from, message.to])
        let isCall = (message.kind == .call || message.kind == .send) && answered.contains(message.span)
        let isAnswer = message.kind == .answer && answered.contains(message.span)
        let passage = MeasuredDiagram.Passage(
            sent: message.sent.nanoseconds - start.nanoseconds,
            arrives: message.arrives.map { $0.nanoseconds - start.nanoseconds }, fate: fate, took: message.elapsed)
        end = max(end, message.arrives ?? message.sent)
        let node = DiagramNode.message(
            Message(
                number: 0, from: id(message.from), to: id(message.to), arrow: arrow, text: text, activates: isCall,
                deactivates: isAnswer),
            [passage])
        add(node, at: message.event)
    }

    private mutating func add(_ message: SequenceDiagram.Message) {
        let label = label(message.label)
        let took = options.writesTimes ? message.elapsed.map { ", " + words.time($0) } ?? "" : ""
        let owner = isCrowd ? TraceIdentity.correlationID(message.request, in: index).map { " (\($0))" } ?? "" : ""
        switch message.kind {
        case .call:
            let fate = fate(of: message)
            arrow(message, Arrow(.solid, fate == .lost ? .cross : .filled), label + owner, fate)
        case .send:
            let isLost = message.isLost
            arrow(message, Arrow(.solid, isLost ? .cross : .open), label + owner, isLost ? .lost : .plain)
        case .branch:
            let place = max(-1, index.trace[message.event]?.value ?? -1) &+ 1
            note(words.branch(label, place: Int(clamping: place)) + owner, over: message.from, at: message.event)
        case .answer:
            let word = words.outcome(message.outcome)
            guard message.isLate else {
                return arrow(message, Arrow(.dotted, .filled), word + took + owner, .init(answer: message.outcome))
            }
            arrow(message, Arrow(.dotted, .cross), "\(word), \(words.late)\(owner)", .timedOut)
        case .wait: arrow(message, Arrow(.solid, .filled), words.wait + took + owner)
        case .cacheLookup: arrow(message, Arrow(.solid, .filled), words.get(label) + owner)
        case .cacheHit:
            let age = message.isStale ? ", " + words.outOfDate : ""
            arrow(message, Arrow(.dotted, .filled), words.hit + age + took + owner, .cached)
        case .cacheMiss: arrow(message, Arrow(.dotted, .filled), words.miss + took + owner)
        case .cacheStore: arrow(message, Arrow(.solid, .filled), words.store(label) + owner)
        case .cacheWrite: arrow(message, Arrow(.solid, .filled), words.write(label) + owner)
        case .cacheInvalidate: arrow(message, Arrow(.solid, .filled), words.invalidate(label) + owner)
        case .merge: note(words.merge(label) + owner, over: message.from, at: message.event)
        case .dataMissing: note(words.missing(label) + owner, over: message.from, at: message.event)
        case .abandon:
            note(words.givesUp(call(message), message.outcome) + owner, over: message.from, at: message.event)
        case .drop:
            note(words.drops + owner, over: message.from, at: message.event)
            if answered.contains(message.span) {
                add(.statement(.deactivate(id(message.from))), at: message.event)
            }
        case .backoff, .giveUp, .timeout, .turnedAway, .held, .copy, .fallback, .breakerChange:
            let text = words.decision(message, index.trace[message.event], in: index.trace)
            note(text + owner, over: message.from, at: message.event)
        }
    }

    /// `sql.read`: what a caller no longer waits for.
    private func call(_ message: SequenceDiagram.Message) -> String {
        let names = [index.trace[message.event]?.component ?? .none, message.label].map(label)
        return names.filter { !$0.isEmpty }.joined(separator: ".")
    }

    private func fate(of message: SequenceDiagram.Message) -> MeasuredDiagram.Passage.Fate {
        index.span(message.span).map { index.fate(ofCall: $0.clipped(to: cursor)) } ?? .plain
    }

    private mutating func addEnd(of request: RequestInfo) {
        guard isVisible(request.client) else { return }
        shown.insert(request.client)
        guard let time = request.end, let latency = request.latency, isInside(time) else { return }
        end = max(end, time)
        let owner = isCrowd ? TraceIdentity.correlationID(request.id, in: index).map { " (\($0))" } ?? "" : ""
        note(words.end(request.outcome, after: latency) + owner, over: request.client, at: request.endEvent)
    }

    private mutating func add(_ note: SequenceDiagram.Note) {
        guard let event = index.trace[note.event], event.kind == .faultStarted || event.kind == .faultEnded,
            sequence.participants.contains(note.participant)
        else { return }
        let text = words.fault(
            index.trace.name(event.detail), size: event.value, hasEnded: event.kind == .faultEnded)
        self.note(text, over: note.participant, at: note.event)
    }
}

extension String {
    /// Control characters as blanks: no diagram can say them.
    fileprivate var clean: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? " " : $0 }))
    }
}
