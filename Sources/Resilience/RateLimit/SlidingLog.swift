import Collections

/// When each call of the last window passed, or will: exact. At most `limit` in any stretch as long as the window, of
/// which the beginning does not count and the end does.
struct SlidingLog: Sendable {
    var limit: Int
    /// ns
    let window: Int64
    private var passed: Deque<Int64> = []

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = max(1, window.clampedNanoseconds)
    }

    func available(at now: Int64) -> Double {
        Double(limit - passed.reversed().prefix { $0 > now - window }.count)
    }

    mutating func acquire(_ permits: Int, within longest: Int64, at now: Int64) -> LimiterAnswer {
        guard permits <= limit else { return .rejected(nil) }
        while let oldest = passed.first, oldest <= now - window { passed.removeFirst() }
        var earliest = max(now, passed.last ?? now)
        let last = passed.count + permits - limit - 1
        if last >= 0, last < passed.count { earliest = max(earliest, passed[last].addingClamped(window)) }
        guard earliest - now <= longest else { return .rejected(earliest - now) }
        for _ in 0..<permits { passed.append(earliest) }
        return .granted(earliest - now)
    }
}
