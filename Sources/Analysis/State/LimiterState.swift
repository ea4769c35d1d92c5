import Trace

/// A rate limiter at a cursor.
public struct LimiterState: Hashable, Sendable {
    public struct Decision: Hashable, Sendable {
        public enum Kind: UInt8, CaseIterable, Sendable { case admitted, rejected, delayed }
        public var kind: Kind
        public var request: RequestID
        public var time: VirtualTime
        /// How long it has to wait, in nanoseconds; 0 but for ``Kind/delayed``.
        public var wait: Int64
        public var event: EventID
    }

    public var layer: NameID
    /// Permits left at the cursor's time, with what has come back since the last decision. Below 0 while calls wait
    /// for permits that are promised to them. `nil`: the trace does not tell.
    public var permits: Double?
    /// Most permits that there can be: the burst of a bucket, the limit of a window. `nil`: the trace does not tell.
    public var capacity: Double?
    /// Permits that come back in a virtual second; `nil`: a limiter that counts in windows.
    public var rate: Double?
    /// Oldest first.
    public var decisions: [Decision]
    /// So far.
    public var passed: Int
    public var rejected: Int
    public var delayed: Int
    public var settings: LayerSettings

    /// `nil`: there is no limiter of that name. O(log n + decisions + later changes of its settings).
    ///
    /// - Parameter decisions: at most so many, the newest.
    public init?(_ index: TraceIndex, _ layer: NameID, at cursor: Cursor, decisions limit: Int = 20) {
        guard let activity = index.activity.policies.layer(layer, .limiter) else { return nil }
        let now = cursor.eventCount
        let trace = index.trace
        self.layer = layer
        settings = activity.settings(at: now, in: trace)
        capacity = (settings["burst"]).map { Double($0) / 1e6 } ?? settings["limit"].map { Double($0) }
        rate = settings["rate"].map { Double($0) / 1e6 }
        passed = activity.total(.passed, at: now)
        rejected = activity.total(.rejected, at: now)
        delayed = activity.total(.delayed, at: now)
        let made = activity.decisions.prefix(activity.decisions.count(through: UInt32(clamping: now)))
        decisions = made.suffix(max(0, limit)).map { Decision(trace.events[Int($0) - 1], EventID($0)) }
        permits = LimiterLevel(activity: activity, trace: trace).permits(after: made.last, at: cursor)
    }
}

extension LimiterState.Decision {
    init(_ event: Event, _ id: EventID) {
        kind = event.kind == .limiterAdmitted ? .admitted : event.kind == .limiterDelayed ? .delayed : .rejected
        request = event.request
        time = event.time
        wait = event.kind == .limiterDelayed ? event.value : 0
        self.event = id
    }
}

/// How many permits a limiter has, between the moments in which the trace says so.
private struct LimiterLevel {
    let activity: LayerActivity
    let trace: Trace

    /// - Parameter last: the last decision before the cursor.
    func permits(after last: UInt32?, at cursor: Cursor) -> Double? {
        let start = last.map { Int($0) } ?? 0
        let known = activity.settings(at: start == 0 ? cursor.eventCount : start, in: trace)
        guard let last, known["burst"] != nil, known["rate"] != nil else { return level(last, known, at: cursor) }
        let decision = trace.events[Int(last) - 1]
        var permits = level(of: decision, known)
        var time = decision.time
        var settings = known
        // A bucket fills at the rate of each moment.
        for change in changes(after: start, through: cursor.eventCount) {
            permits = filled(permits, settings, from: time, to: trace.events[change - 1].time)
            time = trace.events[change - 1].time
            settings = activity.settings(at: change, in: trace)
        }
        return filled(permits, settings, from: time, to: cursor.time)
    }

    private func changes(after start: Int, through end: Int) -> [Int] {
        let all = activity.settings.flatMap { $0.values.events(after: start, through: end) }
        return all.sorted()
    }

    private func level(of decision: Event, _ settings: LayerSettings) -> Double {
        guard decision.kind == .limiterDelayed else { return Double(decision.value) / 1e6 }
        // It waits until the bucket is back at 0.
        return -Double(decision.value) / 1e9 * Double(settings["rate"] ?? 0) / 1e6
    }

    private func filled(
        _ permits: Double, _ settings: LayerSettings, from: VirtualTime, to: VirtualTime
    ) -> Double {
        let seconds = max(0, Double(to.nanoseconds) - Double(from.nanoseconds)) / 1e9
        let burst = Double(settings["burst"] ?? 0) / 1e6
        return min(burst, permits + seconds * Double(settings["rate"] ?? 0) / 1e6)
    }

    /// Of a limiter that has decided nothing yet, or counts in windows: all permits are back a window later.
    private func level(_ last: UInt32?, _ settings: LayerSettings, at cursor: Cursor) -> Double? {
        let capacity = settings["burst"].map { Double($0) / 1e6 } ?? settings["limit"].map { Double($0) }
        guard let last else { return capacity }
        let decision = trace.events[Int(last) - 1]
        let age = cursor.time.nanoseconds - decision.time.nanoseconds
        if let window = settings["window"], age >= window { return capacity }
        return decision.kind == .limiterDelayed ? 0 : Double(decision.value) / 1e6
    }
}
