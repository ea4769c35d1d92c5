/// resilience4j's `AtomicRateLimiter`: each cycle adds its permits, up to the limit; reservations go below zero.
struct FixedWindow: Sendable {
    private var limit: Int64
    /// ns
    let window: Int64
    private var cycle: Int64 = 0
    private var permits: Int64

    init(limit: Int, window: Duration) {
        self.limit = Int64(limit)
        self.window = max(1, window.clampedNanoseconds)
        permits = Int64(limit)
    }

    private func permits(in current: Int64) -> Int64 {
        guard current > cycle else { return permits }
        let (sum, overflow) = permits.addingReportingOverflow(limit.multipliedClamped(by: current - cycle))
        return overflow ? limit : min(limit, sum)
    }

    func available(at now: Int64) -> Double { Double(permits(in: now / window)) }

    mutating func acquire(_ wanted: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        permits = permits(in: now / window)
        cycle = max(cycle, now / window)
        let wait = wait(for: Int64(wanted), at: now)
        guard wait <= longest else { return .rejected(wait) }
        permits -= Int64(wanted)
        return .granted(wait)
    }

    private func wait(for wanted: Int64, at now: Int64) -> Int64 {
        if permits >= wanted { return 0 }
        let missing = max(0, wanted - (permits + limit))
        let (cycles, rest) = missing.quotientAndRemainder(dividingBy: limit)
        let toNext = window - now % window
        return min((cycles + (rest > 0 ? 1 : 0)).multipliedClamped(by: window), .longestNanoseconds) + toNext
    }

    /// A new limiter that is used for the first time now.
    mutating func begin(at now: Int64) { cycle = now / window }

    mutating func change(limit: Int, at now: Int64) {
        permits = permits(in: now / window)
        cycle = max(cycle, now / window)
        permits = min(Int64(limit), permits + Int64(limit) - self.limit)
        self.limit = Int64(limit)
    }
}
