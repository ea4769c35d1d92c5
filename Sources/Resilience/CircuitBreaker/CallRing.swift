/// The last so many calls: resilience4j's COUNT_BASED window. Adding one is O(1) and allocates nothing.
struct CallRing: Sendable {
    private static let failed: UInt8 = 1
    private static let slow: UInt8 = 2

    private var results: [UInt8]
    /// Where the next one goes; the oldest stands there once the ring is full.
    private var next = 0
    private(set) var totals = CircuitBreakerCell()

    init(size: Int) { results = Array(repeating: 0, count: size) }

    var size: Int { results.count }

    mutating func add(failed: Bool, slow: Bool) {
        if totals.calls == results.count { totals.subtract(Self.cell(results[next])) }
        results[next] = (failed ? Self.failed : 0) | (slow ? Self.slow : 0)
        totals.add(failed: failed, slow: slow)
        next = next + 1 == results.count ? 0 : next + 1
    }

    mutating func clear() {
        next = 0
        totals = CircuitBreakerCell()
    }

    /// One a call, oldest first. O(n).
    var cells: [CircuitBreakerCell] {
        let first = totals.calls == results.count ? next : 0
        return (0..<totals.calls).map { Self.cell(results[(first + $0) % results.count]) }
    }

    private static func cell(_ result: UInt8) -> CircuitBreakerCell {
        CircuitBreakerCell(calls: 1, failures: result & failed != 0 ? 1 : 0, slow: result & slow != 0 ? 1 : 0)
    }
}
