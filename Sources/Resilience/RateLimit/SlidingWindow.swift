/// Cloudflare's estimate: the calls of this window, and of those of the one before the share that still overlaps.
///
/// A call passes when the estimate with it stays within the limit. Rejected calls are not counted. Permits are given
/// in the order in which they are asked for: whoever waits pushes the counters ahead to the time of its permit.
struct SlidingWindow: Sendable {
    private static let rounding = 1e-9

    var limit: Int
    /// ns
    let window: Int64
    private var counters = Counters()

    private struct Counters {
        /// The beginning of the window that the last permit belongs to, and its time.
        var begins: Int64 = 0
        var latest: Int64 = 0
        var previous = 0
        var current = 0

        mutating func roll(to now: Int64, _ window: Int64) {
            latest = now
            let passed = (now - begins) / window
            guard passed > 0 else { return }
            previous = passed == 1 ? current : 0
            current = 0
            begins += passed * window
        }

        func estimate(_ window: Int64) -> Double {
            Double(current) + Double(previous) * (1 - Double(latest - begins) / Double(window))
        }
    }

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = max(1, window.clampedNanoseconds)
    }

    func available(at now: Int64) -> Double {
        var counters = counters
        counters.roll(to: max(now, counters.latest), window)
        return Double(limit) - counters.estimate(window)
    }

    mutating func acquire(_ permits: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        guard permits <= limit else { return .rejected(nil) }
        var next = counters
        next.roll(to: max(now, next.latest), window)
        if next.estimate(window) + Double(permits) > Double(limit) + Self.rounding {
            next.roll(to: earliest(permits, next), window)
        }
        let wait = next.latest - now
        guard wait <= longest else { return .rejected(wait) }
        next.current += permits
        counters = next
        return .granted(wait)
    }

    /// When so many more fit.
    private func earliest(_ permits: Int, _ counters: Counters) -> Int64 {
        let room = limit - permits - counters.current
        if room >= 0 { return counters.begins.addingClamped(offset(previous: counters.previous, room: room)) }
        let offset = offset(previous: counters.current, room: limit - permits)
        return counters.begins.addingClamped(window).addingClamped(offset)
    }

    /// How far into a window the calls of the one before weigh no more than `room`.
    private func offset(previous: Int, room: Int) -> Int64 {
        guard previous > room else { return 0 }
        return Int64(clampingNanoseconds: Double(window) * (1 - Double(room) / Double(previous)))
    }
}
