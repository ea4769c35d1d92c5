/// nginx' `limit_req`: whole milliseconds, thousandths of requests.
struct LeakyBucket: Sendable {
    /// In thousandths of a request, a second.
    private var rate: Int64
    private var burst: Int64
    /// `nil` until the first request, which has none.
    private var excess: Int64?
    private var latest: Int64 = 0

    init(rate: Double, burst: Double) {
        self.rate = Self.thousandths(rate)
        self.burst = Self.thousandths(burst)
    }

    private static func thousandths(_ value: Double) -> Int64 { Int64((value * 1000).rounded()) }

    /// What is in it before another request, which may be less than nothing.
    private func level(at milliseconds: Int64) -> Int64 {
        guard let excess else { return -1000 }
        return excess - rate.multipliedClamped(by: milliseconds - latest) / 1000
    }

    func available(at now: Int64) -> Double { Double(burst - max(-1000, level(at: now / 1_000_000))) / 1000 }

    mutating func acquire(_ permits: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        let milliseconds = now / 1_000_000
        let added = Int64(permits).multipliedClamped(by: 1000)
        guard added - 1000 <= burst else { return .rejected(nil) }
        let reached = max(0, level(at: milliseconds) + added)
        guard reached <= burst else {
            return .rejected(wait(until: (excess ?? 0) + added - burst, at: now))
        }
        // Who may not wait passes at once.
        let delay = longest > 0 ? (reached.multipliedClamped(by: 1000) / rate).multipliedClamped(by: 1_000_000) : 0
        guard delay <= longest else { return .rejected(delay - longest) }
        excess = reached
        latest = milliseconds
        return .granted(delay)
    }

    /// Until so much of the excess has run out.
    private func wait(until drained: Int64, at now: Int64) -> Int64 {
        let needed = (drained.multipliedClamped(by: 1000) - 1) / rate + 1
        return max(0, (latest + needed).multipliedClamped(by: 1_000_000) - now)
    }

    mutating func change(rate: Double, burst: Double, at now: Int64) {
        let milliseconds = now / 1_000_000
        if excess != nil {
            excess = max(0, level(at: milliseconds))
            latest = milliseconds
        }
        self.rate = Self.thousandths(rate)
        self.burst = Self.thousandths(burst)
    }
}
