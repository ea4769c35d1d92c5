import Resilience
import Testing

/// nginx's passive health checks, each test named after its rule.
@Suite struct FailTimeoutTests {
    typealias Core = FailTimeoutCore<ContinuousClock.Instant>

    static let start = ContinuousClock.now

    static func instant(_ seconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: seconds * 1000))
    }

    static func core(_ maxFails: Int = 1, weight: Int = 1) throws -> Core {
        try Core(FailTimeoutRules(maxFails: maxFails), weight: weight, at: start)
    }

    @Test func nginx_defaults() throws {
        let rules = try FailTimeoutRules()
        #expect(rules.maxFails == 1 && rules.failTimeout == .seconds(10))
    }

    /// Inclusive, and in whole seconds: failed within second 3, it is down until second 13 is over.
    @Test(arguments: [
        (3.0, 12.999, false), (3, 13.999, false), (3, 14, true), (3.999, 13.999, false), (3.999, 14, true),
    ])
    func nginx_downForTheTimeoutInclusive(failed: Double, asked: Double, isAvailable: Bool) throws {
        var server = try Self.core()
        server.failed(at: Self.instant(failed))
        #expect(server.isAvailable(at: Self.instant(asked)) == isAvailable)
    }

    @Test func nginx_maxFails() throws {
        var server = try Self.core(3)
        for _ in 0..<2 { server.failed(at: Self.instant(1)) }
        #expect(server.isAvailable(at: Self.instant(1)))
        server.failed(at: Self.instant(1))
        #expect(!server.isAvailable(at: Self.instant(1)))
        var never = try Self.core(0)
        for _ in 0..<99 { never.failed(at: Self.instant(1)) }
        #expect(never.isAvailable(at: Self.instant(1)) && never.effectiveWeight == 1)
    }

    /// After the time one call checks it: until that succeeds, others stay away.
    @Test func nginx_oneCallChecksAServerThatWasDown() throws {
        var server = try Self.core()
        server.failed(at: Self.instant(0))
        server.picked(at: Self.instant(11))
        #expect(!server.isAvailable(at: Self.instant(11)) && !server.isAvailable(at: Self.instant(21)))
        server.succeeded()
        #expect(server.fails == 0 && server.isAvailable(at: Self.instant(11)))
    }

    /// Failures are forgotten by a success after a check, not by any success: these of the last fail_timeout add up.
    @Test func nginx_aSuccessWithoutACheckForgetsNothing() throws {
        var server = try Self.core(2)
        server.failed(at: Self.instant(0))
        server.picked(at: Self.instant(10))
        server.succeeded()
        #expect(server.fails == 1)
        server.picked(at: Self.instant(11))
        server.succeeded()
        #expect(server.fails == 0)
    }

    /// weight / max_fails less for each failure, 1 more for each pick, never below 0 or above the weight.
    @Test func nginx_effectiveWeightIsLoweredAndRegained() throws {
        var server = try Self.core(2, weight: 5)
        server.failed(at: Self.instant(0))
        #expect(server.effectiveWeight == 3)
        for _ in 0..<2 { server.failed(at: Self.instant(0)) }
        #expect(server.effectiveWeight == 0)
        var seen: [Int] = []
        for _ in 0..<7 {
            server.compared()
            seen.append(server.effectiveWeight)
        }
        #expect(seen == [1, 2, 3, 4, 5, 5, 5])
    }

    @Test func badRulesAreRefused() throws {
        #expect(throws: PolicyError.self) { try FailTimeoutRules(maxFails: -1) }
        #expect(throws: PolicyError.self) { try FailTimeoutRules(failTimeout: .seconds(-1)) }
        #expect(throws: PolicyError.self) { try Self.core(weight: 0) }
    }
}
