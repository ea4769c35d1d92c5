/// What a ``Retry`` decides.
public enum RetryEvent: Hashable, Sendable {
    /// Numbers count from 1.
    case attemptStarted(Int)
    /// `failure` is `nil` for a success.
    case attemptFinished(Int, took: Duration, failure: Failure?)
    /// After so many attempts: when the next one is made, and what jitter could have chosen.
    case scheduled(after: Backoff.Wait, RetryWaitSource, attempts: Int)
    /// There is no further attempt; the caller gets the last failure.
    case givenUp(RetryGiveUpReason, attempts: Int)
    /// Adaptive throttling did not let the first attempt be sent.
    case throttled
}
