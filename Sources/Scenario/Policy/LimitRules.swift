/// At most so many calls at once, and a queue for the others.
public struct BulkheadRule: Hashable, Sendable {
    /// What happens to a call when inside and queue are full.
    public enum WhenFull: String, Hashable, Sendable, CaseIterable {
        case reject
        /// The one that has waited longest is sent away, and this one waits.
        case shedOldest
        /// It waits outside, as long as it takes: the queue has no end.
        case wait
    }

    /// Who leaves the queue first.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        case fifo
        case lifo
        /// First in first out while the queue is short, newest first once it has stood: Facebook's.
        case adaptive
    }

    /// A limit that finds its own place.
    public struct Adaptive: Hashable, Sendable {
        public enum Algorithm: String, Hashable, Sendable, CaseIterable {
            case aimd, vegas, gradient, envoy
        }
        public var algorithm: Algorithm
        public var initial: Int
        public var min: Int
        public var max: Int

        public init(algorithm: Algorithm, initial: Int = 20, min: Int = 1, max: Int = 200) {
            self.algorithm = algorithm
            self.initial = initial
            self.min = min
            self.max = max
        }
    }

    /// Sends calls away that have stood in the queue.
    public struct CoDel: Hashable, Sendable {
        /// Whose rule decides.
        public enum Profile: String, Hashable, Sendable, CaseIterable {
            /// RFC 8289, when a call leaves the queue.
            case rfc8289
            /// A call may wait for `target` once the queue has not been empty for `interval`.
            case facebook
        }
        public var target: Duration
        public var interval: Duration
        public var profile: Profile

        public init(target: Duration, interval: Duration, profile: Profile = .rfc8289) {
            self.target = target
            self.interval = interval
            self.profile = profile
        }
    }

    /// With an adaptive limit: where it begins.
    public var concurrent: Int
    public var queue: Int
    public var whenFull: WhenFull
    /// The longest wait in the queue; `nil`: no limit.
    public var maxWait: Duration?
    public var order: Order
    public var codel: CoDel?
    public var adaptive: Adaptive?

    public init(
        concurrent: Int, queue: Int = 0, whenFull: WhenFull = .reject, maxWait: Duration? = nil, order: Order = .fifo,
        codel: CoDel? = nil, adaptive: Adaptive? = nil
    ) {
        self.concurrent = concurrent
        self.queue = queue
        self.whenFull = whenFull
        self.maxWait = maxWait
        self.order = order
        self.codel = codel
        self.adaptive = adaptive
    }
}

/// At most so many calls in a time.
public struct RateLimitRule: Hashable, Sendable {
    public enum Algorithm: Hashable, Sendable {
        /// Fills at `rate` permits a second up to `burst`, and starts full.
        case tokenBucket(rate: Double, burst: Double)
        /// Empties at `rate` calls a second, and holds `burst` besides the one that leaves.
        case leakyBucket(rate: Double, burst: Double)
        case fixedWindow(limit: Int, window: Duration)
        /// Cloudflare's estimate from two fixed windows.
        case slidingWindow(limit: Int, window: Duration)
        /// Remembers every call.
        case slidingLog(limit: Int, window: Duration)
    }

    public var algorithm: Algorithm
    /// How long a call may be made to wait for its permit.
    public var maxWait: Duration

    public init(algorithm: Algorithm, maxWait: Duration = .zero) {
        self.algorithm = algorithm
        self.maxWait = maxWait
    }
}
