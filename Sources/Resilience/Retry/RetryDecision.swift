/// What follows a failed attempt.
public enum RetryDecision: Hashable, Sendable {
    case retry(after: Backoff.Wait, RetryWaitSource)
    case giveUp(RetryGiveUpReason)
}

/// Who chose the wait before a retry.
public enum RetryWaitSource: String, Hashable, Sendable, CaseIterable {
    case backoff
    case retryAfter = "Retry-After"
    case pushback
}

/// Why there is no further attempt.
public enum RetryGiveUpReason: String, Hashable, Sendable, CaseIterable {
    /// They are used up.
    case attempts
    /// A failure that another attempt does not help.
    case permanent
    /// The retry budget says no.
    case budget
    /// The deadline would have passed before the next attempt.
    case deadline
    /// It may have been done already, and doing it twice does harm.
    case notIdempotent = "not idempotent"
    /// The other side asked for none.
    case toldNotTo = "told not to"
    /// ``RetryRules/giveUpAfter`` has passed.
    case elapsed
}
