import Resilience
import Testing

/// Envoy's outlier detection, each test named after its rule.
@Suite struct EnvoyOutlierTests {
    // MARK: 1.18 Defaults

    @Test func envoy_defaults() throws {
        let rules = try OutlierDetectionRules.envoy()
        #expect(rules.consecutive == .init(5, enforcing: 1))
        #expect(rules.gateway == .init(5, enforcing: 0))
        #expect(rules.interval == .seconds(10) && rules.base == .seconds(30) && rules.most == .seconds(300))
        #expect(rules.maxEjected == 0.1 && rules.jitter == .zero && !rules.alwaysEjectsOne)
        #expect(rules.successRate == .init(deviations: 1.9, hosts: 5, requests: 100, enforcing: 1))
        #expect(rules.failurePercentage == .init(threshold: 0.85, hosts: 5, requests: 50, enforcing: 0))
    }

    /// Without a most, it is 300 s or the base, whatever is longer.
    @Test func envoy_mostIsAtLeastTheBase() throws {
        #expect(try OutlierDetectionRules.envoy(base: .seconds(400)).most == .seconds(400))
        #expect(throws: PolicyError.self) {
            try OutlierDetectionRules.envoy(base: .seconds(400), most: .seconds(399))
        }
    }

    // MARK: Failures in a row

    @Test func envoy_consecutiveFailuresEjectAtOnce() throws {
        let pool = OutlierStand(try .envoy(), hosts: 10)
        #expect(pool.record(.failure, 4, by: 3, at: 1).isEmpty)
        pool.record(.success, by: 3, at: 2)
        #expect(pool.record(.failure, 4, by: 3, at: 3).isEmpty)
        let ejection = pool.record(.failure, by: 3, at: 4).first?.ejection
        #expect(ejection?.host == 3 && ejection?.reason == .consecutive && ejection?.ejectedFor == .seconds(30))
        #expect(pool.ejected == [3] && pool.draws == 0)
    }

    @Test func envoy_gatewayFailuresCountInBothRuns() throws {
        let rules = try OutlierDetectionRules.envoy(gateway: .init(3), successRate: nil, maxEjected: 1)
        let pool = OutlierStand(rules, hosts: 2)
        pool.record(.gatewayFailure, 2, by: 0, at: 1)
        pool.record(.failure, by: 0, at: 1)
        #expect(pool.snapshot(0, at: 1)?.gatewayFailuresInARow == 0 && pool.snapshot(0, at: 1)?.failuresInARow == 3)
        #expect(pool.record(.gatewayFailure, by: 0, at: 1).isEmpty)
        #expect(pool.record(.failure, by: 0, at: 1).first?.ejection?.reason == .consecutive)
        pool.record(.gatewayFailure, 3, by: 1, at: 1)
        #expect(pool.events.last?.ejection?.reason == .gateway)
    }

    /// An enforcing share of 0: told, never done. The run begins anew after that.
    @Test func envoy_counterResetsAfterADetectionEvenIfNotEnforced() throws {
        let pool = OutlierStand(try .envoy(consecutive: .init(5, enforcing: 0)), hosts: 10)
        #expect(pool.record(.failure, 4, by: 0, at: 0).isEmpty)
        #expect(pool.record(.failure, by: 0, at: 0) == [.spared(host: 0, .consecutive)])
        #expect(pool.snapshot(0, at: 0)?.failuresInARow == 0)
        #expect(pool.record(.failure, 4, by: 0, at: 0).isEmpty)
        #expect(pool.record(.failure, by: 0, at: 0) == [.spared(host: 0, .consecutive)])
        #expect(pool.ejected == [] && pool.draws == 0)
    }

    @Test func envoy_enforcingIsAProbability() throws {
        let pool = OutlierStand(try .envoy(consecutive: .init(1, enforcing: 0.3), maxEjected: 1), hosts: 2)
        pool.draw = 0.3
        #expect(pool.record(.failure, by: 0, at: 0) == [.spared(host: 0, .consecutive)])
        pool.draw = 0.2999
        #expect(pool.record(.failure, by: 0, at: 0).first?.ejection?.host == 0)
        #expect(pool.draws == 2)
    }

    /// The counter resets after a detection that overflowed, too.
    @Test func envoy_counterResetsAfterAnOverflow() throws {
        let pool = OutlierStand(try .envoy(), hosts: 9)
        #expect(pool.record(.failure, 5, by: 0, at: 0) == [.overflowed(host: 0, .consecutive)])
        #expect(pool.snapshot(0, at: 0)?.failuresInARow == 0 && pool.core.overflows == 1)
    }

    /// Late answers go on counting, and nothing is detected in them; both runs are forgotten at the return.
    @Test func envoy_lateFailuresOfAnEjectedHostDetectNothing() throws {
        let pool = OutlierStand(try .consecutive(), hosts: 2)
        pool.record(.failure, 12, by: 0, at: 0)
        #expect(pool.events.count == 1 && pool.snapshot(0, at: 0)?.failuresInARow == 7)
        pool.sweep(at: 30)
        #expect(pool.ejected == [] && pool.snapshot(0, at: 30)?.failuresInARow == 0)
    }

    // MARK: 1.19 How many at once

    @Test(arguments: [(9, 0), (10, 1), (19, 1), (20, 2), (29, 2), (30, 3)])
    func envoy_maxEjectionPercent(hosts: Int, most: Int) throws {
        let pool = OutlierStand(try .envoy(), hosts: hosts)
        for host in 0..<hosts { pool.record(.failure, 5, by: host, at: 0) }
        #expect(pool.ejected == Array(0..<most))
        #expect(pool.core.overflows == hosts - most)
        #expect(pool.events.dropFirst(most).allSatisfy { if case .overflowed = $0 { true } else { false } })
    }

    @Test(arguments: [(3, 1), (9, 1), (10, 1), (20, 2)])
    func envoy_alwaysEjectOneHost(hosts: Int, most: Int) throws {
        let pool = OutlierStand(try .envoy(alwaysEjectsOne: true), hosts: hosts)
        for host in 0..<hosts { pool.record(.failure, 5, by: host, at: 0) }
        #expect(pool.ejected.count == most)
    }

    /// Who leaves the pool while out makes room, but there are fewer hosts then.
    @Test func envoy_hostsThatLeaveAndJoin() throws {
        let pool = OutlierStand(try .envoy(), hosts: 10)
        pool.record(.failure, 5, by: 0, at: 0)
        pool.remove(0)
        #expect(pool.core.count == 9 && pool.core.ejectedCount == 0)
        #expect(pool.record(.failure, 5, by: 1, at: 0) == [.overflowed(host: 1, .consecutive)])
        #expect(pool.add() == 10)
        #expect(pool.record(.failure, 5, by: 1, at: 0).first?.ejection?.host == 1)
        #expect(pool.record(.failure, 5, by: 0, at: 0).isEmpty && pool.record(.failure, by: 99, at: 0).isEmpty)
    }

    // MARK: 1.20 For how long

    /// Back only in a sweep: 30 s and an interval of 10 s mean 30 to 40 s.
    @Test(arguments: [(0.0, 30.0), (0.001, 40), (9.999, 40), (10, 40), (10.001, 50)])
    func envoy_returnsOnlyInASweep(ejected: Double, back: Double) throws {
        let pool = OutlierStand(try .consecutive(1), hosts: 2)
        pool.record(.failure, by: 0, at: ejected)
        #expect(pool.sweep(at: back - 0.001).isEmpty && pool.ejected == [0])
        let comeback = pool.sweep(at: back).first?.comeback
        #expect(comeback?.host == 0 && comeback?.reason == .elapsed && pool.ejected == [])
    }

    /// base times the multiplier, which goes up by one with each ejection, and at most 300 s.
    @Test func envoy_durationGrowsWithTheMultiplier() throws {
        let pool = OutlierStand(try .consecutive(1), hosts: 2)
        var time = 0.0
        for length in [30.0, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300] {
            let ejection = pool.record(.failure, by: 0, at: time).last?.ejection
            #expect(ejection?.ejectedFor == .seconds(length))
            time += length
            pool.sweep(at: time)
            #expect(pool.ejected == [])
        }
        #expect(pool.snapshot(0, at: time)?.multiplier == 11, "beyond the longest time it is not raised")
    }

    /// One less for each sweep that finds the host back for an interval.
    @Test(arguments: [(0.0, 90.0), (9.999, 90), (10, 60), (19.999, 60), (20, 30), (90, 30)])
    func envoy_multiplierDecaysOncePerSweep(back: Double, length: Double) throws {
        let pool = OutlierStand(try .consecutive(1), hosts: 2)
        pool.record(.failure, by: 0, at: 0)
        pool.record(.failure, by: 0, at: 30)
        pool.sweep(at: 90)
        let ejection = pool.record(.failure, by: 0, at: 90 + back).last?.ejection
        #expect(ejection?.ejectedFor == .seconds(length))
    }

    /// min(base times multiplier, max) + jitter, in whole milliseconds, both ends included.
    @Test(arguments: [(0.0, 0), (0.4999, 4), (0.999999, 9)])
    func envoy_jitterIsAddedBeyondTheMost(draw: Double, extra: Int) throws {
        let pool = OutlierStand(try .consecutive(1, most: .seconds(30), jitter: .milliseconds(9)), hosts: 2)
        pool.draw = draw
        let ejection = pool.record(.failure, by: 0, at: 0).first?.ejection
        #expect(ejection?.ejectedFor == .seconds(30) + .milliseconds(extra))
        pool.sweep(at: 30)
        #expect(pool.ejected == (extra > 0 ? [0] : []))
    }

    /// Envoy's successful_active_health_check_uneject_host.
    @Test func envoy_anActiveCheckBringsBackAtOnce() throws {
        let pool = OutlierStand(try .consecutive(1), hosts: 2)
        pool.record(.failure, by: 0, at: 0)
        #expect(pool.passedCheck(0, at: 1).first?.comeback?.reason == .checked)
        #expect(pool.ejected == [] && pool.passedCheck(0, at: 1).isEmpty && pool.passedCheck(7, at: 1).isEmpty)
    }

    // MARK: 1.20 The order in a sweep

    /// A host that comes back makes room for one that is ejected in the same sweep.
    @Test func envoy_sweepReturnsBeforeItEjects() throws {
        let rules = try OutlierDetectionRules.envoy(successRate: .init(requests: 10), maxEjected: 0.2)
        let pool = OutlierStand(rules, hosts: 6)
        pool.record(.failure, 5, by: 0, at: 0)
        for host in 1..<6 { pool.calls(10, succeeding: host == 1 ? 5 : 10, by: host, at: 25) }
        let events = pool.sweep(at: 30)
        #expect(events.map { $0.comeback?.host } == [0, nil] && events.map { $0.ejection?.host } == [nil, 1])
    }

    /// Whoever failed by success rate is not ejected again for its share of failures.
    @Test func envoy_sweepComparesSuccessRatesBeforeFailures() throws {
        let rules = try OutlierDetectionRules.envoy(
            consecutive: nil, failurePercentage: .init(threshold: 0.5), maxEjected: 1)
        let pool = OutlierStand(rules, hosts: 5)
        for host in 0..<5 { pool.calls(100, succeeding: host == 2 ? 20 : 100, by: host, at: 1) }
        let events = pool.sweep(at: 10)
        #expect(events.map { $0.ejection?.reason } == [.successRate] && pool.ejected == [2])
    }

    /// The multiplier goes down after ejections: one that is ejected in this sweep keeps its own.
    @Test func envoy_sweepDecaysLast() throws {
        let rules = try OutlierDetectionRules.envoy(
            consecutive: .init(1), successRate: nil, failurePercentage: .init(threshold: 0.5, hosts: 1, requests: 1),
            maxEjected: 1)
        let pool = OutlierStand(rules, hosts: 2)
        pool.record(.failure, by: 0, at: 0)
        pool.sweep(at: 30)
        #expect(pool.snapshot(0, at: 30)?.multiplier == 1)
        pool.change(
            try .envoy(
                consecutive: nil, successRate: nil,
                failurePercentage: .init(threshold: 0.5, hosts: 1, requests: 1), maxEjected: 1), at: 31)
        pool.record(.failure, by: 0, at: 31)
        #expect(pool.sweep(at: 40).first?.ejection?.ejectedFor == .seconds(60))
    }

    // MARK: 1.21 Success rates and shares of failures

    /// The example in Envoy's source.
    @Test func envoy_successRateThreshold() throws {
        let threshold = try #require(OutlierThreshold(rates: [50, 100, 100, 100, 100], deviations: 1.9))
        #expect(threshold.mean == 90 && threshold.deviation == 20 && threshold.threshold == 52)
        #expect(OutlierThreshold(rates: [], deviations: 1.9) == nil)
    }

    @Test func envoy_successRateEjectsTheOutlier() throws {
        let pool = OutlierStand(try .envoy(consecutive: nil, maxEjected: 0.2), hosts: 5)
        for host in 0..<5 { pool.calls(100, succeeding: host == 0 ? 50 : 100, by: host, at: 1) }
        let events = pool.sweep(at: 10)
        #expect(events.map { $0.ejection?.host } == [0] && events.first?.ejection?.reason == .successRate)
        #expect(pool.core.threshold?.threshold == 52)
    }

    /// Two standard deviations below the mean of these is 50: the host lies on the threshold.
    @Test(arguments: [(2.0, false), (1.9999, true)])
    func envoy_successRateIsStrictlyBelow(deviations: Double, isEjected: Bool) throws {
        let rules = try OutlierDetectionRules.envoy(
            consecutive: nil, successRate: .init(deviations: deviations), maxEjected: 0.2)
        let pool = OutlierStand(rules, hosts: 5)
        for host in 0..<5 { pool.calls(100, succeeding: host == 0 ? 50 : 100, by: host, at: 1) }
        pool.sweep(at: 10)
        #expect(pool.ejected == (isEjected ? [0] : []))
    }

    /// At least 5 hosts with at least 100 calls in the interval.
    @Test(arguments: [(5, 100, true), (4, 100, false), (5, 99, false)])
    func envoy_successRateNeedsHostsAndCalls(hosts: Int, calls: Int, isEjected: Bool) throws {
        let pool = OutlierStand(try .envoy(consecutive: nil, maxEjected: 0.5), hosts: hosts)
        for host in 0..<hosts { pool.calls(calls, succeeding: host == 0 ? 10 : calls, by: host, at: 1) }
        pool.sweep(at: 10)
        #expect(pool.ejected == (isEjected ? [0] : []) && (pool.core.threshold != nil) == isEjected)
    }

    /// Calls of the interval before do not count.
    @Test func envoy_successRateLooksAtOneInterval() throws {
        let pool = OutlierStand(try .envoy(consecutive: nil, maxEjected: 0.5), hosts: 5)
        for time in [1.0, 11] {
            for host in 0..<5 { pool.calls(60, succeeding: host == 0 ? 10 : 60, by: host, at: time) }
        }
        pool.sweep(at: 20)
        #expect(pool.ejected == [])
        #expect(pool.snapshot(0, at: 20)?.successRate == 1000 / 60.0 && pool.snapshot(0, at: 20)?.calls == 0)
    }

    @Test(arguments: [(16, false), (15, true)])
    func envoy_failurePercentageIsAtLeast(successes: Int, isEjected: Bool) throws {
        let rules = try OutlierDetectionRules.envoy(
            consecutive: nil, successRate: nil, failurePercentage: .init(), maxEjected: 0.2)
        let pool = OutlierStand(rules, hosts: 5)
        for host in 0..<5 { pool.calls(100, succeeding: host == 4 ? successes : 100, by: host, at: 1) }
        pool.sweep(at: 10)
        #expect(pool.ejected == (isEjected ? [4] : []))
        #expect(pool.events.compactMap { $0.ejection?.reason } == (isEjected ? [.failurePercentage] : []))
    }

    /// Told by default, not enforced.
    @Test func envoy_failurePercentageIsNotEnforcedByDefault() throws {
        let pool = OutlierStand(try .envoy(consecutive: nil, successRate: nil), hosts: 10)
        for host in 0..<10 { pool.calls(50, succeeding: host == 4 ? 0 : 50, by: host, at: 1) }
        #expect(pool.sweep(at: 10) == [.spared(host: 4, .failurePercentage)])
    }

    // MARK: 1.23 Istio

    @Test func istio_defaults() throws {
        let rules = try OutlierDetectionRules.istio()
        #expect(rules.consecutive == .init(5) && rules.gateway == nil)
        #expect(rules.successRate == nil && rules.failurePercentage == nil)
        #expect(rules.interval == .seconds(10) && rules.base == .seconds(30) && rules.maxEjected == 0.1)
    }

    // MARK: What answers mean

    @Test func envoy_results() {
        let gateway: [FailureKind] = [.timeout, .refused, .reset, .rejected, .status(502), .status(503), .status(504)]
        for kind in gateway { #expect(OutlierResult(kind) == .gatewayFailure) }
        for kind in [FailureKind.status(500), .status(501), .status(505), .status(599), .other] {
            #expect(OutlierResult(kind) == .failure)
        }
        for kind in [FailureKind?.none, .status(404), .status(429)] { #expect(OutlierResult(kind) == .success) }
        #expect(OutlierResult(.policy) == nil && OutlierResult(.cancelled) == nil)
    }
}
