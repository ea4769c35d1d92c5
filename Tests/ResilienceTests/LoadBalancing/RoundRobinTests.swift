import Testing

@testable import Resilience

/// Round robin, plain and weighted, and chance.
@Suite struct RoundRobinTests {
    @Test func roundRobin_oneAfterTheOther() throws {
        #expect(try BalancerStand(.roundRobin, weights: [3, 2, 1]).names(7) == "s1 s2 s3 s1 s2 s3 s1")
    }

    @Test func roundRobin_goesOnBehindTheOneThatLeaves() throws {
        let stand = try BalancerStand(.roundRobin, count: 4)
        #expect(stand.names(2) == "s1 s2")
        stand.remove(1)
        stand.setAvailable(2, false)
        #expect(stand.names(3) == "s4 s1 s4")
        stand.setAvailable(2, true)
        #expect(try stand.add("s5") == 4)
        #expect(stand.names(4) == "s5 s1 s3 s4")
    }

    @Test func weighted_isTheExpandedList() throws {
        #expect(try BalancerStand(.weighted, weights: [3, 2, 1]).names(8) == "s1 s1 s1 s2 s2 s3 s1 s1")
    }

    @Test func weighted_keepsWhatATurnLeaves() throws {
        let stand = try BalancerStand(.weighted, weights: [1.5, 1])
        #expect(stand.names(5) == "s1 s2 s1 s1 s2")
        // Below 1 the heaviest counts as 1.
        #expect(try BalancerStand(.weighted, weights: [0.2, 0.1]).names(6) == "s1 s1 s2 s1 s1 s2")
    }

    @Test func weighted_takesAnotherWeightAtOnce() throws {
        let stand = try BalancerStand(.weighted, weights: [4, 1])
        #expect(stand.names(1) == "s1")
        stand.setWeight(0, 1)
        #expect(stand.names(4) == "s1 s2 s1 s2")
    }

    @Test func nginx_smoothWeightedSpreadsOut() throws {
        let stand = try BalancerStand(.smoothWeighted, weights: [5, 1, 1])
        #expect(stand.names(7) == "s1 s1 s2 s1 s3 s1 s1")
        #expect(try BalancerStand(.smoothWeighted, weights: [3, 2, 1]).names(6) == "s1 s2 s1 s3 s2 s1")
    }

    @Test func nginx_smoothWeightedComesBackToZero() throws {
        var pool = ServerPool(try BalancerStand.servers([5, 1, 1]))
        var balancer = SmoothWeightedBalancer()
        balancer.changed(.everything, in: pool, at: 0)
        for pick in 1...14 {
            _ = balancer.pick(key: nil, from: &pool, at: 0) { 0 }
            #expect((balancer.current == [0, 0, 0]) == (pick % 7 == 0))
            #expect(balancer.current.reduce(0, +) == 0)
        }
    }

    @Test func random_eachAsLikely() throws {
        let stand = try BalancerStand(.random, weights: [9, 1, 1, 1])
        stand.draws = [0, 0.25, 0.4999, 0.5, 0.9999]
        #expect(stand.names(5) == "s1 s2 s2 s3 s4")
        #expect(isNear(stand.shares(8000), [0.25, 0.25, 0.25, 0.25]))
    }

    @Test func weightedRandom_asLikelyAsItsWeight() throws {
        let stand = try BalancerStand(.weightedRandom, weights: [3, 0, 2, 1])
        stand.draws = [0, 0.4999, 0.5, 0.8333, 0.8334, 0.9999]
        #expect(stand.names(6) == "s1 s1 s3 s3 s4 s4")
        #expect(isNear(stand.shares(6000), [0.5, 0, 1.0 / 3, 1.0 / 6]))
    }

    /// Every algorithm that knows weights gives shares by them when nothing is on its way.
    @Test(arguments: [LoadBalancerAlgorithm.weighted, .smoothWeighted, .leastConnections, .weightedRandom])
    func sharesFollowWeights(algorithm: LoadBalancerAlgorithm) throws {
        for seed in UInt64(1)...5 {
            var dice = Dice(seed: seed)
            let weights = (0..<dice.within(2...9)).map { _ in Double(dice.within(0...40)) / 8 }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let total = weights.reduce(0, +)
            let stand = try BalancerStand(algorithm, weights: weights, seed: seed)
            let shares = stand.shares(8000)
            #expect(isNear(shares, weights.map { $0 / total }), "seed \(seed): \(weights) gave \(shares)")
        }
    }

    /// Within five standard deviations of what chance gives.
    func isNear(_ counts: [Int], _ shares: [Double]) -> Bool {
        let total = Double(counts.reduce(0, +))
        return zip(counts, shares).allSatisfy { count, share in
            abs(Double(count) - share * total) <= 5 * (total * share * (1 - share)).squareRoot() + 1e-9
        }
    }
}
