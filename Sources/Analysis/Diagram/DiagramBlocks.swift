import Trace

/// In which blocks of its flow something happened: branches that run at once, rounds one after another.
///
/// A branch is what one thing in a block leads to: what starts because something of a branch ended belongs to the same
/// branch.
struct DiagramBlocks {
    enum Kind { case parallel, loop }

    struct Step {
        /// The block's span.
        var block: SpanID
        var kind: Kind
        /// The event with which the branch began.
        var branch: EventID
    }

    /// Deeper ones are not told apart: no picture could show them.
    private static let deepest = 24

    private let index: TraceIndex
    /// From the outermost; by span, for what happens in it.
    private var paths: [SpanID: [Step]] = [:]
    private var pathOfEvent: [EventID: [Step]] = [:]
    private var kinds: [SpanID: Kind] = [:]

    init(_ index: TraceIndex) { self.index = index }

    /// The blocks round an event. Ask for the events of a request in their order.
    mutating func path(of id: EventID) -> [Step] {
        if let known = pathOfEvent[id] { return known }
        guard let event = index.trace[id] else { return [] }
        let isOpening = event.kind.opensSpan && index.span(event.span)?.startEvent == id
        let holder = isOpening ? event.parent : event.span
        var path = paths[holder] ?? []
        if let kind = kinds[holder], path.count < Self.deepest, isOpening || !event.kind.closesSpan {
            path.append(Step(block: holder, kind: kind, branch: branch(of: event, id, in: holder, depth: path.count)))
        }
        pathOfEvent[id] = path
        if isOpening {
            paths[event.span] = path
            if event.kind == .stepStarted { kinds[event.span] = kind(index.trace.name(event.detail)) }
        }
        return path
    }

    /// The branch of its cause, where that is one of the same block; else one of its own.
    private func branch(of event: Event, _ id: EventID, in block: SpanID, depth: Int) -> EventID {
        guard let path = pathOfEvent[event.cause], depth < path.count, path[depth].block == block else { return id }
        return path[depth].branch
    }

    private func kind(_ label: String) -> Kind? {
        switch label {
        case "parallel", "forEach": .parallel
        case "repeat": .loop
        default: nil
        }
    }
}
