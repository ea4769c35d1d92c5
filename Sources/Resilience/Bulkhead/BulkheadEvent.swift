/// What a bulkhead decided. inside, queued: calls there after it.
public enum BulkheadEvent: Hashable, Sendable {
    case entered(inside: Int)
    case queued(queued: Int)
    case rejected(queued: Int)
    case shed(BulkheadShedReason, queued: Int)
    /// The caller no longer waited.
    case abandoned(queued: Int)
    case left(inside: Int)
    /// An adaptive limit has moved.
    case limitChanged(Int)
}
