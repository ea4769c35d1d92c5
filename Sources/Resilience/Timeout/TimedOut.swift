/// The error of work that took too long.
public struct TimedOut: ClassifiedError, Hashable, Sendable {
    /// Which limit it was.
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        case total, connect, read, deadline
    }

    public var phase: Phase
    /// How long it had. Zero when the deadline had passed before it began.
    public var limit: Duration

    public init(_ phase: Phase, limit: Duration) {
        self.phase = phase
        self.limit = limit
    }

    public var failure: Failure { Failure(.timeout) }
}
