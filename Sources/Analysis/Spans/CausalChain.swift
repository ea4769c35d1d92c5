import Trace

/// Why an event happened: the event, its cause, the cause of that, up to one that nothing in the trace caused.
public struct CausalChain: Hashable, Sendable {
    /// The event itself first, the root last. Empty if there is no such event.
    public var events: [EventID]

    /// O(length of the chain). A cause is always an earlier event; anything else ends the chain.
    public init(of event: EventID, in trace: Trace) {
        events = []
        var next = event
        while let current = trace[next] {
            events.append(next)
            guard current.cause < next else { break }
            next = current.cause
        }
    }
}

extension TraceIndex {
    public func causalChain(of event: EventID) -> CausalChain { CausalChain(of: event, in: trace) }
    public func criticalPath(of request: RequestID, at cursor: Cursor? = nil) -> CriticalPath {
        CriticalPath(of: request, in: self, at: cursor)
    }
}
