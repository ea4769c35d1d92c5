import Testing

@testable import Resilience

/// nginx' max_fails, fail_timeout and effective weight.
@Suite struct PassiveFailureTests {
    static func stand(_ weights: [Double], maxFails: Int = 1, _ algorithm: LoadBalancerAlgorithm = .nginx) throws
        -> BalancerStand
    {
        try BalancerStand(
            algorithm,
            weights.enumerated().map { try ServerRules("s\($0 + 1)", weight: $1, maxFails: maxFails) })
    }

    @Test func nginx_oneFailureIsEnoughByDefault() throws {
        let rules = try ServerRules.nginx("s1")
        #expect(rules.maxFails == 1)
        #expect(rules.failTimeout == .seconds(10))
    }

    /// In whole seconds, and still out at exactly the timeout.
    @Test func nginx_downUntilTheTimeoutHasPassed() throws {
        let stand = try Self.stand([1, 1])
        _ = stand.pick(at: 0)
        stand.start(0)
        stand.finish(0, failed: true, at: 500)
        #expect(stand.names(3, at: 600) == "s2 s2 s2")
        #expect(stand.names(2, at: 10_999) == "s2 s2")
        #expect(stand.names(4, at: 11_000).contains("s1"))
    }

    /// After the timeout one request finds out; when it ends well, failures are forgotten.
    @Test(arguments: [false, true]) func nginx_oneTrialAfterTheTimeout(fails: Bool) throws {
        let stand = try Self.stand([1, 1])
        stand.start(0)
        stand.finish(0, failed: true, at: 0)
        let picks = stand.picks(10, at: 12_000)
        #expect(picks.count { $0 == 0 } == 1)
        stand.start(0, at: 12_000)
        stand.finish(0, failed: fails, at: 12_100)
        #expect(stand.picks(10, at: 12_200).contains(0) == !fails)
        #expect(stand.picks(10, at: 22_999).contains(0) == !fails)
        #expect(stand.picks(10, at: 23_000).contains(0))
    }

    /// And it comes back by one with each look.
    @Test func nginx_failureLowersTheEffectiveWeight() throws {
        var pool = ServerPool([try ServerRules("s1", weight: 5, maxFails: 2), try ServerRules("s2", maxFails: 2)])
        _ = pool.record(failed: true, by: 0, at: 0)
        #expect(pool[0].effectiveWeight == 3)
        #expect(pool.isEligible(0))
        var balancer = SmoothWeightedBalancer()
        balancer.changed(.everything, in: pool, at: 0)
        _ = balancer.pick(key: nil, from: &pool, at: 0) { 0 }
        #expect(pool[0].effectiveWeight == 4)
        for _ in 0..<3 { _ = balancer.pick(key: nil, from: &pool, at: 0) { 0 } }
        #expect(pool[0].effectiveWeight == 5)
        for _ in 0..<9 { _ = pool.record(failed: true, by: 0, at: 0) }
        #expect(pool[0].effectiveWeight == 0)
    }

    @Test func nginx_theOnlyServerIsNeverDown() throws {
        let stand = try Self.stand([1])
        stand.start(0)
        stand.finish(0, failed: true)
        #expect(stand.names(2) == "s1 s1")
    }

    @Test func cancellationIsNoFailure() throws {
        let stand = try Self.stand([1, 1])
        stand.start(0)
        stand.finish(0, took: nil)
        #expect(stand.names(2) == "s1 s2")
    }

    @Test func nobodyIsLeftWhenAllHaveFailed() throws {
        let stand = try Self.stand([1, 1])
        for server in 0...1 {
            stand.start(server)
            stand.finish(server, failed: true)
        }
        #expect(stand.pick(at: 5000) == nil)
        #expect(stand.names(2, at: 11_000) == "s1 s2")
    }

    /// ``ip_hash`` sends elsewhere meanwhile, and back.
    @Test func nginx_ipHashPassesByWhoIsDown() throws {
        let stand = try Self.stand([1, 1, 1], .ipHash)
        let home = try #require(stand.pick("203.0.113.9"))
        stand.start(home)
        stand.finish(home, failed: true)
        let other = try #require(stand.pick("203.0.113.9", at: 1000))
        #expect(other != home)
        #expect(stand.pick("203.0.113.77", at: 2000) == other)
        #expect(stand.pick("203.0.113.9", at: 11_000) == home)
    }
}
