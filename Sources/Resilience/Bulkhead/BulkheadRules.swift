/// At most so many calls at once, and a queue for the others.
public struct BulkheadRules: Hashable, Sendable {
    /// What happens to a call when inside and queue are full.
    public enum WhenFull: String, Hashable, Sendable, CaseIterable {
        case reject
        /// The one that has waited longest is sent away, and this one waits.
        case shedOldest
        /// It waits like the others: the queue has no end.
        case wait
    }

    /// Who leaves the queue first.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        case fifo
        case lifo
        /// First in, first out; newest first once the queue has not been empty for a while: Facebook's.
        case adaptive
    }

    /// Sends calls away from a queue that stands.
    public enum Shedding: Hashable, Sendable {
        /// RFC 8289, when a call leaves the queue.
        case codel(target: Duration = .milliseconds(5), interval: Duration = .milliseconds(100))
        /// A call may wait for `target` if the queue has not been empty for `interval`, else for `interval`:
        /// "Fail at Scale".
        case facebook(target: Duration = .milliseconds(5), interval: Duration = .milliseconds(100))
    }

    /// With an adaptive limit: where that begins.
    public let concurrent: Int
    public let queue: Int
    public let whenFull: WhenFull
    /// The longest wait in the queue; `nil`: no limit. With zero nobody waits.
    public let maxWait: Duration?
    public let order: Order
    public let shedding: Shedding?
    public let adaptive: ConcurrencyLimitRules?

    /// - Throws: ``PolicyError`` when nobody would ever be let in, the queue or a duration is negative, CoDel's target
    ///   is not below its interval, or the oldest is to be sent away from a queue that holds nobody.
    public init(
        concurrent: Int, queue: Int = 0, whenFull: WhenFull = .reject, maxWait: Duration? = nil, order: Order = .fifo,
        shedding: Shedding? = nil, adaptive: ConcurrencyLimitRules? = nil
    ) throws(PolicyError) {
        self.concurrent = concurrent
        self.queue = queue
        self.whenFull = whenFull
        self.maxWait = maxWait
        self.order = order
        self.shedding = shedding
        self.adaptive = adaptive
        try PolicyError.requireAtLeast(1, concurrent, "concurrent")
        try PolicyError.requireAtLeast(0, queue, "queue")
        try PolicyError.require(
            whenFull != .shedOldest || queue > 0, "queue", "must hold at least 1 to shed the oldest")
        if let maxWait { try PolicyError.requireNotNegative(maxWait, "maxWait") }
        switch shedding {
        case .codel(let target, let interval), .facebook(let target, let interval):
            try PolicyError.requirePositive(target, "target")
            try PolicyError.require(interval > target, "interval", "must be longer than the target")
        case nil: break
        }
        if let adaptive {
            let isWithin = adaptive.min <= concurrent && concurrent <= adaptive.max
            try PolicyError.require(isWithin, "concurrent", "must be within the adaptive limit's least and most")
        }
    }

    /// With an adaptive limit, which says where it begins.
    public init(
        adaptive: ConcurrencyLimitRules, queue: Int = 0, whenFull: WhenFull = .reject, maxWait: Duration? = nil,
        order: Order = .fifo, shedding: Shedding? = nil
    ) throws(PolicyError) {
        try self.init(
            concurrent: adaptive.initial, queue: queue, whenFull: whenFull, maxWait: maxWait, order: order,
            shedding: shedding, adaptive: adaptive)
    }
}

// The bulkheads as their libraries ship them.
extension BulkheadRules {
    /// A lock: one inside, and everyone waits in order.
    static let oneByOne = BulkheadRules(concurrent: 1, whenFull: .wait)

    private init(concurrent: Int, whenFull: WhenFull) {
        self.concurrent = concurrent
        self.whenFull = whenFull
        queue = 0
        maxWait = nil
        order = .fifo
        shedding = nil
        adaptive = nil
    }

    /// resilience4j's semaphore: 25, and those who may wait do so for `maxWait`, in order.
    public static func resilience4j(
        concurrent: Int = 25, maxWait: Duration = .zero
    ) throws(PolicyError) -> BulkheadRules {
        try BulkheadRules(concurrent: concurrent, whenFull: .wait, maxWait: maxWait)
    }

    /// Polly's concurrency limiter: 1000, and no queue.
    public static func polly(concurrent: Int = 1000, queue: Int = 0) throws(PolicyError) -> BulkheadRules {
        try BulkheadRules(concurrent: concurrent, queue: queue)
    }

    /// Hystrix' semaphore: 10, and no queue.
    public static func hystrix(concurrent: Int = 10) throws(PolicyError) -> BulkheadRules {
        try BulkheadRules(concurrent: concurrent)
    }

    /// Envoy's "circuit breaker", which is two caps: connections, and requests that wait for one
    /// (`circuit_breaker.proto`). Its third, 3 retries at once, is ``RetryBudgetRules/envoy(share:least:)`` with a
    /// share of 0. The caps of Istio's pools are 2^32 - 1.
    public static func envoy(maxConnections: Int = 1024, maxPending: Int = 1024) throws(PolicyError) -> BulkheadRules {
        try BulkheadRules(concurrent: maxConnections, queue: maxPending)
    }
}
