/// A limit of concurrent calls that finds its own place: Netflix' concurrency-limits, and Envoy.
public struct ConcurrencyLimitRules: Hashable, Sendable {
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// One more while all is well and the limit is used, a tenth less after a drop or a call longer than 5 s.
        case aimd
        /// From the share of the time that calls spend waiting: TCP Vegas.
        case vegas
        /// From the time that calls take now against what they have taken for long.
        case gradient2
        /// From the time that calls take now against what they take with hardly any inside: Envoy.
        case envoy
    }

    public let algorithm: Algorithm
    public let initial: Int
    public let min: Int
    public let max: Int
    /// Whether calls are gathered for a second, and only windows of 10 or more count: the windowed wrapper.
    public let isWindowed: Bool

    /// `min` and `max` are the library's where they are `nil`: 20 and 200; Vegas 1 and 1000; Envoy 3 and 1000.
    ///
    /// - Throws: ``PolicyError`` when the least is below 1, or the three are out of order, or Envoy's, which has
    ///   windows of its own, is to be windowed.
    public init(
        _ algorithm: Algorithm, initial: Int = 20, min: Int? = nil, max: Int? = nil, isWindowed: Bool = false
    ) throws(PolicyError) {
        self.algorithm = algorithm
        self.initial = initial
        switch algorithm {
        case .aimd, .gradient2: (self.min, self.max) = (min ?? 20, max ?? 200)
        case .vegas: (self.min, self.max) = (min ?? 1, max ?? 1000)
        case .envoy: (self.min, self.max) = (min ?? 3, max ?? 1000)
        }
        self.isWindowed = isWindowed
        try PolicyError.requireAtLeast(1, self.min, "min")
        try PolicyError.require(self.max >= self.min, "max", "must not be below min, \(self.min)")
        try PolicyError.require(self.max <= 1_000_000_000, "max", "must be at most 10^9")
        try PolicyError.require(algorithm != .envoy || !isWindowed, "isWindowed", "has its own windows in Envoy")
        let isWithin = initial >= self.min && initial <= self.max
        try PolicyError.require(isWithin, "initial", "must be between \(self.min) and \(self.max)")
    }
}
