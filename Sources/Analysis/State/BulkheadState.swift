import Trace

/// A bulkhead at a cursor.
public struct BulkheadState: Hashable, Sendable {
    public struct Occupant: Hashable, Sendable {
        public var request: RequestID
        /// The span around the bulkhead.
        public var span: SpanID
        /// When it entered, or began to wait.
        public var since: VirtualTime
        public var event: EventID
    }

    public var layer: NameID
    /// In the order in which they entered.
    public var inside: [Occupant]
    /// In the order in which they came, whatever the order in which they will leave.
    public var queue: [Occupant]
    /// `nil`: the trace does not tell. An adaptive limit moves.
    public var limit: Int?
    /// `nil`: the queue has no end, or the trace does not tell.
    public var queueLimit: Int?
    /// So far.
    public var passed: Int
    public var queued: Int
    public var rejected: Int
    public var shed: Int
    public var settings: LayerSettings

    /// `nil`: there is no bulkhead of that name. O(log n + those inside and in the queue).
    public init?(_ index: TraceIndex, _ layer: NameID, at cursor: Cursor) {
        guard let activity = index.activity.policies.layer(layer, .bulkhead) else { return nil }
        let now = cursor.eventCount
        func occupants(_ occupancy: Occupancy) -> [Occupant] {
            occupancy.present(at: now).compactMap { id in
                index.trace[id].map {
                    Occupant(request: $0.request, span: $0.span, since: $0.time, event: id)
                }
            }
        }
        self.layer = layer
        inside = occupants(activity.inside)
        queue = occupants(activity.queue)
        limit = activity.limit.valueIfKnown(at: now).flatMap { $0 < 0 ? nil : Int($0) }
        settings = activity.settings(at: now, in: index.trace)
        queueLimit = settings["queue"].flatMap { $0 < 0 ? nil : Int($0) }
        passed = activity.total(.passed, at: now)
        queued = activity.total(.queued, at: now)
        rejected = activity.total(.rejected, at: now)
        shed = activity.total(.shed, at: now)
    }
}
