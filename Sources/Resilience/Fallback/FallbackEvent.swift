/// What a ``Fallback`` decides.
public enum FallbackEvent: Hashable, Sendable {
    /// Where an answer comes from that is not the real one.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        case `default`, stale, partial, source
    }

    /// The caller gets another answer. `age`: of a stale one.
    case used(Source, after: Failure, age: Duration?)
    /// A good answer is kept, to be served stale later.
    case kept
}
