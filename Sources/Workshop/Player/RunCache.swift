import Model

/// Finished runs, so that undo, redo and going back a step show at once. The oldest are let go.
public struct RunCache: Sendable {
    /// Runs kept at most.
    private static let capacity = 12
    /// Events kept at most, in all of them. The two newest runs stay, however long: both may be on the screen.
    private static let mostEvents = 1_000_000
    private var entries: [(request: Run, outcome: RunOutcome)] = []

    public init() {}

    public subscript(request: Run) -> RunOutcome? {
        entries.last { $0.request == request }?.outcome
    }

    public mutating func store(_ outcome: RunOutcome, for request: Run) {
        entries.removeAll { $0.request == request }
        entries.append((request, outcome))
        while entries.count > Self.capacity || entries.count > 2 && eventCount > Self.mostEvents {
            entries.removeFirst()
        }
    }

    var count: Int { entries.count }

    private var eventCount: Int { entries.reduce(0) { $0 + ($1.outcome.view?.trace.events.count ?? 0) } }
}

/// What became of a run.
public enum RunOutcome: Sendable {
    case finished(RunView)
    /// It was stopped by a limit, or a change is impossible: the reason, for people.
    case failed(String)

    public var view: RunView? { if case .finished(let view) = self { view } else { nil } }
}
