/// What a ``Cluster`` does: how it chooses among its servers, and how it finds out which of them are well.
public struct ClusterRules: Hashable, Sendable {
    /// Which of the servers this client has connections to: ``Subsetting/deterministic(client:backends:size:)``.
    public struct Subset: Hashable, Sendable {
        /// 0 and up; consecutive numbers.
        public let client: Int
        public let size: Int

        /// - Throws: ``PolicyError`` when `client` is below 0 or `size` below 1.
        public init(client: Int, size: Int) throws(PolicyError) {
            try PolicyError.requireAtLeast(0, client, "client")
            try PolicyError.requireAtLeast(1, size, "size")
            self.client = client
            self.size = size
        }
    }

    public var algorithm: LoadBalancerAlgorithm
    /// Active checks; `nil`: none.
    public var health: HealthCheckRules?
    /// `nil`: nobody is ejected for what it answers.
    public var outliers: OutlierDetectionRules?
    /// With a smaller share of well servers than this, all are used.
    public var panic: PanicThreshold
    /// `nil`: a server that joins or comes back has all its weight at once. Heeded where
    /// ``LoadBalancerAlgorithm/usesWeights``.
    public var slowStart: SlowStartRules?
    /// `nil`: all of them.
    public var subset: Subset?

    public init(
        _ algorithm: LoadBalancerAlgorithm, health: HealthCheckRules? = nil, outliers: OutlierDetectionRules? = nil,
        panic: PanicThreshold = .istio, slowStart: SlowStartRules? = nil, subset: Subset? = nil
    ) {
        self.algorithm = algorithm
        self.health = health
        self.outliers = outliers
        self.panic = panic
        self.slowStart = slowStart
        self.subset = subset
    }
}
