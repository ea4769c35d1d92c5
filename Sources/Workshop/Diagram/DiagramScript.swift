import Diagrams

/// A diagram's statements one after another: blocks as edges, and with each message what holds while it is drawn.
struct DiagramScript {
    struct MessageStep {
        var message: Diagrams.Message
        /// Columns, from 0.
        var from: Int
        var to: Int
        /// What `autonumber` gives it.
        var ordinal: Int?
        /// Bars on the sender's and on the receiver's lifeline where the arrow stands.
        var fromDepth: Int
        var toDepth: Int
        /// Whether the receiver's column begins with it.
        var creates = false
        var section: Int?
    }

    struct NoteStep {
        var place: Note.Place
        /// Columns: the same twice, unless it stands over several.
        var first: Int
        var last: Int
        var text: String
        /// Bars on its last column.
        var depth: Int
        var section: Int?
    }

    enum Step {
        case message(MessageStep)
        case note(NoteStep)
        /// The upper edge of a block, by its number.
        case open(Int)
        /// The upper edge of a further section, by its number.
        case divide(Int)
        case close(Int)
    }

    struct BlockInfo {
        var kind: Block.Kind
        /// The number of its first section; the others follow in steps, not in numbers.
        var sections: [Int]
        var parent: Int?
        /// The columns that it is about.
        var columns: ClosedRange<Int>?
    }

    struct Section {
        var block: Int
        var parent: Int?
        var keyword: String
        var label: String
        /// When its first message was sent; `nil`: it has none.
        var begins: Int64?
        var hasMessages = false
    }

    /// Work on a lifeline, from one step to another.
    struct Bar {
        var column: Int
        /// How many there are already, from 0.
        var level: Int
        var start: Place
        /// `nil`: to the end of the diagram.
        var end: Place?
    }

    /// A step, and whether a message's arrival is meant or its sending.
    struct Place {
        var step: Int
        var isArrival: Bool
    }

    private(set) var steps: [Step] = []
    private(set) var blocks: [BlockInfo] = []
    private(set) var sections: [Section] = []
    private(set) var bars: [Bar] = []
    /// For each column the step that creates it, and the one that ends it.
    private(set) var births: [Int?]
    private(set) var deaths: [Int?]

    let measured: MeasuredDiagram
    private let columns: [String: Int]
    private var open: [[Int]]
    private var ordinal: (next: Int, step: Int)?
    private var creating: Set<Int> = []
    private var destroying: Set<Int> = []

    init(_ measured: MeasuredDiagram) {
        self.measured = measured
        let participants = measured.diagram.participants
        var columns: [String: Int] = [:]
        for (place, participant) in participants.enumerated() where columns[participant.id] == nil {
            columns[participant.id] = place
        }
        self.columns = columns
        births = Array(repeating: nil, count: participants.count)
        deaths = births
        open = Array(repeating: [], count: participants.count)
        add(measured.diagram.statements, block: nil, section: nil)
        finishSections()
    }

    /// When a message was first sent: 0 where nothing was measured, `.max` where no run sent it.
    func begins(_ message: Diagrams.Message) -> Int64 {
        guard !measured.passages.isEmpty else { return 0 }
        guard measured.passages.indices.contains(message.number) else { return .max }
        return measured.passages[message.number].first?.sent ?? .max
    }

    /// When the first message was sent.
    var start: Int64 { measured.passages.lazy.compactMap { $0.first?.sent }.min() ?? 0 }

    // MARK: Statements

    private mutating func add(_ statements: [Statement], block: Int?, section: Int?) {
        for statement in statements {
            switch statement {
            case .message(let message): add(message, block: block, section: section)
            case .note(let note): add(note, block: block, section: section)
            case .activate(let id): if let column = columns[id] { activate(column) }
            case .deactivate(let id): if let column = columns[id] { deactivate(column) }
            case .create(let id): if let column = columns[id], births[column] == nil { creating.insert(column) }
            case .destroy(let id): if let column = columns[id] { destroying.insert(column) }
            case .autonumber(.on(let start, let step)): ordinal = (start, step)
            case .autonumber(.off): ordinal = nil
            case .block(let inner): add(inner, parent: block, section: section)
            case .comment: break
            }
        }
    }

    private mutating func add(_ message: Diagrams.Message, block: Int?, section: Int?) {
        guard let from = columns[message.from], let to = columns[message.to] else { return }
        var step = MessageStep(
            message: message, from: from, to: to, ordinal: ordinal?.next, fromDepth: open[from].count,
            toDepth: open[to].count, section: section)
        if let (next, by) = ordinal { ordinal = (next.addingReportingOverflow(by).partialValue, by) }
        let place = steps.count
        if creating.remove(to) != nil, to != from {
            step.creates = true
            births[to] = place
        }
        if message.activates {
            begin(to, at: Place(step: place, isArrival: true))
            step.toDepth = open[to].count
        }
        if message.deactivates {
            end(from, at: Place(step: place, isArrival: false))
            if from == to { step.toDepth = open[to].count }
        }
        for column in [from, to] where destroying.remove(column) != nil { deaths[column] = place }
        if let block { extend(block, from, to) }
        if let section { note(message, in: section) }
        steps.append(.message(step))
    }

    private mutating func add(_ note: Note, block: Int?, section: Int?) {
        let places = note.participants.compactMap { columns[$0] }
        guard let first = places.min(), let last = places.max() else { return }
        let step = NoteStep(
            place: note.place, first: first, last: note.place == .over ? last : first, text: note.text,
            depth: open[note.place == .over ? last : first].count, section: section)
        if let block { extend(block, step.first, step.last) }
        steps.append(.note(step))
    }

    private mutating func add(_ inner: Block, parent: Int?, section: Int?) {
        let number = blocks.count
        blocks.append(BlockInfo(kind: inner.kind, sections: [], parent: parent, columns: nil))
        for (place, part) in inner.sections.enumerated() {
            let keyword = place == 0 ? inner.kind.rawValue : inner.kind.divider ?? inner.kind.rawValue
            let label = inner.kind == .rect ? "" : part.label
            sections.append(
                Section(block: number, parent: section, keyword: inner.kind == .rect ? "" : keyword, label: label))
            let id = sections.count - 1
            blocks[number].sections.append(id)
            steps.append(place == 0 ? .open(number) : .divide(id))
            add(part.statements, block: number, section: id)
        }
        if inner.sections.isEmpty { steps.append(.open(number)) }
        steps.append(.close(number))
        if let parent, let columns = blocks[number].columns { extend(parent, columns.lowerBound, columns.upperBound) }
    }

    private mutating func extend(_ block: Int, _ one: Int, _ other: Int) {
        let (low, high) = (min(one, other), max(one, other))
        guard let known = blocks[block].columns else {
            blocks[block].columns = low...high
            return
        }
        blocks[block].columns = min(low, known.lowerBound)...max(high, known.upperBound)
    }

    // MARK: Sections

    private mutating func note(_ message: Diagrams.Message, in section: Int) {
        sections[section].hasMessages = true
        sections[section].begins = min(sections[section].begins ?? .max, begins(message))
    }

    /// Tells sections what those inside them begin with, and those without messages what holds round them.
    private mutating func finishSections() {
        for id in sections.indices.reversed() {
            guard let parent = sections[id].parent, sections[id].hasMessages else { continue }
            sections[parent].hasMessages = true
            sections[parent].begins = min(sections[parent].begins ?? .max, sections[id].begins ?? .max)
        }
        for id in sections.indices where !sections[id].hasMessages {
            sections[id].begins = sections[id].parent.flatMap { sections[$0].begins }
        }
        for id in blocks.indices where blocks[id].columns == nil {
            let outer = blocks[id].parent.flatMap { blocks[$0].columns }
            blocks[id].columns = outer ?? (births.isEmpty ? nil : 0...(births.count - 1))
        }
    }

    // MARK: Bars

    /// A statement right after a message that touches the column means that message.
    private func lastMessage(touching column: Int) -> Place? {
        guard case .message(let last)? = steps.last, last.from == column || last.to == column else { return nil }
        return Place(step: steps.count - 1, isArrival: last.to == column)
    }

    private mutating func activate(_ column: Int) {
        let place = lastMessage(touching: column)
        begin(column, at: place ?? Place(step: steps.count, isArrival: false))
        guard let place, case .message(var last) = steps[place.step] else { return }
        if last.to == column { last.toDepth = open[column].count } else { last.fromDepth = open[column].count }
        steps[place.step] = .message(last)
    }

    private mutating func deactivate(_ column: Int) {
        end(column, at: lastMessage(touching: column) ?? Place(step: max(0, steps.count - 1), isArrival: true))
    }

    private mutating func begin(_ column: Int, at place: Place) {
        bars.append(Bar(column: column, level: open[column].count, start: place, end: nil))
        open[column].append(bars.count - 1)
    }

    private mutating func end(_ column: Int, at place: Place) {
        guard let bar = open[column].popLast() else { return }
        bars[bar].end = place
    }
}
