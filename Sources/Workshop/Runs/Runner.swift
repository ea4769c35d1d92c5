import Model

/// Computes runs for the workshop.
public protocol Runner: AnyObject {
    /// Begins a run. One that is done soon is returned; a longer one comes through ``finished()``.
    func start(_ request: Run) -> RunOutcome?
    /// The runs that were finished since the last call.
    func finished() -> [(Run, RunOutcome)]
    /// How far the run under way is, 0...1; `nil` when there is none.
    var progress: Double? { get }
    /// Stops what is under way; nothing more is heard of it.
    func cancel()
}

/// Computes each run at once, on the thread that asks: for replays and tests.
public final class ImmediateRunner: Runner {
    public init() {}
    public func start(_ request: Run) -> RunOutcome? { request.outcome() }
    public func finished() -> [(Run, RunOutcome)] { [] }
    public var progress: Double? { nil }
    public func cancel() {}
}
