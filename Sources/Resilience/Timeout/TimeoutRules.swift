/// How long work may take.
public struct TimeoutRules: Hashable, Sendable {
    /// For the whole.
    public let total: Duration?
    /// For the connection to be made.
    public let connect: Duration?
    /// From then until the answer is there.
    public let read: Duration?
    /// Whether `total` is told to everything further in, and cut by the deadline that is in force already.
    public let isDeadline: Bool

    /// - Throws: ``PolicyError`` when there is no limit at all, or one is not longer than 0.
    public init(total: Duration? = nil, connect: Duration? = nil, read: Duration? = nil) throws(PolicyError) {
        try self.init(total: total, connect: connect, read: read, isDeadline: false)
    }

    private init(total: Duration?, connect: Duration?, read: Duration?, isDeadline: Bool) throws(PolicyError) {
        try PolicyError.require(total != nil || connect != nil || read != nil, "timeout", "must have a limit")
        if let total { try PolicyError.requirePositive(total, "total") }
        if let connect { try PolicyError.requirePositive(connect, "connect") }
        if let read { try PolicyError.requirePositive(read, "read") }
        self.total = total
        self.connect = connect
        self.read = read
        self.isDeadline = isDeadline
    }

    /// A limit for the whole that everything further in knows of: ``Deadline/current``.
    public static func deadline(_ limit: Duration) throws(PolicyError) -> TimeoutRules {
        try TimeoutRules(total: limit, connect: nil, read: nil, isDeadline: true)
    }

    /// Polly 8: 30 s.
    public static func polly(_ limit: Duration = .seconds(30)) throws(PolicyError) -> TimeoutRules {
        try TimeoutRules(total: limit)
    }

    /// resilience4j's `TimeLimiter`: 1 s.
    public static func resilience4j(_ limit: Duration = .seconds(1)) throws(PolicyError) -> TimeoutRules {
        try TimeoutRules(total: limit)
    }

    /// Whether work that failed counts as timed out (Polly 8): only if the timer fired, the work ended because it was
    /// cancelled, and it was not the caller who cancelled.
    public static func isTimeout(hasFired: Bool, endedInCancellation: Bool, callerCancelled: Bool) -> Bool {
        hasFired && endedInCancellation && !callerCancelled
    }

    /// The limit for work in one piece, in which nobody can tell when the connection is there.
    var whole: Duration? {
        if let total { return total }
        let pieces = [connect, read].compactMap { $0?.clamped }
        return pieces.isEmpty ? nil : pieces.reduce(.zero, +)
    }
}
