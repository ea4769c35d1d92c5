import Resilience
import Testing

@Suite struct FreshnessTests {
    static func found(
        _ rules: FreshnessRules, age: Double, ttl: Double? = 20, took: Double = 0, draw: Double = 0.999
    ) -> Freshness {
        rules.freshness(
            age: .exact(milliseconds: age * 1000), ttl: ttl.map { .exact(milliseconds: $0 * 1000) },
            took: .exact(milliseconds: took * 1000), draw: { draw })
    }

    @Test func plainEntryIsGoodUntilItsTimeToLiveIsOver() {
        #expect(Self.found(.plain, age: 0) == .fresh)
        #expect(Self.found(.plain, age: 19.999_999_999) == .fresh)
        #expect(Self.found(.plain, age: 20) == .expired)
        #expect(Self.found(.plain, age: 1e6, ttl: nil) == .fresh)
    }

    /// Coherence's example: expiry 20 s, factor 0.5, so 10 s.
    @Test func coherence_readAfterSoftAndBeforeHardExpiryRefreshes() throws {
        let rules = try FreshnessRules.coherence(refreshAheadFactor: 0.5)
        #expect(Self.found(rules, age: 10) == .fresh)
        #expect(Self.found(rules, age: 10.000_000_001) == .refresh)
        #expect(Self.found(rules, age: 19.999) == .refresh)
        #expect(Self.found(rules, age: 20) == .expired)
    }

    @Test func refreshAheadUnderAFifthOfTheTimeToLive() throws {
        let rules = try FreshnessRules(refreshAhead: 0.2)
        #expect(Self.found(rules, age: 48, ttl: 60) == .fresh)
        #expect(Self.found(rules, age: 48.001, ttl: 60) == .refresh)
    }

    /// max-age=600, stale-while-revalidate=30: fresh to 600, stale to 630, then blocking.
    @Test func rfc5861_staleWhileRevalidate() throws {
        let rules = try FreshnessRules(staleFor: .seconds(30))
        #expect(Self.found(rules, age: 599.9, ttl: 600) == .fresh)
        #expect(Self.found(rules, age: 600, ttl: 600) == .stale)
        #expect(Self.found(rules, age: 629.999, ttl: 600) == .stale)
        #expect(Self.found(rules, age: 630, ttl: 600) == .expired)
    }

    @Test(arguments: [(1.0, 0.368), (2, 0.135), (3, 0.050), (5, 0.007)])
    func xfetch_shareOfEarlyReadsFallsWithWhatIsLeft(loads: Double, share: Double) throws {
        for beta in [0.5, 1, 2] {
            let rules = try FreshnessRules(early: beta)
            let left = Duration.exact(milliseconds: loads * beta * 3000)
            let reckoned = rules.earlyShare(left: left, took: .seconds(3))
            #expect(abs(reckoned - share) < 0.0005)
            // A draw below the share, and one above.
            let age = 600 - loads * beta * 3
            #expect(Self.found(rules, age: age, ttl: 600, took: 3, draw: reckoned - 1e-6) == .early)
            #expect(Self.found(rules, age: age, ttl: 600, took: 3, draw: reckoned + 1e-6) == .fresh)
        }
    }

    /// Of many draws, the share that is early is the one derived.
    @Test func xfetch_simulatedShare() throws {
        let rules = try FreshnessRules(early: 1)
        var dice = Dice(seed: 413)
        let reads = 100_000
        let early = (0..<reads).count { _ in
            Self.found(rules, age: 598, ttl: 600, took: 1, draw: dice.draw()) == .early
        }
        #expect(abs(Double(early) / Double(reads) - 0.1353) < 0.003)
    }

    /// The mean lead of the first refresh at `rate` reads a second is about βΔ(ln(rate βΔ) + 0.577).
    @Test(arguments: [(100.0, 0.1, 0.288), (1000, 0.1, 0.518), (10, 3, 11.9)])
    func xfetch_meanLeadOfTheFirstRefresh(rate: Double, took: Double, lead: Double) throws {
        let rules = try FreshnessRules(early: 1)
        var dice = Dice(seed: UInt64(rate))
        let (runs, ttl) = (1500, 14 * took)
        var sum = 0.0
        for _ in 0..<runs {
            var age = dice.draw() / rate
            while age < ttl, Self.found(rules, age: age, ttl: ttl, took: took, draw: dice.draw()) != .early {
                age += 1 / rate
            }
            sum += max(0, ttl - age)
        }
        #expect(abs(sum / Double(runs) / lead - 1) < 0.05)
    }

    @Test func xfetch_loadThatTookNoTimeIsNeverEarly() throws {
        let rules = try FreshnessRules(early: 1)
        #expect(Self.found(rules, age: 19.999, took: 0, draw: 0) == .fresh)
        #expect(rules.earlyShare(left: .nanoseconds(1), took: .zero) == 0)
        #expect(rules.earlyShare(left: .seconds(1_000_000), took: .nanoseconds(1)) == 0)
    }

    @Test func protectionsGoTogether() throws {
        let rules = try FreshnessRules(refreshAhead: 0.1, staleFor: .seconds(5), early: 1)
        // An entry that is refreshed in the background keeps no reader.
        #expect(Self.found(rules, age: 19, took: 1, draw: 0) == .refresh)
        #expect(Self.found(rules, age: 17, took: 1, draw: 0) == .early)
        #expect(Self.found(rules, age: 17, took: 1) == .fresh)
        #expect(Self.found(rules, age: 21, took: 1, draw: 0) == .stale)
        #expect(Self.found(rules, age: 25, took: 1, draw: 0) == .expired)
    }

    @Test func impossibleRulesAreErrors() throws {
        #expect(throws: PolicyError("refreshAhead", "must be between 0 and 1")) {
            try FreshnessRules(refreshAhead: 1.1)
        }
        #expect(throws: PolicyError("staleFor", "must not be negative")) {
            try FreshnessRules(staleFor: .nanoseconds(-1))
        }
        #expect(throws: PolicyError("early", "must be a number above 0")) { try FreshnessRules(early: 0) }
        #expect(throws: PolicyError.self) { try FreshnessRules(early: .nan) }
        #expect(throws: PolicyError.self) { try FreshnessRules.coherence(refreshAheadFactor: -0.1) }
        #expect(throws: PolicyError("ttl", "must be longer than 0")) { try LoadingRules(ttl: .zero) }
        #expect(throws: PolicyError.self) { try LoadingRules(ttl: .seconds(1), ttlJitter: 1) }
    }

    @Test func jitterSpreadsTimesToLive() throws {
        let rules = try LoadingRules(ttl: .seconds(60), ttlJitter: 0.1)
        #expect(rules.timeToLive(draw: 0) == .seconds(54))
        #expect(rules.timeToLive(draw: 0.5) == .seconds(60))
        #expect(try LoadingRules(ttl: .seconds(60)).timeToLive(draw: 0) == .seconds(60))
        #expect(try LoadingRules(ttl: nil, ttlJitter: 0.5).timeToLive(draw: 0) == nil)
    }
}
