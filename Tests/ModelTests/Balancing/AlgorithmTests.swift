import Resilience
import Scenario
import Testing

@testable import Model

/// What scenarios and the library say about algorithms is the same.
@Suite struct AlgorithmTests {
    private static let all: [Pool.Algorithm] = [
        .roundRobin, .weighted, .smoothWeighted, .leastConnections, .random, .weightedRandom, .ipHash, .modulo,
        .ring(points: 40), .sizedRing(least: 64, most: 128), .leastRequest(choices: 2, bias: 1),
        .rendezvous, .maglev(size: 101), .choices(2), .shortestQueue, .idleQueue,
        .ewma(decay: .seconds(1)), .peakEWMA(decay: .seconds(1), initial: .milliseconds(30)),
    ]

    @Test(arguments: all) func bothAgreeOnWhoHeedsWeights(algorithm: Pool.Algorithm) {
        #expect(algorithm.heedsWeights == LoadBalancerAlgorithm(algorithm).usesWeights)
    }
}
