import Trace

/// Who said what to whom, in order of time: of one request, or of all, up to a cursor.
public struct SequenceDiagram: Hashable, Sendable {
    public struct Message: Hashable, Sendable {
        public enum Kind: UInt8, CaseIterable, Sendable {
            case call
            /// A call that nobody waits for: no answer follows.
            case send
            /// The answer to a call, good or bad; a refusal too.
            case answer
            /// The caller stops waiting for a backend or a cache; from and to are the caller.
            case abandon
            /// A wait of the flow; from and to are the caller.
            case wait
            /// Joining answers; from and to are the caller.
            case merge
            /// A step needs data that no earlier answer holds; from and to are the caller.
            case dataMissing
            /// One of several branches is taken, or none; from and to are the caller, and the label is the branch's.
            case branch
            case cacheLookup
            case cacheHit
            case cacheMiss
            case cacheStore
            /// A write goes into the cache's write strategy.
            case cacheWrite
            case cacheInvalidate
            /// The backend drops a call that nobody wants answered any longer; from and to are the backend.
            case drop

            // Of policies and pools, which are no participants: from and to are the caller, and the layer or the pool
            // is the component of the event. An attempt shows as its calls, a pick as the call to its server.
            /// Waiting for another attempt. The label says where the wait comes from.
            case backoff
            /// No further attempt; the label says why.
            case giveUp
            /// The time is up; the label says which.
            case timeout
            /// A breaker, bulkhead or limiter says no, or a pool has no server; the label says why, where there are
            /// several reasons.
            case turnedAway
            /// Waiting for room in a bulkhead, for a permit, or for a load that another has begun.
            case held
            /// Another copy of the call follows.
            case copy
            /// The answer is made up; the label says how.
            case fallback
            /// A breaker opens, half-opens or closes; the label says why.
            case breakerChange
        }

        public var kind: Kind
        public var from: NameID
        public var to: NameID
        /// The operation, the cache key, how answers were joined, the data that is missing, a policy's reason.
        public var label: NameID
        public var sent: VirtualTime
        /// `nil`: under way at the cursor, or never arrived.
        public var arrives: VirtualTime?
        public var outcome: Outcome
        public var request: RequestID
        public var span: SpanID
        /// The event with which it was sent.
        public var event: EventID
        /// The answer to a caller that no longer waits.
        public var isLate: Bool
        /// A message that never arrives, as its sender's scenario has it.
        public var isLost = false
        /// A hit that has expired, or whose data has been written since.
        public var isStale = false
        /// Of an answer, hit, miss, wait: nanoseconds since the call, look-up or start. Of a policy: how long the wait
        /// or the limit is, or how old the answer. Else `nil`.
        public var elapsed: Int64?
    }

    /// A stretch in which a participant is at work.
    public struct Activation: Hashable, Sendable {
        public enum Kind: UInt8, CaseIterable, Sendable { case request, queued, service, lookup, background }
        public var participant: NameID
        public var kind: Kind
        public var from: VirtualTime
        /// `nil`: still going on at the cursor.
        public var to: VirtualTime?
        public var span: SpanID
        public var request: RequestID
    }

    /// Something done to the system while the requests ran: a fault, a parameter, a mark.
    public struct Note: Hashable, Sendable {
        public var time: VirtualTime
        public var event: EventID
        /// ``NameID/none``: it concerns them all.
        public var participant: NameID
    }

    /// In order of first use: the client before what it calls.
    public var participants: [NameID]
    /// In the order in which they were sent.
    public var messages: [Message]
    public var activations: [Activation]
    public var notes: [Note]
    public var from: VirtualTime
    /// The end of the last request, or the cursor while one is open.
    public var to: VirtualTime

    /// Of one request. Empty if it has not started. O(events of the request).
    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        self.init([request], in: index, at: cursor ?? index.trace.lastCursor)
    }

    /// Of all requests that have started. O(n).
    public init(_ index: TraceIndex, at cursor: Cursor? = nil) {
        self.init(index.requestOrder.map { RequestID($0) }, in: index, at: cursor ?? index.trace.lastCursor)
    }

    /// Of some requests.
    public init(_ requests: [RequestID], in index: TraceIndex, at cursor: Cursor) {
        var builder = SequenceBuilder(index: index, cursor: cursor)
        for request in requests { builder.add(request) }
        self = builder.finished()
    }

    init(
        participants: [NameID], messages: [Message], activations: [Activation], notes: [Note], from: VirtualTime,
        to: VirtualTime
    ) {
        self.participants = participants
        self.messages = messages
        self.activations = activations
        self.notes = notes
        self.from = from
        self.to = to
    }
}
