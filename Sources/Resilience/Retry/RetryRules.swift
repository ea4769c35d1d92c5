/// How often to try again, after what, and how long to wait before.
public struct RetryRules: Hashable, Sendable {
    /// With the first one: at least 1.
    public let attempts: Int
    public let backoff: Backoff
    /// What is worth another attempt.
    public let on: FailureSet
    /// Whether a wait that the other side asks for goes before the backoff, and its "not at all" is heeded.
    public let honoursRetryAfter: Bool
    /// No further attempt once so long has passed since the first began, exactly that long included: tenacity's
    /// `stop_after_delay`.
    public let giveUpAfter: Duration?

    /// Attempts counted with the first call, as resilience4j, gRPC and tenacity do.
    ///
    /// - Throws: ``PolicyError`` when there are no attempts, or the time to give up after is not positive.
    public init(
        attempts: Int, backoff: Backoff = .none, on: FailureSet = .transient, honoursRetryAfter: Bool = true,
        giveUpAfter: Duration? = nil
    ) throws(PolicyError) {
        try PolicyError.requireAtLeast(1, attempts, "attempts")
        if let giveUpAfter { try PolicyError.requirePositive(giveUpAfter, "giveUpAfter") }
        self.attempts = attempts
        self.backoff = backoff
        self.on = on
        self.honoursRetryAfter = honoursRetryAfter
        self.giveUpAfter = giveUpAfter
    }

    /// Retries counted without the first call, as Polly and Envoy do.
    ///
    /// - Throws: ``PolicyError`` when retries are negative, or the time to give up after is not positive.
    public init(
        retries: Int, backoff: Backoff = .none, on: FailureSet = .transient, honoursRetryAfter: Bool = true,
        giveUpAfter: Duration? = nil
    ) throws(PolicyError) {
        try PolicyError.requireAtLeast(0, retries, "retries")
        try self.init(
            attempts: retries == .max ? retries : retries + 1, backoff: backoff, on: on,
            honoursRetryAfter: honoursRetryAfter, giveUpAfter: giveUpAfter)
    }
}

extension RetryRules {
    /// Polly 8: 3 retries after 2 s each, of everything but cancellation.
    public static func polly(retries: Int = 3, backoff: Backoff? = nil) throws(PolicyError) -> RetryRules {
        let backoff = if let backoff { backoff } else { try Backoff.polly() }
        return try RetryRules(retries: retries, backoff: backoff, on: .all(except: [.cancelled]))
    }

    /// resilience4j: 3 attempts, 500 ms apart, of everything but cancellation.
    public static func resilience4j(attempts: Int = 3, backoff: Backoff? = nil) throws(PolicyError) -> RetryRules {
        let backoff = if let backoff { backoff } else { try Backoff(.constant, base: .milliseconds(500)) }
        return try RetryRules(attempts: attempts, backoff: backoff, on: .all(except: [.cancelled]))
    }

    /// gRPC A6: at least 2 attempts, and never more than 5, however many are asked for.
    public static func grpc(
        maxAttempts: Int, backoff: Backoff, on: FailureSet = .transient
    ) throws(PolicyError) -> RetryRules {
        try PolicyError.requireAtLeast(2, maxAttempts, "maxAttempts")
        return try RetryRules(attempts: min(maxAttempts, 5), backoff: backoff, on: on)
    }

    /// Envoy: 1 retry.
    public static func envoy(
        retries: Int = 1, backoff: Backoff? = nil, on: FailureSet = .transient
    ) throws(PolicyError) -> RetryRules {
        let backoff = if let backoff { backoff } else { try Backoff.envoy() }
        return try RetryRules(retries: retries, backoff: backoff, on: on)
    }
}
