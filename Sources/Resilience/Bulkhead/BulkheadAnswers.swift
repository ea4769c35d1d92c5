/// The answer to a call that wants into a bulkhead.
public enum BulkheadEntry<Waiter: Hashable & Sendable>: Hashable, Sendable {
    case entered
    /// It waits until ``BulkheadCore/leave(took:wasDropped:at:draw:)`` or ``BulkheadCore/tick(at:)`` names it.
    case queued
    /// The same, and the one that has waited longest is sent away for it.
    case queuedShedding(Waiter)
    /// No room, or no time left to wait.
    case rejected
}

/// What becomes of a call that waits.
public enum BulkheadRelease<Waiter: Hashable & Sendable>: Hashable, Sendable {
    /// It is inside now.
    case start(Waiter)
    case shed(Waiter, BulkheadShedReason)
}

/// Why a call was sent away from the queue.
public enum BulkheadShedReason: String, Hashable, Sendable, CaseIterable {
    /// It had waited longest when the queue was full.
    case oldest
    /// The queue stands: CoDel's rule, or Facebook's.
    case codel
    /// It has waited as long as calls may.
    case waited
    /// Its own time is up.
    case deadline
}
