import Trace

/// A circuit breaker at a cursor.
public struct BreakerState: Hashable, Sendable {
    public enum Position: UInt8, CaseIterable, Sendable { case closed, open, halfOpen, disabled }

    /// A way from one state to another. Whatever is done to the breaker from outside is `forced`.
    public enum Arrow: UInt8, CaseIterable, Sendable {
        case closedToOpen, openToHalfOpen, halfOpenToClosed, halfOpenToOpen, forced

        init(from: Position, to: Position, isForced: Bool) {
            switch (from, to) {
            case (.closed, .open) where !isForced: self = .closedToOpen
            case (.open, .halfOpen) where !isForced: self = .openToHalfOpen
            case (.halfOpen, .closed) where !isForced: self = .halfOpenToClosed
            case (.halfOpen, .open) where !isForced: self = .halfOpenToOpen
            default: self = .forced
            }
        }
    }

    public struct Transition: Hashable, Sendable {
        public var arrow: Arrow
        /// As the trace says: `consecutive`, `ratio`, `slow`, `trial`, `forced`.
        public var reason: NameID
        public var time: VirtualTime
        public var event: EventID
    }

    /// How often an arrow has been taken, and the last time; `nil`: never.
    public struct Passage: Hashable, Sendable {
        public var arrow: Arrow
        public var count: Int
        public var last: Transition?
    }

    /// A result that was counted.
    public struct Result: Hashable, Sendable {
        public var outcome: Outcome
        public var isSlow: Bool
        public var time: VirtualTime
        public var request: RequestID
        public var event: EventID
    }

    /// What makes it open: failures in a row, or a share of failures in millionths.
    public enum Threshold: Hashable, Sendable {
        case failures(Int64)
        case ratio(Int64)
    }

    public var layer: NameID
    public var position: Position
    /// When it came to this state.
    public var since: VirtualTime
    /// The change that brought it here; `nil`: it has never changed.
    public var last: Transition?
    /// One for each arrow, in the order of ``Arrow``.
    public var passages: [Passage]
    /// The results in the window, oldest first; of a long window the newest. While it is open: as when it opened.
    public var window: [Result]
    /// What is compared with the threshold, in its unit; `nil`: too few results to say.
    public var value: Int64?
    /// `nil`: the trace does not tell.
    public var threshold: Threshold?
    /// Nanoseconds until it may be half-open, never below 0; `nil`: not open, or until told otherwise.
    public var timeLeft: Int64?
    /// So far.
    public var passed: Int
    public var rejected: Int
    public var settings: LayerSettings

    public func passage(_ arrow: Arrow) -> Passage { passages[Int(arrow.rawValue)] }

    /// `nil`: there is no breaker of that name. O(parts · log n + cells), the parts since it changed last.
    ///
    /// The window holds the results since the breaker closed or half-opened last: of those the last `windowCalls`, or
    /// those of the last `window` nanoseconds. Where the trace tells the length of the window's parts, they are dropped
    /// part by part, as the breaker drops them (Polly 8, `RollingHealthMetrics`); other profiles that count in buckets
    /// drop them up to a bucket earlier or later.
    ///
    /// - Parameter cells: at most so many results.
    public init?(_ index: TraceIndex, _ layer: NameID, at cursor: Cursor, cells: Int = 500) {
        guard let activity = index.activity.policies.layer(layer, .breaker) else { return nil }
        let breaker = activity.breaker
        let trace = index.trace
        let now = cursor.eventCount
        self.layer = layer
        settings = activity.settings(at: now, in: trace)
        passed = activity.total(.passed, at: now)
        rejected = activity.total(.rejected, at: now)
        threshold = settings["failures"].map { .failures($0) } ?? settings["ratio"].map { .ratio($0) }
        func transition(_ event: UInt32, _ arrow: Arrow) -> Transition {
            let change = trace.events[Int(event) - 1]
            return Transition(arrow: arrow, reason: change.detail, time: change.time, event: EventID(event))
        }
        passages = Arrow.allCases.map { arrow in
            let (count, last) = breaker.taken(arrow, at: now)
            return Passage(arrow: arrow, count: count, last: last.map { transition($0, arrow) })
        }
        let changes = breaker.changeCount(at: now)
        last = changes == 0 ? nil : transition(breaker.changes[changes - 1], breaker.arrow(changes - 1))
        let change = changes == 0 ? nil : trace.events[Int(breaker.changes[changes - 1]) - 1]
        position = change.map { Position(after: $0.kind) } ?? .closed
        since = change?.time ?? .zero
        timeLeft = nil
        if position == .open, let change, change.value >= 0 {
            timeLeft = max(
                0, cursor.time.duration(to: change.time.advanced(byNanoseconds: change.value)).wholeNanoseconds)
        }
        let places = Self.places(breaker, changes, settings, position == .open ? since : cursor.time, cursor, trace)
        let recorded = places.suffix(max(0, cells)).map { trace.events[Int(breaker.recorded[$0]) - 1] }
        window = zip(places.suffix(max(0, cells)), recorded).map { place, event in
            Result(
                outcome: event.outcome, isSlow: trace.name(event.detail) == "slow", time: event.time,
                request: event.request, event: EventID(breaker.recorded[place]))
        }
        value = recorded.last.flatMap { $0.value < 0 ? nil : $0.value }
        if value == nil, recorded.isEmpty, case .failures = threshold, position != .disabled { value = 0 }
    }

    /// Where the results of the window stand in the list of all.
    private static func places(
        _ breaker: BreakerActivity, _ changes: Int, _ settings: LayerSettings, _ end: VirtualTime, _ cursor: Cursor,
        _ trace: Trace
    ) -> Range<Int> {
        let upper = breaker.recorded.count(through: UInt32(clamping: cursor.eventCount))
        // Opening keeps the window that made it open.
        var change = changes
        while change > 0, trace.events[Int(breaker.changes[change - 1]) - 1].kind == .breakerOpened { change -= 1 }
        var lower = change == 0 ? 0 : breaker.recorded.count(through: breaker.changes[change - 1])
        if let calls = settings["windowCalls"], calls > 0 { lower = max(lower, upper - Int(clamping: calls)) }
        guard let length = settings["window"], length > 0 else { return min(lower, upper)..<upper }
        if let part = settings["windowPart"], part > 0 {
            lower = Self.oldestPart(breaker, lower..<max(lower, upper), window: length, part: part, end, trace)
        } else {
            let from = end.advanced(byNanoseconds: -length)
            lower = max(lower, breaker.recorded.prefixCount { trace.events[Int($0) - 1].time <= from })
        }
        return min(lower, upper)..<upper
    }

    /// Where the oldest part of the window begins. A part begins with the first result after the one before has lasted
    /// its length, and goes when its beginning is as old as the window is long.
    private static func oldestPart(
        _ breaker: BreakerActivity, _ places: Range<Int>, window: Int64, part: Int64, _ end: VirtualTime,
        _ trace: Trace
    ) -> Int {
        func time(_ place: Int) -> Int64 { trace.events[Int(breaker.recorded[place]) - 1].time.nanoseconds }
        var begin = places.lowerBound
        while begin < places.upperBound, end.nanoseconds - time(begin) >= window {
            let next = time(begin) + part
            begin = max(begin + 1, breaker.recorded.prefixCount { trace.events[Int($0) - 1].time.nanoseconds < next })
        }
        return begin
    }
}

extension BreakerState.Position {
    init(after change: EventKind) {
        switch change {
        case .breakerOpened: self = .open
        case .breakerHalfOpened: self = .halfOpen
        case .breakerDisabled: self = .disabled
        default: self = .closed
        }
    }
}
