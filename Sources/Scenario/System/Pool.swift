/// Servers that share a backend's calls, and how a balancer chooses among them.
public struct Pool: Hashable, Sendable {
    public var algorithm: Algorithm
    public var servers: [Server]
    /// Active checks; `nil`: none.
    public var health: HealthCheck?
    /// Passive ejection; `nil`: none.
    public var outliers: OutlierRule?
    /// With a smaller share of available servers than this, 0...1, all are used; 0: never.
    public var panic: Double
    /// How a server that joins or comes back gets its share; `nil`: all at once.
    public var slowStart: SlowStart?
    /// This balancer sees so many of the servers only; `nil`: all.
    public var subset: Int?

    public init(
        algorithm: Algorithm = .roundRobin, servers: [Server], health: HealthCheck? = nil,
        outliers: OutlierRule? = nil, panic: Double = 0, slowStart: SlowStart? = nil, subset: Int? = nil
    ) {
        self.algorithm = algorithm
        self.servers = servers
        self.health = health
        self.outliers = outliers
        self.panic = panic
        self.slowStart = slowStart
        self.subset = subset
    }

    public enum Algorithm: Hashable, Sendable {
        case roundRobin
        /// Each server in its turn as often as its weight.
        case weighted
        case smoothWeighted
        case leastConnections
        case random
        case weightedRandom
        case ipHash
        /// The key's hash modulo the number of servers.
        case modulo
        /// Consistent hashing, with so many points for each unit of weight.
        case ring(points: Int)
        case rendezvous
        /// The size is a prime.
        case maglev(size: Int)
        case choices(Int)
        case shortestQueue
        case idleQueue
        case ewma(decay: Duration)
        case peakEWMA(decay: Duration, initial: Duration)

        /// Whether servers with more weight get more.
        public var heedsWeights: Bool {
            switch self {
            case .roundRobin, .random, .modulo, .idleQueue, .ewma, .peakEWMA: false
            case .weighted, .smoothWeighted, .leastConnections, .weightedRandom, .ipHash, .ring, .rendezvous, .maglev,
                .choices, .shortestQueue:
                true
            }
        }
    }

    /// A backend of its own, with a place in the pool.
    public struct Server: Hashable, Sendable {
        public var backend: Backend
        /// 0 to 1000.
        public var weight: Double
        /// Whether it is in the pool at the start, as it is said; `nil`: it is unless it joins later.
        public var member: Bool?
        /// When it joins, and leaves, by itself.
        public var joins: Duration?
        public var leaves: Duration?

        public init(
            backend: Backend, weight: Double = 1, member: Bool? = nil, joins: Duration? = nil,
            leaves: Duration? = nil
        ) {
            self.backend = backend
            self.weight = weight
            self.member = member
            self.joins = joins
            self.leaves = leaves
        }

        /// Whether it is in the pool at the start.
        public var isMember: Bool { member ?? (joins == nil) }
    }

    /// HAProxy's: so many failures in a row mark a server down, so many successes up again.
    public struct HealthCheck: Hashable, Sendable {
        public var every: Duration
        public var timeout: Duration
        public var rise: Int
        public var fall: Int

        public init(
            every: Duration = .seconds(2), timeout: Duration = .seconds(1), rise: Int = 2, fall: Int = 3
        ) {
            self.every = every
            self.timeout = timeout
            self.rise = rise
            self.fall = fall
        }
    }

    /// Envoy's, or as gRPC differs from it.
    public struct OutlierRule: Hashable, Sendable {
        public enum Profile: String, Hashable, Sendable, CaseIterable { case envoy, grpc }
        public var profile: Profile
        /// Failures in a row; `nil`: not looked at.
        public var consecutive: Int?
        public var interval: Duration
        /// For how long, times how often it was ejected lately.
        public var base: Duration
        public var most: Duration
        /// Share of the pool that may be out, 0...1.
        public var maxEjected: Double
        /// Servers whose success rate is so many standard deviations below the mean; `nil`: not looked at.
        public var deviations: Double?
        /// Servers with so large a share of failures, 0...1; `nil`: not looked at.
        public var failures: Double?
        /// Fewest servers and requests for ``deviations`` and ``failures`` to mean anything.
        public var minHosts: Int
        public var minRequests: Int

        public init(
            profile: Profile = .envoy, consecutive: Int? = 5, interval: Duration = .seconds(10),
            base: Duration = .seconds(30), most: Duration = .seconds(300), maxEjected: Double = 0.1,
            deviations: Double? = nil, failures: Double? = nil, minHosts: Int = 5, minRequests: Int = 100
        ) {
            self.profile = profile
            self.consecutive = consecutive
            self.interval = interval
            self.base = base
            self.most = most
            self.maxEjected = maxEjected
            self.deviations = deviations
            self.failures = failures
            self.minHosts = minHosts
            self.minRequests = minRequests
        }
    }

    /// Envoy's: weight × max(10 %, (time / window)^(1 / aggression)).
    public struct SlowStart: Hashable, Sendable {
        public var window: Duration
        public var aggression: Double

        public init(window: Duration, aggression: Double = 1) {
            self.window = window
            self.aggression = aggression
        }
    }
}
