import Foundation
import Testing

@testable import Resilience

/// Algorithms that estimate latencies.
@Suite struct LatencyTests {
    static let ms = 1e6

    // MARK: Peak EWMA

    @Test func peakEWMA_jumpsToAPeak() throws {
        let stand = try BalancerStand(.finaglePeakEWMA, count: 2)
        stand.serve(0, took: 10, at: 10)
        #expect(stand.score(0, at: 10) == 10 * Self.ms)
        stand.serve(0, took: 300, at: 5000)
        #expect(stand.score(0, at: 5000) == 300 * Self.ms)
    }

    /// est · e^(-Δt/τ) + rtt · (1 - e^(-Δt/τ))
    @Test func peakEWMA_goesDownSlowly() throws {
        let stand = try BalancerStand(.finaglePeakEWMA, count: 2)
        stand.serve(0, took: 300, at: 1000)
        stand.serve(0, took: 100, at: 6000)
        let share = exp(-0.5)
        #expect(try #require(stand.score(0, at: 6000)).isNear((300 * share + 100 * (1 - share)) * Self.ms))
    }

    @Test func peakEWMA_fadesWhenRead() throws {
        let stand = try BalancerStand(.finaglePeakEWMA, count: 2)
        stand.serve(0, took: 300, at: 1000)
        let faded = 300 * exp(-1.0) * Self.ms
        #expect(try #require(stand.score(0, at: 11_000)).isNear(faded))
        // Looking counts as a latency of 0, so the next one weighs for the time since then.
        let pick = try #require(stand.choose(at: 11_000))
        #expect(try #require(pick.considered.first { $0.server == 0 }).score.isNear(faded))
        stand.serve(0, took: 50, at: 16_000)
        let share = exp(-0.5)
        #expect(
            try #require(stand.score(0, at: 16_000)).isNear(faded * share + 50 * Self.ms * (1 - share)))
    }

    @Test func peakEWMA_costIsEstimateTimesRequestsPlusOne() throws {
        let stand = try BalancerStand(.peakEWMA(decay: .seconds(10), initial: .milliseconds(20)), count: 2)
        stand.start(0, times: 3)
        #expect(stand.score(0) == 80 * Self.ms)
        stand.start(1, times: 2)
        #expect(stand.names(4) == "s2 s2 s2 s2")
        #expect(stand.core.estimate(0, at: BalancerStand.instant(0)) == .milliseconds(20))
        #expect(try BalancerStand(.random, count: 2).core.estimate(0, at: BalancerStand.instant(0)) == nil)
    }

    @Test func finagle_avoidsABusyServerThatWasNeverMeasured() throws {
        let stand = try BalancerStand(.finaglePeakEWMA, count: 2)
        stand.serve(0, took: 1000, at: 1000)
        // Free before its first request, and dearer than any other while that is on its way.
        #expect(stand.names(3, at: 1000) == "s2 s2 s2")
        stand.start(1, at: 1000)
        #expect(stand.score(1, at: 1000) == PeakEWMABalancer.penalty + 1)
        stand.start(0, times: 100, at: 1000)
        #expect(stand.names(3, at: 1000) == "s1 s1 s1")
    }

    @Test func linkerd_beginsAt30ms() throws {
        let stand = try BalancerStand(.linkerdPeakEWMA, count: 2)
        #expect(stand.score(0) == 30 * Self.ms)
        #expect(LoadBalancerAlgorithm.linkerdPeakEWMA == .peakEWMA(decay: .seconds(10), initial: .milliseconds(30)))
        // A better one counts for as much as time has passed.
        stand.serve(0, took: 5, at: 5)
        #expect(try #require(stand.score(0, at: 5)).isNear((5 + 25 * exp(-0.0005)) * Self.ms))
    }

    @Test func cancelledRequestsSayNothingAboutLatency() throws {
        let stand = try BalancerStand(.linkerdPeakEWMA, count: 2)
        stand.start(0)
        stand.finish(0, took: nil, at: 0)
        #expect(stand.score(0) == 30 * Self.ms)
        #expect(stand.core.pending(0) == 0)
    }

    // MARK: EWMA

    /// Time begins when it is told for the first time.
    static func ewma() throws -> BalancerStand {
        let stand = try BalancerStand(.ewma(decay: .seconds(10)), count: 2)
        _ = stand.pick(at: 0)
        return stand
    }

    @Test func ingressNginx_lowerMeanOfTwo() throws {
        let stand = try Self.ewma()
        stand.serve(0, took: 200, at: 10_000)
        stand.serve(1, took: 100, at: 10_000)
        // Both weigh as much as the 10 s before them let them.
        let weight = 1 - exp(-1.0)
        #expect(try #require(stand.score(0, at: 10_000)).isNear(200 * weight * Self.ms))
        #expect(stand.names(4, at: 10_000) == "s2 s2 s2 s2")
        stand.start(1, times: 9, at: 10_000)
        #expect(stand.names(4, at: 10_000) == "s2 s2 s2 s2", "requests on their way do not count")
    }

    @Test func ingressNginx_lookingChangesNothing() throws {
        let stand = try Self.ewma()
        stand.serve(0, took: 200, at: 10_000)
        _ = stand.picks(5, at: 15_000)
        stand.serve(0, took: 80, at: 20_000)
        let (weight, share) = (1 - exp(-1.0), exp(-1.0))
        #expect(
            try #require(stand.score(0, at: 20_000)).isNear((200 * weight * share + 80 * (1 - share)) * Self.ms))
    }

    @Test func ingressNginx_newServersBeginWithTheMean() throws {
        let stand = try Self.ewma()
        stand.serve(0, took: 200, at: 10_000)
        stand.serve(1, took: 100, at: 10_000)
        let new = try stand.add("s3", at: 10_000)
        #expect(try #require(stand.score(new, at: 10_000)).isNear(150 * (1 - exp(-1.0)) * Self.ms))
    }

    // MARK: Curves

    @Test func curvesAgreeWithTheCLibrary() {
        var dice = Dice(seed: 5)
        for _ in 0..<20_000 {
            let x = dice.draw() * [1, 30, 699][dice.below(3)]
            #expect(abs(Curves.decay(x) / exp(-x) - 1) < 1e-13)
            let y = exp(dice.draw() * 600 - 300)
            #expect(abs(Curves.log(y) - log(y)) <= 4e-16 * max(1, abs(log(y))))
        }
        #expect(Curves.log(1) == 0)
        #expect(Curves.decay(0) == 1)
        #expect(Curves.decay(1e6) == 0)
        #expect(Curves.power(7, 1) == 7)
        #expect(Curves.power(9, 0.5).isNear(3))
        #expect(Curves.power(9, 0) == 1)
    }
}
