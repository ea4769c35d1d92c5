import Trace

/// What the clocks of a run's services showed: each writes down its own times, and no two clocks agree.
public struct Clocks: Sendable {
    /// By component, in order of time. For look-up only.
    private var changes: [NameID: [(time: VirtualTime, ahead: Int64)]] = [:]
    /// Whether some clock is ever wrong.
    public private(set) var areSkewed = false

    /// No clock is wrong by more than 36 years, so that differences of times are times.
    private static let most: Int64 = 1 << 60

    /// O(n).
    public init(_ trace: Trace) {
        for event in trace.events where event.kind == .clockSet {
            let ahead = min(max(event.value, -Self.most), Self.most)
            changes[event.component, default: []].append((event.time, ahead))
            if event.value != 0 { areSkewed = true }
        }
    }

    /// How far a component's clock is ahead of the true time, in nanoseconds; behind: negative. O(log changes).
    public func ahead(_ component: NameID, at time: VirtualTime) -> Int64 {
        guard let changes = changes[component] else { return 0 }
        let count = changes.prefixCount { $0.time <= time }
        return count == 0 ? 0 : changes[count - 1].ahead
    }

    /// What a component writes down for a moment.
    public func recorded(_ time: VirtualTime, by component: NameID) -> VirtualTime {
        time.advanced(byNanoseconds: ahead(component, at: time))
    }
}

/// A call as its two ends wrote it down, each by its own clock, and what follows from that about the clocks.
public struct RecordedCall: Hashable, Sendable {
    public var call: SpanID
    public var caller: NameID
    public var callee: NameID
    /// By the caller's clock.
    public var sent: VirtualTime
    /// By the clock of the one who is called; `nil`: it has not arrived.
    public var arrived: VirtualTime?
    /// By the same clock; `nil`: not answered.
    public var answered: VirtualTime?
    /// By the caller's clock; `nil`: the caller has no answer.
    public var received: VirtualTime?

    /// `nil` for what is no call. As known at a cursor.
    public init?(_ span: Span, in index: TraceIndex, _ clocks: Clocks, at cursor: Cursor? = nil) {
        guard span.kind == .call else { return nil }
        let span = span.clipped(to: cursor ?? index.trace.lastCursor)
        call = span.id
        caller = index.caller(of: span)
        callee = span.component
        sent = clocks.recorded(span.start, by: caller)
        arrived = (span.arrived ?? span.rejected).map { clocks.recorded($0, by: span.component) }
        answered = (span.serviceFinished ?? span.rejected).map { clocks.recorded($0, by: span.component) }
        let hasAnswer = !span.isDetached && index.trace[span.endEvent]?.kind == .callFinished
        let caller = caller
        received = hasAnswer ? span.end.map { clocks.recorded($0, by: caller) } : nil
    }

    /// How far the callee's clock seems ahead of the caller's, in nanoseconds: half of what the way there seems to take
    /// longer than the way back (RFC 5905, 8). It is right where both ways take the same time. `nil`: no answer came.
    public var estimatedSkew: Int64? {
        guard let arrived, let answered, let received else { return nil }
        let there = arrived.nanoseconds - sent.nanoseconds
        let back = answered.nanoseconds - received.nanoseconds
        return (there + back) / 2
    }

    /// How long it was on its way, there and back, in nanoseconds: the clocks cancel out. `nil`: there is no answer.
    public var delay: Int64? {
        guard let arrived, let answered, let received else { return nil }
        let outside = received.nanoseconds - sent.nanoseconds
        return outside - (answered.nanoseconds - arrived.nanoseconds)
    }

    /// Whether it seems to arrive before it is sent, or to be answered after the answer is there.
    public var isImpossible: Bool {
        if let arrived, arrived < sent { return true }
        if let answered, let received, answered > received { return true }
        return false
    }
}
