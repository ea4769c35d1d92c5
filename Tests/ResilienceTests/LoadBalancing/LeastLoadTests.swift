import Testing

@testable import Resilience

/// Algorithms that compare how much the servers have to do.
@Suite struct LeastLoadTests {
    // MARK: nginx' least_conn

    @Test func nginx_leastConnectionsByWeight() throws {
        let stand = try BalancerStand(.leastConnections, weights: [3, 1])
        stand.start(0, times: 2)
        stand.start(1, times: 1)
        // 2/3 is less than 1/1.
        #expect(stand.names(3) == "s1 s1 s1")
        stand.start(0, times: 2)
        #expect(stand.names(2) == "s2 s2")
    }

    @Test func nginx_leastConnectionsTiesBySmoothRoundRobin() throws {
        let stand = try BalancerStand(.leastConnections, weights: [5, 1, 1])
        #expect(stand.names(7) == "s1 s1 s2 s1 s3 s1 s1")
        // Only those that are tied take part: 5/5 = 1/1.
        stand.start(0, times: 5)
        stand.start(1)
        stand.start(2, times: 2)
        #expect(stand.names(6) == "s1 s1 s1 s2 s1 s1")
    }

    /// 1/0.1 and 3/0.3 are equal, however a quotient is rounded.
    @Test func nginx_loadsAreCrossMultiplied() throws {
        let stand = try BalancerStand(.leastConnections, weights: [49, 1])
        stand.start(0, times: 49)
        stand.start(1)
        #expect(Set(stand.picks(50)) == [0, 1])
    }

    @Test func leastConnections_tellsTheWinnersScore() throws {
        let stand = try BalancerStand(.leastConnections, weights: [2, 1])
        stand.start(0, times: 3)
        stand.start(1, times: 2)
        let pick = try #require(stand.choose())
        #expect(Array(pick.considered) == [LoadBalancerCandidate(server: 0, score: 1.5)])
        #expect(stand.score(1) == 2)
    }

    // MARK: Choices

    @Test func choices_theLessLoadedOfTwo() throws {
        let stand = try BalancerStand(.choices(2), count: 4)
        stand.start(1, times: 2)
        stand.start(3, times: 1)
        // Places 1 and, of the other three, the last one.
        stand.draws = [0.3, 0.9]
        let pick = try #require(stand.choose())
        #expect(pick.server == 3)
        #expect(
            Array(pick.considered) == [
                LoadBalancerCandidate(server: 1, score: 2), LoadBalancerCandidate(server: 3, score: 1),
            ])
        // Of equal ones the first that was drawn.
        stand.draws = [0.6, 0, 0, 0.5]
        #expect(stand.names(2) == "s3 s1")
    }

    /// Without replacement they differ; each pair as likely.
    @Test(arguments: [2, 3, 5, 9]) func choices_distinctOnesDiffer(count: Int) throws {
        let stand = try BalancerStand(.choices(count), count: 6)
        var seen = Array(repeating: 0, count: 6)
        for _ in 0..<6000 {
            let servers = try #require(stand.choose()).considered.map(\.server)
            #expect(Set(servers).count == min(count, 6))
            for server in servers { seen[server] += 1 }
        }
        let mean = 1000.0 * Double(min(count, 6))
        #expect(seen.allSatisfy { abs(Double($0) - mean) < 5 * mean.squareRoot() })
    }

    @Test func gRPC_drawsWithReplacement() throws {
        let stand = try BalancerStand(.choices(2, withReplacement: true), count: 4)
        let alone = (0..<8000).count { _ in stand.choose()?.considered.count == 1 }
        #expect((1800...2200).contains(alone), "the same one twice in a quarter of all picks, not \(alone)")
    }

    /// Each group of three in each order as likely: 120 of them among six.
    @Test func choices_everyGroupIsAsLikely() throws {
        let stand = try BalancerStand(.choices(3), count: 6)
        var seen: [[Int]: Int] = [:]
        for _ in 0..<24_000 { seen[try #require(stand.choose()).considered.map(\.server), default: 0] += 1 }
        let surplus = seen.values.reduce(0.0) { $0 + (Double($1) - 200) * (Double($1) - 200) / 200 }
        // Chi-square with 119 degrees of freedom: 99.9 % below 173.
        #expect(seen.count == 120 && surplus < 173, "\(surplus)")
    }

    /// The draws of a pick decide alone: picks before it leave no order behind.
    @Test func choices_theSameDrawsMeanTheSame() throws {
        let stand = try BalancerStand(.choices(4), count: 9)
        func drawn() -> [Int]? {
            stand.draws = [0.9, 0.1, 0.5, 0.3]
            return stand.choose()?.considered.map(\.server)
        }
        let first = drawn()
        for _ in 0..<50 { _ = stand.choose() }
        #expect(first?.count == 4 && drawn() == first)
        #expect(stand.core.eligible == Array(0..<9))
    }

    /// A thousand of a thousand: each comes once, and every pick is the least loaded.
    @Test func choices_ofAllIsTheShortestQueue() throws {
        let stand = try BalancerStand(.choices(1000), count: 1000)
        for server in 0..<999 { stand.start(server) }
        for _ in 0..<200 {
            let pick = try #require(stand.choose())
            #expect(pick.server == 999 && Set(pick.considered.map(\.server)).count == 1000)
        }
        let again = try BalancerStand(.choices(1000, withReplacement: true), count: 1000)
        let seen = (0..<100).map { _ in again.choose()?.considered.count ?? 0 }
        // 1000 (1 - 1/e) of them.
        #expect(seen.allSatisfy { (580...690).contains($0) }, "\(seen)")
    }

    @Test func choices_ofMoreThanThereAre() throws {
        let stand = try BalancerStand(.choices(5), count: 3)
        stand.start(0)
        stand.start(2)
        #expect(stand.names(3) == "s2 s2 s2")
        #expect(try BalancerStand(.choices(2), count: 1).names(2) == "s1 s1")
    }

    // MARK: Envoy's least request

    @Test func envoy_equalWeightsDrawTwo() throws {
        let stand = try BalancerStand(.envoyLeastRequest, count: 3)
        stand.start(0, times: 5)
        stand.draws = [0, 0.5]
        #expect(stand.choose().map { Array($0.considered).map(\.server) } == [0, 1])
        #expect(stand.score(0) == 5)
    }

    /// Envoy's example: weight 2, 4 active requests, bias 1: 2 / (4 + 1) = 0.4.
    @Test func envoy_weightOverRequestsPlusOne() throws {
        let stand = try BalancerStand(.envoyLeastRequest, weights: [2, 1])
        stand.start(0, times: 4)
        #expect(stand.score(0).map { 1 / $0 } == 0.4)
    }

    @Test func envoy_sharesByWeightOfTheMoment() throws {
        let stand = try BalancerStand(.envoyLeastRequest, weights: [2, 1])
        #expect(stand.shares(3000) == [2000, 1000])
        // 2/(3+1) and 1/(0+1): one to two.
        stand.start(0, times: 3)
        _ = stand.shares(30)
        let shares = stand.shares(3000)
        #expect(abs(shares[0] - 1000) <= 1, "\(shares)")
    }

    @Test func envoy_biasSaysHowMuchRequestsCount() throws {
        let none = try BalancerStand(.leastRequest(choices: 2, bias: 0), weights: [2, 1])
        none.start(0, times: 9)
        #expect(none.shares(3000) == [2000, 1000])
        let half = try BalancerStand(.leastRequest(choices: 2, bias: 0.5), weights: [2, 1])
        half.start(0, times: 15)
        #expect(try #require(half.score(0)).isNear(2))
        let square = try BalancerStand(.leastRequest(choices: 2, bias: 2), weights: [2, 1])
        square.start(0, times: 2)
        #expect(try #require(square.score(0)).isNear(4.5))
    }

    @Test func envoy_oneThatJoinsDoesNotCatchUp() throws {
        let stand = try BalancerStand(.envoyLeastRequest, weights: [2, 1])
        _ = stand.shares(3000)
        try stand.add("s3", weight: 1)
        #expect(stand.shares(400) == [200, 100, 100])
    }

    // MARK: Queues

    @Test func shortestQueue_looksAtAllOfThem() throws {
        let stand = try BalancerStand(.shortestQueue, count: 5)
        for server in [0, 1, 2, 4] { stand.start(server) }
        #expect(stand.names(3) == "s4 s4 s4")
        stand.start(3, times: 2)
        stand.draws = [0, 0.3, 0.6, 0.99]
        #expect(stand.names(4) == "s1 s2 s3 s5")
    }

    @Test func idleQueue_theOneIdleForLongest() throws {
        let stand = try BalancerStand(.idleQueue, count: 3)
        for server in [0, 1, 2] {
            #expect(stand.pick() == server)
            stand.start(server)
        }
        stand.finish(1)
        stand.finish(0)
        #expect(stand.names(2) == "s2 s2")
        stand.start(1)
        #expect(stand.names(1) == "s1")
    }

    @Test func idleQueue_anyoneWhenNobodyIsIdle() throws {
        let stand = try BalancerStand(.idleQueue, count: 3)
        for server in [0, 1, 2] { stand.start(server) }
        stand.draws = [0, 0.5, 0.9]
        #expect(stand.names(3) == "s1 s2 s3")
        // One that gets a second request is not idle when it has ended the first.
        stand.start(2)
        stand.finish(2)
        stand.draws = [0.5]
        #expect(stand.names(1) == "s2")
    }

    @Test func idleQueue_keepsThePlaceOfOneThatIsAway() throws {
        let stand = try BalancerStand(.idleQueue, count: 3)
        stand.setAvailable(0, false)
        #expect(stand.names(1) == "s2")
        stand.setAvailable(0, true)
        #expect(stand.names(1) == "s1")
        stand.remove(0)
        #expect(stand.names(1) == "s2")
        #expect(try stand.add("s4") == 3)
        for server in [1, 2] { stand.start(server) }
        #expect(stand.names(1) == "s4")
    }
}

extension Double {
    /// Within a billionth.
    func isNear(_ other: Double) -> Bool { abs(self - other) <= 1e-9 * max(1, abs(other)) }
}
