/// The calls that a circuit breaker looks at: one of the three kinds of window, or none.
struct CallWindow: Sendable {
    private var calls: CallRing?
    private var clock: ClockBuckets?
    private var events: EventBuckets?
    private let startsAtOrigin: Bool

    init(_ rules: CircuitBreakerRules) {
        // resilience4j counts seconds from one fixed moment; the others begin anew when the window is emptied.
        startsAtOrigin = rules.profile == .resilience4j
        switch rules.window {
        case .count(let size): calls = CallRing(size: size)
        case .time(let length, let bucket):
            let span = length.clampedNanoseconds
            let part = max(1, (bucket ?? rules.profile.standardBucket(tick: rules.tick))?.clampedNanoseconds ?? span)
            // gobreaker rounds the interval up to whole buckets.
            let parts = Int((span - 1) / part + 1)
            switch rules.profile {
            case .resilience4j: clock = ClockBuckets(length: part, count: parts)
            // A tick looks at the buckets that have ended, and the one that begins with it is still empty.
            case .hystrix: clock = ClockBuckets(length: part, count: parts + 1)
            case .gobreaker: clock = ClockBuckets(length: part, count: parts, ownsItsEnd: true)
            case .pollyV7, .pollyV8, .pybreaker, .envoy: events = EventBuckets(span: span)
            }
        case nil: break
        }
    }

    var totals: CircuitBreakerCell { calls?.totals ?? clock?.totals ?? events?.totals ?? CircuitBreakerCell() }

    /// The most calls that it can hold, where there is such a number.
    var size: Int? { calls?.size }

    var buckets: Int { clock?.count ?? 0 }

    /// How many buckets have ended since the window was emptied.
    var intervals: Int64 { clock?.latest ?? 0 }

    mutating func add(failed: Bool, slow: Bool, at now: Int64) {
        calls?.add(failed: failed, slow: slow)
        clock?.add(failed: failed, slow: slow, at: now)
        events?.add(failed: failed, slow: slow, at: now)
    }

    /// Drops what is too old.
    mutating func advance(to now: Int64) {
        clock?.advance(to: now)
        events?.advance(to: now)
    }

    mutating func clear(at now: Int64) {
        calls?.clear()
        events?.clear(at: now)
        if startsAtOrigin {
            clock?.clear(origin: 0)
            clock?.advance(to: now)
        } else {
            clock?.clear(origin: now)
        }
    }

    /// Oldest first.
    var cells: [CircuitBreakerCell] { calls?.cells ?? clock?.ordered ?? events?.ordered ?? [] }
}
