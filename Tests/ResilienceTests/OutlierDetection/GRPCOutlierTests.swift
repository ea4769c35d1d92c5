import Resilience
import Testing

/// gRPC A50 where it differs from Envoy.
@Suite struct GRPCOutlierTests {
    static func pool(
        _ hosts: Int = 5, threshold: Double = 0.5, maxEjected: Double = 0.1
    ) throws -> OutlierStand {
        let rules = try OutlierDetectionRules.grpcA50(
            successRate: nil, failurePercentage: .init(threshold: threshold, hosts: 1, requests: 1),
            maxEjected: maxEjected)
        return OutlierStand(rules, hosts: hosts)
    }

    @Test func grpc_defaults() throws {
        let rules = try OutlierDetectionRules.grpcA50()
        #expect(rules.consecutive == nil && rules.gateway == nil)
        #expect(rules.successRate == .init(deviations: 1.9, hosts: 5, requests: 100, enforcing: 1))
        #expect(rules.failurePercentage == .init(threshold: 0.85, hosts: 5, requests: 50, enforcing: 1))
        #expect(rules.interval == .seconds(10) && rules.base == .seconds(30) && rules.most == .seconds(300))
        #expect(rules.maxEjected == 0.1)
    }

    @Test func grpc_countsNothingInARow() throws {
        #expect(throws: PolicyError("consecutive", "is not counted in gRPC")) {
            try OutlierDetectionRules(profile: .grpc, consecutive: .init())
        }
    }

    /// It stops only when the share is reached before ejecting: of 5 hosts 10 % are one.
    @Test(arguments: [(5, 0.1, 1), (10, 0.1, 1), (11, 0.1, 2), (4, 0.5, 2), (3, 0.5, 2), (5, 0, 0)])
    func grpc_stopsWhenTheShareIsReached(hosts: Int, maxEjected: Double, most: Int) throws {
        let pool = try Self.pool(hosts, maxEjected: maxEjected)
        for host in 0..<hosts { pool.record(.failure, by: host, at: 1) }
        #expect(pool.sweep(at: 10).count == most && pool.ejected == Array(0..<most))
        #expect(pool.core.overflows == 0)
    }

    @Test(arguments: [(50, false), (49, true)])
    func grpc_failurePercentageIsStrictlyAbove(successes: Int, isEjected: Bool) throws {
        let pool = try Self.pool()
        pool.calls(100, succeeding: successes, by: 2, at: 1)
        pool.sweep(at: 10)
        #expect(pool.ejected == (isEjected ? [2] : []))
    }

    @Test func grpc_successRate() throws {
        let pool = OutlierStand(try .grpcA50(failurePercentage: nil), hosts: 5)
        for host in 0..<5 { pool.calls(100, succeeding: host == 3 ? 50 : 100, by: host, at: 1) }
        #expect(pool.sweep(at: 10).first?.ejection?.reason == .successRate && pool.ejected == [3])
        #expect(pool.core.threshold?.threshold == 52)
    }

    /// Ejected in the sweep at 10 s for 30 s: at 40 s it is not after that yet.
    @Test func grpc_returnsStrictlyAfterItsTime() throws {
        let pool = try Self.pool()
        pool.record(.failure, by: 0, at: 1)
        pool.sweep(at: 10)
        #expect(pool.sweep(at: 40).isEmpty)
        #expect(pool.sweep(at: 50).first?.comeback?.reason == .elapsed)
    }

    /// At each sweep, however short the host has been back.
    @Test func grpc_multiplierDecaysEverySweep() throws {
        let pool = try Self.pool()
        pool.record(.failure, by: 0, at: 1)
        pool.sweep(at: 50)
        #expect(pool.snapshot(0, at: 50)?.multiplier == 1, "not in the sweep that brings it back")
        pool.record(.failure, by: 0, at: 51)
        #expect(pool.sweep(at: 60).first?.ejection?.ejectedFor == .seconds(60), "ejected before it decays")
        pool.sweep(at: 130)
        #expect(pool.ejected == [] && pool.snapshot(0, at: 130)?.multiplier == 2)
        pool.sweep(at: 140)
        #expect(pool.snapshot(0, at: 140)?.multiplier == 1)
    }

    @Test func grpc_allComeBackWhenNothingIsDetectedAnyMore() throws {
        let pool = try Self.pool(maxEjected: 1)
        for host in 0..<2 { pool.record(.failure, by: host, at: 1) }
        pool.sweep(at: 10)
        let rules = try OutlierDetectionRules.grpcA50(successRate: nil, failurePercentage: nil)
        #expect(pool.change(rules, at: 11).map { $0.comeback?.reason } == [.disabled, .disabled])
        #expect(pool.ejected == [] && pool.snapshot(0, at: 11)?.multiplier == 0)
    }
}
