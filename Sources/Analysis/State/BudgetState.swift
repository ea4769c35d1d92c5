import Trace

/// The retry budget of a layer at a cursor.
public struct BudgetState: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
        /// What happened, as the trace says: a deposit, a withdrawal, a refusal.
        public var what: NameID
        /// After it.
        public var balance: Double
        public var request: RequestID
        public var time: VirtualTime
        public var event: EventID
    }

    public var layer: NameID
    /// Before anything has happened, ``capacity``.
    public var balance: Double?
    /// `nil`: the trace does not tell.
    public var capacity: Double?
    /// At or below this balance there are no retries: half of gRPC's tokens. `nil`: the budget has no such line.
    public var floor: Double?
    /// Whether it turns calls away at random instead of refusing retries: the balance is the share that is sent.
    public var isThrottle: Bool
    /// Oldest first.
    public var changes: [Change]
    public var settings: LayerSettings

    /// `nil`: there is no retry of that name, or it has no budget. O(log n + changes).
    ///
    /// - Parameter changes: at most so many, the newest.
    public init?(_ index: TraceIndex, _ layer: NameID, at cursor: Cursor, changes limit: Int = 20) {
        guard let activity = index.activity.policies.layer(layer, .retry) else { return nil }
        let trace = index.trace
        settings = activity.settings(at: cursor.eventCount, in: trace)
        if settings["budget"] == nil, activity.decisions.isEmpty { return nil }
        self.layer = layer
        capacity = settings["budget"].map { Double($0) / 1e6 }
        isThrottle = settings["throttle"] != nil
        floor = settings["budgetFloor"].map { Double($0) / 1e6 }
        let known = activity.decisions.prefix(activity.decisions.count(through: UInt32(clamping: cursor.eventCount)))
        changes = known.suffix(max(0, limit)).map { id in
            let event = trace.events[Int(id) - 1]
            return Change(
                what: event.detail, balance: Double(event.value) / 1e6, request: event.request, time: event.time,
                event: EventID(id))
        }
        balance = known.last.map { Double(trace.events[Int($0) - 1].value) / 1e6 } ?? capacity
    }
}
