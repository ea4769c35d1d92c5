import Foundation
import Resilience
import Testing

/// Hit ratios of independent requests for 1000 keys with a Zipf popularity of 0.8, 100 of which fit in.
@Suite struct HitRatioTests {
    static let popularity: [Double] = {
        let weights = zipfWeights(count: 1000, alpha: 0.8)
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }()

    /// Che's characteristic time: how long a key stays, so that on average as many are there as fit in.
    static func characteristicTime(_ presence: (Double, Double) -> Double) -> Double {
        var (low, high) = (0.0, 1e6)
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if popularity.map({ presence($0, middle) }).reduce(0, +) < 100 { low = middle } else { high = middle }
        }
        return low
    }

    /// Both the share of time that a key is there, and its hit ratio. In LRU every request starts its time anew; in
    /// FIFO (and in a random replacement) only a miss does.
    static func lru(_ p: Double, _ time: Double) -> Double { 1 - exp(-p * time) }
    static func fifo(_ p: Double, _ time: Double) -> Double { p * time / (1 + p * time) }

    static func che(_ presence: (Double, Double) -> Double) -> Double {
        let time = characteristicTime(presence)
        return popularity.map { $0 * presence($0, time) }.reduce(0, +)
    }

    static func simulated(_ rule: EvictionRule) -> Double {
        let trace = zipf(120_000, count: 1000, alpha: 0.8, seed: 7)
        var stand = CacheStand<Int>(rule, capacity: 100)
        stand.requests(Array(trace.prefix(20_000)))
        let counted = Array(trace.dropFirst(20_000))
        return 1 - Double(stand.misses(counted)) / Double(counted.count)
    }

    @Test func characteristicTimeIsThePublishedOne() {
        #expect(abs(Self.characteristicTime(Self.lru) - 133.9) < 0.05)
        #expect(abs(Self.che(Self.lru) - 0.3778) < 0.00005)
        #expect(abs(Self.che(Self.fifo) - 0.3337) < 0.00005)
        #expect(abs(Self.popularity.prefix(100).reduce(0, +) - 0.5258) < 0.00005)
    }

    /// 100,000 requests leave a standard error of about 0.0015.
    @Test(arguments: [(EvictionRule.lru, 0.3778), (.fifo, 0.3337), (.clock, 0.3925), (.sieve, 0.4960)])
    func simulationComesNear(rule: EvictionRule, ratio: Double) {
        #expect(abs(Self.simulated(rule) - ratio) < 0.006)
    }

    /// Nothing that knows no future does better than the 100 most popular keys, and counting comes near.
    @Test func countingComesNearTheBestKeys() {
        for rule in [EvictionRule.lfu, .wTinyLFU, .s3fifo] {
            let ratio = Self.simulated(rule)
            #expect(ratio > 0.45 && ratio < 0.5258 + 0.006, "\(rule): \(ratio)")
        }
    }
}
