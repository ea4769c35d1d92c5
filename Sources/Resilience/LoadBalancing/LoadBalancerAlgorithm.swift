/// How a load balancer chooses among its servers.
///
/// A weight of 0 takes a server out of every algorithm: it gets nothing new, and what it has may end. Above 0 only the
/// algorithms that say so look at weights.
public enum LoadBalancerAlgorithm: Hashable, Sendable {
    /// One after the other, in the order in which they were added.
    case roundRobin
    /// Each in its turn so many times in a row as it has weight: 3, 2, 1 gives s1 s1 s1 s2 s2 s3.
    case weighted
    /// nginx' round robin: the same shares as ``weighted``, spread out.
    case smoothWeighted
    /// nginx' `least_conn`: fewest requests for each unit of weight; among equals by smooth weighted round robin.
    case leastConnections
    /// Each as likely as the others.
    case random
    /// Each as likely as it has weight.
    case weightedRandom
    /// nginx' `ip_hash`: by the first three octets of the key, an IPv4 address, and by weight.
    case ipHash
    /// The key's hash modulo the number of servers.
    case modulo
    /// A ring with so many points for each unit of weight: nginx' `hash ... consistent`.
    case ring(points: Int)
    /// A ring of about this size, whatever the number of servers; shared by weight: Envoy's, gRPC's.
    case sizedRing(least: Int, most: Int)
    /// The server whose hash with the key is the highest, by weight.
    case rendezvous
    /// A table of a prime size in which servers take turns by weight (NSDI 2016, Envoy).
    case maglev(size: Int)
    /// Fewest requests for each unit of weight among `d` that are drawn, all of them different unless told otherwise.
    case choices(Int, withReplacement: Bool = false)
    /// Envoy's least request. Equal weights: ``choices(_:withReplacement:)`` with replacement. Different weights:
    /// weighted round robin with weight / (requests + 1)^bias.
    case leastRequest(choices: Int, bias: Double)
    /// Fewest requests for each unit of weight of all; among equals by chance.
    case shortestQueue
    /// The one that has been idle for longest; a random one when none is (Lu and others, 2011).
    case idleQueue
    /// The lower mean latency of two (ingress-nginx).
    case ewma(decay: Duration)
    /// The lower cost of two: peak latency times requests. initial: the latency of one that was never measured, as in
    /// tower and Linkerd; `nil`: it is avoided while its first request is on its way, as in Finagle.
    case peakEWMA(decay: Duration, initial: Duration?)

    /// Round robin as nginx does it.
    public static let nginx = smoothWeighted
    /// 160 points for each unit of weight.
    public static let nginxRing = ring(points: 160)
    /// At least 1024 points, at most 8 388 608.
    public static let envoyRing = sizedRing(least: 1024, most: 8_388_608)
    /// gRPC A42: at least 1024 points, at most 4096.
    public static let grpcRing = sizedRing(least: 1024, most: 4096)
    /// Two draws, bias 1.
    public static let envoyLeastRequest = leastRequest(choices: 2, bias: 1)
    /// A table of 65 537.
    public static let envoyMaglev = maglev(size: 65537)
    /// Finagle's: 10 s, and those never measured are avoided while busy.
    public static let finaglePeakEWMA = peakEWMA(decay: .seconds(10), initial: nil)
    /// Linkerd's: 10 s, and 30 ms for those never measured.
    public static let linkerdPeakEWMA = peakEWMA(decay: .seconds(10), initial: .milliseconds(30))

    /// Whether servers with more weight get more. Slow start, which grows a server's weight, needs it.
    public var usesWeights: Bool {
        switch self {
        case .roundRobin, .random, .modulo, .idleQueue, .ewma, .peakEWMA: false
        case .weighted, .smoothWeighted, .leastConnections, .weightedRandom, .ipHash, .ring, .sizedRing, .rendezvous,
            .maglev, .choices, .leastRequest, .shortestQueue:
            true
        }
    }

    /// Whether the same key goes to the same server.
    public var usesKeys: Bool {
        switch self {
        case .ipHash, .modulo, .ring, .sizedRing, .rendezvous, .maglev: true
        case .roundRobin, .weighted, .smoothWeighted, .leastConnections, .random, .weightedRandom, .choices,
            .leastRequest, .shortestQueue, .idleQueue, .ewma, .peakEWMA:
            false
        }
    }
}

// Settings that no algorithm can have.
extension LoadBalancerAlgorithm {
    private static var mostPoints: Int { 8_388_608 }

    func validate() throws(PolicyError) {
        switch self {
        case .roundRobin, .weighted, .smoothWeighted, .leastConnections, .random, .weightedRandom, .ipHash, .modulo,
            .rendezvous, .shortestQueue, .idleQueue:
            break
        case .ring(let points):
            try PolicyError.requireAtLeast(1, points, "points")
            try PolicyError.require(points <= 10_000, "points", "must be at most 10000")
        case .sizedRing(let least, let most):
            try PolicyError.requireAtLeast(1, least, "least")
            try PolicyError.require(most >= least, "most", "must not be below least")
            try PolicyError.require(most <= Self.mostPoints, "most", "must be at most \(Self.mostPoints)")
        case .maglev(let size):
            try PolicyError.require(size <= Self.mostPoints, "size", "must be at most \(Self.mostPoints)")
            try PolicyError.require(MaglevBalancer.isPrime(size), "size", "must be a prime")
        case .choices(let count, _): try PolicyError.requireAtLeast(1, count, "choices")
        case .leastRequest(let choices, let bias):
            try PolicyError.requireAtLeast(1, choices, "choices")
            try PolicyError.requireAtLeast(0, bias, "bias")
        case .ewma(let decay): try PolicyError.requirePositive(decay, "decay")
        case .peakEWMA(let decay, let initial):
            try PolicyError.requirePositive(decay, "decay")
            if let initial { try PolicyError.requirePositive(initial, "initial") }
        }
    }

    /// Without a server yet.
    var balancer: any Balancer {
        switch self {
        case .roundRobin: RoundRobinBalancer()
        case .weighted: WeightedBalancer()
        case .smoothWeighted: SmoothWeightedBalancer()
        case .leastConnections: LeastConnectionsBalancer()
        case .random: RandomBalancer()
        case .weightedRandom: WeightedRandomBalancer()
        case .ipHash: IPHashBalancer()
        case .modulo: ModuloBalancer()
        case .ring(let points): RingBalancer(points: points)
        case .sizedRing(let least, let most): SizedRingBalancer(least: least, most: most)
        case .rendezvous: RendezvousBalancer()
        case .maglev(let size): MaglevBalancer(size: size)
        case .choices(let count, let withReplacement):
            ChoicesBalancer(count: count, withReplacement: withReplacement)
        case .leastRequest(let choices, let bias): LeastRequestBalancer(choices: choices, bias: bias)
        case .shortestQueue: ShortestQueueBalancer()
        case .idleQueue: IdleQueueBalancer()
        case .ewma(let decay): EWMABalancer(decay: decay)
        case .peakEWMA(let decay, let initial): PeakEWMABalancer(decay: decay, initial: initial)
        }
    }
}
