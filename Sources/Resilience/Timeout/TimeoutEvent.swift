/// What a ``Timeout`` decides.
public enum TimeoutEvent: Hashable, Sendable {
    /// The time is up: the work is cancelled.
    case fired(TimedOut.Phase, limit: Duration)
    /// The work has ended. `isTimeout`: its caller gets ``TimedOut``; else what it gave or threw, late or not.
    case finished(took: Duration, isTimeout: Bool)
    /// The deadline had passed before the work began: it is not done at all.
    case dropped
}
