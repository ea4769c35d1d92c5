/// What a ``Hedge`` decides. The first call is copy 0.
public enum HedgeEvent: Hashable, Sendable {
    case copyStarted(Int)
    /// `failure` is `nil` for a success. Copies that another one overtook are cancelled, and end as such.
    case copyFinished(Int, took: Duration, failure: Failure?)
    /// This copy's result goes to the caller.
    case decided(Int)
    /// The retry budget allows no further copy.
    case stopped
}
