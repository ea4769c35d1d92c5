/// Servers that share a backend's calls, and how a balancer chooses among them.
public struct Pool: Hashable, Sendable {
    public var algorithm: Algorithm
    public var servers: [Server]
    /// Active checks; `nil`: none.
    public var health: HealthCheck?
    /// Passive ejection; `nil`: none. At most one of the three that follow is there.
    public var outliers: OutlierRule?
    public var passive: PassiveRule?
    public var accrual: AccrualRule?
    /// With a smaller share of available servers than this, 0...1, all are used; 0: never.
    public var panic: Double
    /// How a server that joins or comes back gets its share; `nil`: all at once.
    public var slowStart: SlowStart?
    /// This balancer sees so many of the servers only; `nil`: all.
    public var subset: Int?

    public init(
        algorithm: Algorithm = .roundRobin, servers: [Server], health: HealthCheck? = nil,
        outliers: OutlierRule? = nil, passive: PassiveRule? = nil, accrual: AccrualRule? = nil, panic: Double = 0,
        slowStart: SlowStart? = nil, subset: Int? = nil
    ) {
        self.algorithm = algorithm
        self.servers = servers
        self.health = health
        self.outliers = outliers
        self.passive = passive
        self.accrual = accrual
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
        /// A ring of about this size, whatever the number of servers: Envoy's, gRPC's.
        case sizedRing(least: Int, most: Int)
        case rendezvous
        /// The size is a prime.
        case maglev(size: Int)
        case choices(Int)
        /// Envoy's: of so many at random; with different weights by weight / (requests + 1)^bias.
        case leastRequest(choices: Int, bias: Double)
        case shortestQueue
        case idleQueue
        case ewma(decay: Duration)
        /// initial: assumed before the first answer; `nil`: such a server is avoided while it is busy.
        case peakEWMA(decay: Duration, initial: Duration?)

        /// Whether servers with more weight get more.
        public var heedsWeights: Bool {
            switch self {
            case .roundRobin, .random, .modulo, .idleQueue, .ewma, .peakEWMA: false
            case .weighted, .smoothWeighted, .leastConnections, .weightedRandom, .ipHash, .ring, .sizedRing,
                .rendezvous, .maglev, .choices, .leastRequest, .shortestQueue:
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
}
