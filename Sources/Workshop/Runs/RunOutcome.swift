/// What became of a run.
public enum RunOutcome: Sendable {
    case finished(RunView)
    /// It was stopped by a limit, or a change is impossible: the reason, for people.
    case failed(String)

    public var view: RunView? { if case .finished(let view) = self { view } else { nil } }
}
