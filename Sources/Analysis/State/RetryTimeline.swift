import Trace

/// What a retry did for each piece of work that came to it, one row each, in the order in which they came.
///
/// Rows are made when they are asked for: a view shows some of many.
public struct RetryTimeline: Sendable {
    public enum Filter: Sendable {
        case all
        /// Those with a wait for another attempt, even where the cursor has not come to it.
        case retried
    }

    public struct Attempt: Hashable, Sendable {
        /// From 1.
        public var number: Int
        public var start: VirtualTime
        /// `nil`: under way at the cursor.
        public var end: VirtualTime?
        public var outcome: Outcome
        public var span: SpanID
        public var event: EventID
    }

    public struct Wait: Hashable, Sendable {
        public var start: VirtualTime
        /// In nanoseconds.
        public var length: Int64
        /// The least and the most that jitter could have chosen; `nil`: it had no choice.
        public var floor: Int64?
        public var ceiling: Int64?
        /// `backoff`, `Retry-After`.
        public var source: NameID
        public var event: EventID
        public var end: VirtualTime { start.advanced(byNanoseconds: length) }
    }

    public enum Ending: Hashable, Sendable {
        /// Not ended at the cursor.
        case open
        case succeeded
        /// The reason, as the trace says: `attempts`, `permanent`, `budget`, ...; `refusal`: its budget turned the work
        /// away before the first attempt.
        case givenUp(NameID)
        /// Stopped from further out: by a timeout, or because nobody wants it any longer.
        case cut
    }

    public struct Row: Hashable, Sendable, Identifiable {
        /// The event with which the work came to the retry.
        public var id: EventID
        public var request: RequestID
        /// The span around the retry.
        public var span: SpanID
        public var start: VirtualTime
        /// `nil`: under way at the cursor.
        public var end: VirtualTime?
        public var attempts: [Attempt]
        /// The wait after each attempt but the last.
        public var waits: [Wait]
        public var ending: Ending
        /// Of the work as a whole, further layers out included up to the next retry, hedge or policy.
        public var outcome: Outcome
    }

    private let index: TraceIndex
    private let activity: LayerActivity

    /// `nil`: there is no retry of that name. O(1).
    public init?(_ index: TraceIndex, _ layer: NameID) {
        guard let activity = index.activity.policies.layer(layer, .retry) else { return nil }
        self.index = index
        self.activity = activity
    }

    private var passes: RetryPasses { activity.passes }

    private func began(_ place: Int, _ filter: Filter) -> UInt32 {
        passes.all[filter == .all ? place : Int(passes.retried[place])].began
    }

    /// How many rows of a filter there are before the first that is not `isBefore`, which must hold for a prefix.
    private func prefixCount(_ filter: Filter, where isBefore: (Int) -> Bool) -> Int {
        switch filter {
        case .all:
            var range = 0..<passes.all.count
            while !range.isEmpty {
                let middle = (range.lowerBound + range.upperBound) / 2
                range = isBefore(middle) ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            return range.lowerBound
        case .retried: return passes.retried.prefixCount { isBefore(Int($0)) }
        }
    }

    /// How many rows have begun. O(log n).
    public func count(_ filter: Filter = .all, at cursor: Cursor) -> Int {
        let now = UInt32(clamping: cursor.eventCount)
        return prefixCount(filter) { passes.all[$0].began <= now }
    }

    /// The places of the rows that have begun, from the first that touches a stretch of time to the last. Rows between
    /// them may have ended before it. O(log n).
    public func places(
        from: VirtualTime, to: VirtualTime, _ filter: Filter = .all, at cursor: Cursor
    ) -> Range<Int> {
        let earlier = UInt32(clamping: index.trace.eventCount(through: from.advanced(byNanoseconds: -1)))
        let later = UInt32(clamping: min(cursor.eventCount, index.trace.eventCount(through: to)))
        let lower = prefixCount(filter) { passes.latestEnds[$0] <= earlier }
        return lower..<max(lower, prefixCount(filter) { passes.all[$0].began <= later })
    }

    /// The place of a request's first row; `nil`: it has none. O(its events · log n).
    public func place(of request: RequestID, _ filter: Filter = .all) -> Int? {
        for event in index.events(of: request) {
            let place = prefixCount(filter) { passes.all[$0].began < event.rawValue }
            let count = filter == .all ? passes.all.count : passes.retried.count
            if place < count, began(place, filter) == event.rawValue { return place }
        }
        return nil
    }

    /// Some rows, as known at a cursor; places beyond the last row that has begun are passed over. O(answer).
    public func rows(_ places: Range<Int>, _ filter: Filter = .all, at cursor: Cursor) -> [Row] {
        places.clamped(to: 0..<count(filter, at: cursor)).map { place in
            row(filter == .all ? place : Int(passes.retried[place]), at: cursor)
        }
    }

    private func row(_ place: Int, at cursor: Cursor) -> Row {
        let pass = passes.all[place]
        let first = index.trace.events[Int(pass.began) - 1]
        let last = cursor.includes(EventID(pass.ended)) ? index.trace[EventID(pass.ended)] : nil
        var row = Row(
            id: EventID(pass.began), request: first.request, span: SpanID(pass.span), start: first.time,
            end: last?.time, attempts: [], waits: [], ending: .open, outcome: last?.outcome ?? .none)
        var floor: Int64?
        var ceiling: Int64?
        for id in passes.events(of: place).prefix(while: { cursor.includes(EventID($0)) }) {
            let event = index.trace.events[Int(id) - 1]
            switch event.kind {
            case .attemptStarted:
                row.attempts.append(
                    Attempt(
                        number: Int(clamping: event.value), start: event.time, end: nil, outcome: .none,
                        span: event.span, event: EventID(id)))
            case .attemptFinished:
                guard let place = row.attempts.lastIndex(where: { $0.span == event.span }) else { continue }
                row.attempts[place].end = event.time
                row.attempts[place].outcome = event.outcome
                if event.outcome.isSuccess { row.ending = .succeeded }
            case .backoffFloor: floor = event.value
            case .backoffCeiling: ceiling = event.value
            case .retryScheduled:
                row.waits.append(
                    Wait(
                        start: event.time, length: event.value, floor: floor, ceiling: ceiling, source: event.detail,
                        event: EventID(id)))
                (floor, ceiling) = (nil, nil)
            case .retryGivenUp: row.ending = .givenUp(event.detail)
            case .budgetChanged where event.outcome == .limited: row.ending = .givenUp(event.detail)
            default: break
            }
        }
        if row.ending == .open, last != nil { row.ending = .cut }
        return row
    }
}
