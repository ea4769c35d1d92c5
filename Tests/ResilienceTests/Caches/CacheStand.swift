import Foundation
import Resilience

/// A cache whose values are their keys, at one moment: for rules that have nothing to do with time.
struct CacheStand<Key: Hashable> {
    static var now: ContinuousClock.Instant { start }
    var cache: BoundedCache<Key, Key, ContinuousClock.Instant>

    init(_ eviction: EvictionRule, capacity: Int) { cache = BoundedCache(capacity: capacity, eviction: eviction) }

    /// A read, and a store if that misses: what a cache-aside reader does. Returns whether it was a hit.
    @discardableResult mutating func request(_ key: Key, weight: Int = 1) -> Bool {
        if cache.get(key, at: start).value != nil { return true }
        cache.set(key, key, weight: weight, at: start)
        return false
    }

    /// `HIT`, or `MISS` and who had to go for it.
    mutating func tell(_ key: Key) -> String {
        if request(key) { return "HIT" }
        let gone = cache.steps.compactMap { if case .evicted(let key) = $0 { "\(key)" } else { nil } }
        return gone.isEmpty ? "MISS" : "MISS, evicts \(gone.joined(separator: ", "))"
    }

    mutating func requests(_ keys: [Key]) {
        for key in keys { request(key) }
    }
}

private let start = ContinuousClock.now

extension CacheStand<Int> {
    mutating func misses(_ trace: [Int]) -> Int { trace.count { !request($0) } }
}

/// Requests for the numbers 1...count, number `n` with a probability in proportion to n^-alpha.
func zipf(_ requests: Int, count: Int, alpha: Double, seed: UInt64) -> [Int] {
    var dice = Dice(seed: seed)
    var sums: [Double] = []
    var sum = 0.0
    for weight in zipfWeights(count: count, alpha: alpha) {
        sum += weight
        sums.append(sum)
    }
    return (0..<requests).map { _ in
        let draw = dice.draw() * sum
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > draw { high = middle } else { low = middle + 1 }
        }
        return low + 1
    }
}

func zipfWeights(count: Int, alpha: Double) -> [Double] { (1...count).map { pow(Double($0), -alpha) } }
