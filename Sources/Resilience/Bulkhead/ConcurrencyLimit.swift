/// The limit itself: learns from each call that ends.
public struct ConcurrencyLimit: Sendable {
    public let rules: ConcurrencyLimitRules
    /// Calls allowed at once, fractions included.
    private var estimate: Double
    private var vegas: VegasLimit
    private var gradient = GradientLimit()
    private var envoy: EnvoyGradient?
    private var window = SampleWindow()

    /// draw: 0..<1; only Vegas uses it here.
    public init(_ rules: ConcurrencyLimitRules, draw: Double = 0.5) {
        self.rules = rules
        envoy = rules.algorithm == .envoy ? EnvoyGradient(rules) : nil
        estimate = Double(rules.initial)
        vegas = VegasLimit(draw: draw)
    }

    public var limit: Int { envoy?.limit ?? Int(estimate) }

    /// A call has ended.
    ///
    /// - Parameters:
    ///   - inFlight: calls inside, this one included.
    ///   - wasDropped: whether it failed for lack of room: a time-out, a rejection.
    ///   - time: since any fixed moment; only Envoy's and the windowed kind use it.
    ///   - draw: 0..<1; only Vegas and Envoy's use it.
    public mutating func sample(
        took: Duration, inFlight: Int, wasDropped: Bool = false, at time: Duration = .zero, draw: Double = 0.5
    ) {
        let sample = Sample(took: max(1, took.clampedNanoseconds), inFlight: inFlight, wasDropped: wasDropped)
        let now = time.clampedNanoseconds
        if rules.algorithm == .envoy {
            envoy?.add(took: sample.took, at: now, draw: draw)
        } else if !rules.isWindowed {
            learn(sample, draw)
        } else if let gathered = window.add(sample, at: now) {
            learn(gathered, draw)
        }
    }

    struct Sample: Sendable {
        /// ns, at least 1.
        var took: Int64
        var inFlight: Int
        var wasDropped: Bool
    }

    private mutating func learn(_ sample: Sample, _ draw: Double) {
        let next =
            switch rules.algorithm {
            case .aimd: Self.aimd(sample, limit)
            case .vegas: vegas.next(sample, estimate, draw)
            case .gradient2: gradient.next(sample, estimate)
            case .envoy: nil as Double?
            }
        if let next { estimate = min(Double(rules.max), max(Double(rules.min), next)) }
    }

    private static func aimd(_ sample: Sample, _ limit: Int) -> Double? {
        if sample.wasDropped || sample.took > 5_000_000_000 { return (Double(limit) * 0.9).rounded(.down) }
        return sample.inFlight * 2 >= limit ? Double(limit) + 1 : nil
    }
}

/// TCP Vegas: how many of the calls inside stand in a queue somewhere, judging by the shortest call seen.
struct VegasLimit: Sendable {
    private var shortest: Int64?
    private var samples = 0
    /// 0.5..<1: so that many limiters do not look for a new shortest time together.
    private var spread: Double

    init(draw: Double) { spread = 0.5 + draw / 2 }

    /// `nil`: as it is.
    mutating func next(_ sample: ConcurrencyLimit.Sample, _ limit: Double, _ draw: Double) -> Double? {
        samples += 1
        if spread * 30 * limit <= Double(samples) {
            spread = 0.5 + draw / 2
            samples = 0
            shortest = sample.took
            return nil
        }
        guard let shortest, sample.took >= shortest else {
            shortest = sample.took
            return nil
        }
        let queue = (limit * (1 - Double(shortest) / Double(sample.took))).rounded(.up)
        let step = Double(Self.log10(Int(limit)))
        if sample.wasDropped { return limit - step }
        if Double(sample.inFlight) * 2 < limit { return nil }
        if queue <= step { return limit + 6 * step }
        if queue < 3 * step { return limit + step }
        return queue > 6 * step ? limit - step : nil
    }

    /// The number of digits less one, and at least 1.
    private static func log10(_ value: Int) -> Int {
        var (digits, rest) = (0, value)
        while rest >= 10 { (digits, rest) = (digits + 1, rest / 10) }
        return max(1, digits)
    }
}

/// Gradient2: the limit follows how much longer calls take than they have for long.
struct GradientLimit: Sendable {
    private static let window = 600.0
    private static let warmUp = 10
    /// Averages over about `window` calls; the first few count alike.
    private var long = 0.0
    private var samples = 0

    /// `nil`: as it is.
    mutating func next(_ sample: ConcurrencyLimit.Sample, _ limit: Double) -> Double? {
        let short = Double(sample.took)
        if samples < Self.warmUp {
            samples += 1
            long += (short - long) / Double(samples)
        } else {
            let weight = 2 / (Self.window + 1)
            long = long * (1 - weight) + short * weight
        }
        let average = long
        // Back to normal after a long overload: forget faster.
        if average / short > 2 { long *= 0.95 }
        if Double(sample.inFlight) < limit / 2 { return nil }
        let gradient = max(0.5, min(1, 1.5 * average / short))
        return limit * 0.8 + (limit * gradient + 4) * 0.2
    }
}

/// Gathers calls for a second.
struct SampleWindow: Sendable {
    private static let length: Int64 = 1_000_000_000
    private static let fewest = 10
    /// Shorter calls say nothing.
    private static let shortest: Int64 = 100_000

    private var ends: Int64 = 0
    private var calls = 0
    private var total: Int64 = 0
    private var most = 0
    private var hasDrops = false

    /// The average call of a window that is over and has enough of them.
    mutating func add(_ sample: ConcurrencyLimit.Sample, at now: Int64) -> ConcurrencyLimit.Sample? {
        guard sample.took >= Self.shortest else { return nil }
        calls += 1
        total = total &+ sample.took
        most = max(most, sample.inFlight)
        if sample.wasDropped { hasDrops = true }
        guard now > ends else { return nil }
        let average = ConcurrencyLimit.Sample(took: total / Int64(calls), inFlight: most, wasDropped: hasDrops)
        let isEnough = calls >= Self.fewest
        self = SampleWindow()
        ends = now + Self.length
        return isEnough ? average : nil
    }
}
