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
    /// Permits left at the cursor's time. A bucket fills between decisions, and is below 0 while calls wait for permits
    /// that are promised to them; a limiter that counts in windows is as after its last decision, until a window has
    /// passed. `nil`: the trace does not tell.
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
        let settings = activity.settings(at: cursor.eventCount, in: trace)
        guard let last else {
            return settings["burst"].map { Double($0) / 1e6 } ?? settings["limit"].map { Double($0) }
        }
        let decision = trace.events[Int(last) - 1]
        guard settings["burst"] != nil, let rate = settings["rate"] else {
            return inWindow(decision, settings, at: cursor.time)
        }
        // Until the last promise is kept the bucket is below 0: by what comes in until then.
        let promise = activity.last(.delayed, at: cursor.eventCount).map { trace.events[Int($0) - 1] }
        let kept = promise.map { $0.time.advanced(byNanoseconds: max(0, $0.value)) }
        if let kept, kept >= cursor.time { return -seconds(cursor.time, kept) * Double(rate) / 1e6 }
        let isLater = kept.map { $0 > decision.time } ?? false
        let start = isLater ? kept ?? decision.time : decision.time
        return filled(
            isLater || decision.kind == .limiterDelayed ? 0 : Double(decision.value) / 1e6, from: start,
            after: Int(last), to: cursor)
    }

    /// A bucket fills at the rate of each moment.
    private func filled(_ permits: Double, from start: VirtualTime, after last: Int, to cursor: Cursor) -> Double {
        var permits = permits
        var time = start
        var settings = activity.settings(at: last, in: trace)
        func fill(until next: VirtualTime) {
            let burst = Double(settings["burst"] ?? 0) / 1e6
            permits = min(burst, permits + seconds(time, next) * Double(settings["rate"] ?? 0) / 1e6)
            time = max(time, next)
        }
        for change in activity.settingChanges(after: last, through: cursor.eventCount) {
            fill(until: trace.events[change - 1].time)
            settings = activity.settings(at: change, in: trace)
        }
        fill(until: cursor.time)
        return permits
    }

    private func inWindow(_ decision: Event, _ settings: LayerSettings, at time: VirtualTime) -> Double? {
        if let window = settings["window"], decision.time.advanced(byNanoseconds: window) <= time {
            return settings["limit"].map { Double($0) }
        }
        return decision.kind == .limiterDelayed ? 0 : Double(decision.value) / 1e6
    }

    /// Never below 0.
    private func seconds(_ from: VirtualTime, _ to: VirtualTime) -> Double {
        max(0, Double(to.nanoseconds) - Double(from.nanoseconds)) / 1e9
    }
}
