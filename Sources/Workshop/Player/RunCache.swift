import Model

/// Finished runs, so that undo, redo and going back a step show at once. The oldest are let go.
public struct RunCache: Sendable {
    private static let capacity = 12
    private var entries: [(request: Run, outcome: RunOutcome)] = []

    public init() {}

    public subscript(request: Run) -> RunOutcome? {
        entries.last { $0.request == request }?.outcome
    }

    public mutating func store(_ outcome: RunOutcome, for request: Run) {
        entries.removeAll { $0.request == request }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((request, outcome))
    }
}

/// What became of a run.
public enum RunOutcome: Sendable {
    case finished(RunView)
    /// It was stopped by a limit, or the change is impossible: the reason, for people.
    case failed(String)
    /// The student did not want to wait.
    case cancelled

    public var view: RunView? { if case .finished(let view) = self { view } else { nil } }
}
