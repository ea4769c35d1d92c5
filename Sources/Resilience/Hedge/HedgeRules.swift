/// When to send another copy of slow work, and how many.
public struct HedgeRules: Hashable, Sendable {
    /// After so long without an answer the next copy goes out; zero: all at once.
    public let after: Duration
    /// Besides the first call; at least 1.
    public let copies: Int
    /// Failures that are not the last word: the next copy goes out at once. Any other ends the whole.
    public let on: FailureSet
    /// Whether a wait that the other side asks for moves the next copy, and its "not at all" stops them.
    public let honoursRetryAfter: Bool

    /// - Throws: ``PolicyError`` when the delay is negative or there are no copies.
    public init(
        after: Duration, copies: Int = 1, on: FailureSet = .transient, honoursRetryAfter: Bool = true
    ) throws(PolicyError) {
        try PolicyError.requireNotNegative(after, "after")
        try PolicyError.requireAtLeast(1, copies, "copies")
        self.after = after
        self.copies = copies
        self.on = on
        self.honoursRetryAfter = honoursRetryAfter
    }

    /// gRPC A6: attempts counted with the first call, at least 2 and never more than 5.
    public static func grpc(
        maxAttempts: Int, hedgingDelay: Duration = .zero, nonFatal: FailureSet = .transient
    ) throws(PolicyError) -> HedgeRules {
        try PolicyError.requireAtLeast(2, maxAttempts, "maxAttempts")
        return try HedgeRules(after: hedgingDelay, copies: min(maxAttempts, 5) - 1, on: nonFatal)
    }

    /// Polly 8: one more attempt after 2 s.
    public static func polly(after: Duration = .seconds(2), copies: Int = 1) throws(PolicyError) -> HedgeRules {
        try HedgeRules(after: after, copies: copies, on: .all(except: [.cancelled]), honoursRetryAfter: false)
    }
}
