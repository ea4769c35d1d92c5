import Resilience
import Testing

/// gRPC's weighted round robin, each test named after its rule.
@Suite struct ReportedWeightTests {
    static let start = ContinuousClock.now

    static func instant(_ seconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: seconds * 1000))
    }

    static func server(
        blackout: Duration = .seconds(10), errorPenalty: Double = 1
    ) throws -> ReportedWeight<ContinuousClock.Instant> {
        ReportedWeight(try ReportedWeightRules(blackout: blackout, errorPenalty: errorPenalty))
    }

    @Test func grpc_defaults() throws {
        let rules = try ReportedWeightRules()
        #expect(rules.blackout == .seconds(10) && rules.expiry == .seconds(180))
        #expect(rules.update == .seconds(1) && rules.errorPenalty == 1)
        #expect(try ReportedWeightRules(update: .milliseconds(1)).update == .milliseconds(100))
    }

    /// qps / (utilisation + eps / qps · penalty)
    @Test(arguments: [
        (100.0, 0.0, 0.5, 1.0, 200.0), (100, 50, 0.5, 1, 100), (100, 50, 0.5, 0, 200), (100, 10, 0.25, 2.5, 200),
    ])
    func grpc_weight(qps: Double, eps: Double, utilisation: Double, penalty: Double, weight: Double) throws {
        var server = try Self.server(blackout: .zero, errorPenalty: penalty)
        server.report(qps: qps, eps: eps, utilisation: utilisation, at: Self.instant(0))
        #expect(server.weight(at: Self.instant(0)) == weight)
    }

    @Test func grpc_blackout() throws {
        var server = try Self.server()
        server.report(qps: 100, eps: 0, utilisation: 0.5, at: Self.instant(5))
        #expect(server.weight(at: Self.instant(14.999)) == nil && server.weight(at: Self.instant(15)) == 200)
        server.reconnected()
        #expect(server.weight(at: Self.instant(20)) == nil)
        server.report(qps: 100, eps: 0, utilisation: 1, at: Self.instant(20))
        #expect(server.weight(at: Self.instant(29.999)) == nil && server.weight(at: Self.instant(30)) == 100)
    }

    /// After 3 minutes without a report; the blackout applies again then.
    @Test func grpc_expiry() throws {
        var server = try Self.server()
        server.report(qps: 100, eps: 0, utilisation: 0.5, at: Self.instant(0))
        #expect(server.weight(at: Self.instant(179.999)) == 200 && server.weight(at: Self.instant(180)) == nil)
        server.report(qps: 100, eps: 0, utilisation: 0.5, at: Self.instant(181))
        #expect(server.weight(at: Self.instant(190)) == nil && server.weight(at: Self.instant(191)) == 200)
    }

    @Test func grpc_emptyReportsDoNotCount() throws {
        var server = try Self.server(blackout: .zero)
        for (qps, utilisation) in [(0.0, 0.5), (100, 0), (.nan, 0.5), (100, .nan), (.infinity, 0.5)] {
            server.report(qps: qps, eps: 0, utilisation: utilisation, at: Self.instant(0))
        }
        #expect(server.weight(at: Self.instant(0)) == nil)
    }

    /// Unknown weights use the mean; with fewer than two known, all are alike.
    @Test func grpc_unknownWeightsUseTheMean() {
        typealias Weight = ReportedWeight<ContinuousClock.Instant>
        #expect(Weight.filled([100, nil, 200, nil]) == [100, 150, 200, 150])
        #expect(Weight.filled([100, nil, nil]) == [1, 1, 1])
        #expect(Weight.filled([]) == [])
    }
}
