/// A bulkhead without a clock: every call says what time it is. `Waiter` names a call; no two that wait are equal.
///
/// Whoever is let in, by ``enter(_:timeLeft:at:)`` or by a ``BulkheadRelease/start(_:)``, leaves exactly once. Whoever
/// waits is started, shed, or abandons: exactly one of these. Times are expected not to go back.
///
/// Where nobody waits, everything is O(1) and allocates nothing.
public struct BulkheadCore<Waiter: Hashable & Sendable, Instant: InstantProtocol>: Sendable
where Instant.Duration == Duration {
    public private(set) var rules: BulkheadRules
    /// Calls inside.
    public private(set) var inFlight = 0
    private var queue = WaitQueue<Waiter>()
    private var adaptive: ConcurrencyLimit?
    private var codel: CoDel?
    private var time: ElapsedTime<Instant>
    /// When the queue was last seen empty.
    private var emptyAt: Int64 = 0

    /// draw: 0..<1; only an adaptive limit of the kind Vegas uses it.
    public init(_ rules: BulkheadRules, at start: Instant, draw: Double = 0.5) {
        self.rules = rules
        time = ElapsedTime(since: start)
        adaptive = rules.adaptive.map { ConcurrencyLimit($0, draw: draw) }
        codel = Self.codel(rules)
    }

    private static func codel(_ rules: BulkheadRules) -> CoDel? {
        guard case .codel(let target, let interval) = rules.shedding else { return nil }
        return CoDel(target: target.clampedNanoseconds, interval: interval.clampedNanoseconds)
    }

    /// Calls that wait.
    public var queued: Int { queue.count }
    /// Calls allowed inside; an adaptive limit moves.
    public var limit: Int { adaptive?.limit ?? rules.concurrent }

    /// A call comes. timeLeft: until it is of no use any more; it then waits no longer, and is never started late.
    public mutating func enter(
        _ waiter: Waiter, timeLeft: Duration? = nil, at now: Instant
    ) -> BulkheadEntry<Waiter> {
        let instant = time.nanoseconds(at: now)
        if let timeLeft, timeLeft <= .zero { return .rejected }
        if inFlight < limit, queue.isEmpty {
            inFlight += 1
            return .entered
        }
        if rules.maxWait == .zero { return .rejected }
        if rules.whenFull != .wait, queue.count >= rules.queue {
            guard rules.whenFull == .shedOldest, let oldest = queue.popFirst() else { return .rejected }
            append(waiter, timeLeft, at: instant)
            return .queuedShedding(oldest.waiter)
        }
        append(waiter, timeLeft, at: instant)
        return .queued
    }

    /// A call that was inside has ended. What becomes of those who wait, in order.
    ///
    /// For an adaptive limit: how long it took (`nil`: that says nothing, as of cancelled work), and whether it failed
    /// for lack of room (a time-out, a rejection). That limit is told how many are inside as the call leaves;
    /// concurrency-limits tells it how many were as it came.
    public mutating func leave(
        took: Duration? = nil, wasDropped: Bool = false, at now: Instant, draw: Double = 0.5
    ) -> [BulkheadRelease<Waiter>] {
        let instant = time.nanoseconds(at: now)
        guard inFlight > 0 else { return [] }
        if let took {
            adaptive?.sample(
                took: took, inFlight: inFlight, wasDropped: wasDropped, at: .nanoseconds(instant), draw: draw)
        }
        inFlight -= 1
        return fill(at: instant)
    }

    /// A call no longer waits. Returns whether it did.
    @discardableResult public mutating func abandon(_ waiter: Waiter, at now: Instant) -> Bool {
        let instant = time.nanoseconds(at: now)
        guard queue.remove(waiter) != nil else { return false }
        noteEmpty(at: instant)
        return true
    }

    /// Sends away those whose patience has ended.
    public mutating func tick(at now: Instant) -> [BulkheadRelease<Waiter>] {
        let instant = time.nanoseconds(at: now)
        var releases: [BulkheadRelease<Waiter>] = []
        while let overdue = queue.popOverdue(at: instant) { releases.append(.shed(overdue.waiter, overdue.reason)) }
        if !releases.isEmpty { noteEmpty(at: instant) }
        return releases
    }

    /// How long a call that waits may still do so; `nil`: as long as it takes, or it does not wait.
    public func timeLeft(of waiter: Waiter, at now: Instant) -> Duration? {
        queue.patience(of: waiter).map { .nanoseconds(max(0, $0 - time.peek(at: now))) }
    }

    /// How long until ``tick(at:)`` has something to do; `nil`: nobody's patience ends.
    public mutating func timeToTick(at now: Instant) -> Duration? {
        let instant = time.nanoseconds(at: now)
        return queue.nextDeadline().map { .nanoseconds(max(0, $0 - instant)) }
    }

    /// Takes other rules; an adaptive limit of another kind begins anew. Nobody is sent away, some may be let in.
    public mutating func change(_ rules: BulkheadRules, at now: Instant) -> [BulkheadRelease<Waiter>] {
        let instant = time.nanoseconds(at: now)
        if rules.adaptive != self.rules.adaptive { adaptive = rules.adaptive.map { ConcurrencyLimit($0) } }
        if rules.shedding != self.rules.shedding { codel = Self.codel(rules) }
        self.rules = rules
        return fill(at: instant)
    }
}

// The queue.
extension BulkheadCore {
    private mutating func append(_ waiter: Waiter, _ timeLeft: Duration?, at now: Int64) {
        if queue.isEmpty { emptyAt = now }
        var (until, reason) = (Int64.max, BulkheadShedReason.waited)
        if let maxWait = rules.maxWait { until = now + maxWait.clampedNanoseconds }
        if case .facebook(let target, let interval) = rules.shedding {
            let patience = now + (hasStood(at: now) ? target : interval).clampedNanoseconds
            if patience < until { (until, reason) = (patience, .codel) }
        }
        if let timeLeft {
            let deadline = now + timeLeft.clampedNanoseconds
            if deadline < until { (until, reason) = (deadline, .deadline) }
        }
        queue.append(waiter, since: now, until: until, reason)
    }

    /// Whether the queue has not been empty for an interval.
    private func hasStood(at now: Int64) -> Bool {
        let interval: Duration =
            switch rules.shedding {
            case .codel(_, let interval), .facebook(_, let interval): interval
            case nil: .milliseconds(100)
            }
        return !queue.isEmpty && now - emptyAt > interval.clampedNanoseconds
    }

    private mutating func noteEmpty(at now: Int64) {
        guard queue.isEmpty else { return }
        emptyAt = now
        codel?.queueEmptied()
    }

    /// Lets in as many as there is room for.
    private mutating func fill(at now: Int64) -> [BulkheadRelease<Waiter>] {
        var releases: [BulkheadRelease<Waiter>] = []
        guard !queue.isEmpty else { return releases }
        while inFlight < limit, let entry = pop(at: now) {
            if entry.until <= now {
                releases.append(.shed(entry.waiter, entry.reason))
            } else if codel?.drops(waited: now - entry.since, othersWait: !queue.isEmpty, at: now) == true {
                releases.append(.shed(entry.waiter, .codel))
            } else {
                inFlight += 1
                releases.append(.start(entry.waiter))
            }
        }
        noteEmpty(at: now)
        return releases
    }

    private mutating func pop(at now: Int64) -> WaitQueue<Waiter>.Entry? {
        switch rules.order {
        case .fifo: queue.popFirst()
        case .lifo: queue.popLast()
        case .adaptive: hasStood(at: now) ? queue.popLast() : queue.popFirst()
        }
    }
}
