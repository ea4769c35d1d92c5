/// Go's `rate.Limiter`: fractions of tokens count, reservations go below zero.
struct TokenBucket: Sendable {
    /// What adding up fractions may lose.
    private static let rounding = 1e-9

    private var rate: Double
    private var burst: Double
    private var tokens: Double
    private var latest: Int64 = 0

    init(rate: Double, burst: Double) {
        self.rate = rate
        self.burst = burst
        tokens = burst
    }

    func available(at now: Int64) -> Double { min(burst, tokens + Double(now - latest) / 1e9 * rate) }

    mutating func acquire(_ permits: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        guard Double(permits) <= burst else { return .rejected(nil) }
        let left = available(at: now) - Double(permits)
        let wait = left >= -Self.rounding ? 0 : Int64(clampingNanoseconds: -left / rate * 1e9)
        guard wait <= longest else { return .rejected(wait) }
        (tokens, latest) = (left, now)
        return .granted(wait)
    }

    mutating func change(rate: Double, burst: Double, at now: Int64) {
        (tokens, latest) = (min(burst, available(at: now)), now)
        (self.rate, self.burst) = (rate, burst)
    }
}
