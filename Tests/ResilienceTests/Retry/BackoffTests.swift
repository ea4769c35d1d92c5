import Foundation
import Testing

@testable import Resilience

/// What the named implementations wait.
@Suite struct BackoffTests {
    /// The first waits for one draw, in milliseconds.
    static func waits(_ backoff: Backoff, _ count: Int, draw: Double = 0.5) -> [Double] {
        var sequence = backoff.makeSequence()
        return (0..<count).map { _ in sequence.next(draw: draw).duration.milliseconds }
    }

    /// The span that jitter chooses from, in milliseconds, for the first waits.
    static func spans(_ backoff: Backoff, _ count: Int) -> [ClosedRange<Double>] {
        var sequence = backoff.makeSequence()
        return (0..<count).map { _ in
            let wait = sequence.next(draw: 0.5)
            return wait.floor.milliseconds...wait.ceiling.milliseconds
        }
    }

    @Test func aws_exponentialIsBaseTimesTwoToTheNFromTwo() throws {
        let backoff = try Backoff.awsExponential(base: .milliseconds(5), cap: .milliseconds(2000))
        #expect(Self.waits(backoff, 10) == [10, 20, 40, 80, 160, 320, 640, 1280, 2000, 2000])
    }

    @Test func aws_fullIsAnythingUpToIt() throws {
        let backoff = try Backoff.awsFull(base: .milliseconds(5), cap: .milliseconds(30))
        #expect(Self.spans(backoff, 3) == [0...10, 0...20, 0...30])
        #expect(Self.waits(backoff, 3, draw: 0.5) == [5, 10, 15])
    }

    @Test func aws_equalKeepsHalf() throws {
        let backoff = try Backoff.awsEqual(base: .milliseconds(5), cap: .milliseconds(30))
        #expect(Self.spans(backoff, 3) == [5...10, 10...20, 15...30])
    }

    @Test func aws_decorrelatedGrowsFromTheWaitBeforeAndPilesUpAtTheCap() throws {
        let backoff = try Backoff.awsDecorrelated(base: .milliseconds(10), cap: .milliseconds(100))
        // (10 + 30) / 2 = 20, (10 + 60) / 2 = 35, (10 + 105) / 2 = 57.5, (10 + 172.5) / 2 = 91.25, more than 100.
        #expect(Self.waits(backoff, 6) == [20, 35, 57.5, 91.25, 100, 100])
        #expect(Self.waits(backoff, 3, draw: 0) == [10, 10, 10])
    }

    @Test func finagle_decorrelatedNeverShrinks() throws {
        let backoff = try Backoff.finagleDecorrelated(start: .milliseconds(10), max: .seconds(5))
        #expect(Self.spans(backoff, 3) == [10...10, 10...30, 20...60])
        var (sequence, dice, last) = (backoff.makeSequence(), Dice(seed: 3), Duration.zero)
        for _ in 0..<100 {
            let wait = sequence.next(draw: dice.draw()).duration
            #expect(wait >= last && wait <= .seconds(5))
            last = wait
        }
    }

    /// At the cap: AWS waits exactly the cap for most draws, Polly.Contrib.WaitAndRetry for none below the highest.
    @Test func waitAndRetry_cutsTheCeilingBeforeChoosing() throws {
        let (base, cap) = (Duration.milliseconds(10), Duration.milliseconds(40))
        let (contrib, aws) = (
            try Backoff.waitAndRetryDecorrelated(min: base, max: cap), try Backoff.awsDecorrelated(base: base, cap: cap)
        )
        #expect(Self.waits(contrib, 3, draw: 0.9) == [28, 37, 37])
        #expect(Self.waits(aws, 3, draw: 0.9) == [28, 40, 40])
    }

    @Test func pollyV8_defaultsAreTwoSecondsConstant() throws {
        let rules = try RetryRules.polly()
        #expect(rules.attempts == 4)
        #expect(Self.waits(rules.backoff, 3) == [2000, 2000, 2000])
    }

    @Test func pollyV8_constantAndLinearJitterIsAQuarter() throws {
        #expect(Self.spans(try .polly(.constant, jitter: true), 2) == [1500...2500, 1500...2500])
        #expect(Self.spans(try .polly(.linear, jitter: true), 2) == [1500...2500, 3000...5000])
        #expect(Self.waits(try .polly(.linear), 3) == [2000, 4000, 6000])
        #expect(Self.waits(try .polly(.exponential), 4) == [2000, 4000, 8000, 16000])
    }

    @Test func pollyV8_capGoesAfterJitter() throws {
        let backoff = try Backoff.polly(.linear, max: .milliseconds(4200), jitter: true)
        #expect(Self.spans(backoff, 4) == [1500...2500, 3000...4200, 4200...4200, 4200...4200])
        #expect(Self.waits(try .polly(.exponential, base: .seconds(1), max: .seconds(1), jitter: true), 9).last == 1000)
    }

    @Test func pollyV8_exponentialJitterHasTheMediansOfDelayAndOfCumulativeTime() throws {
        let backoff = try Backoff.polly(.exponential, base: .seconds(1), jitter: true)
        var dice = Dice(seed: 26)
        var (delays, totals) = ([[Double]](repeating: [], count: 6), [[Double]](repeating: [], count: 6))
        for _ in 0..<10_000 {
            var (sequence, total) = (backoff.makeSequence(), 0.0)
            for retry in 0..<6 {
                let wait = sequence.next(draw: dice.draw()).duration.milliseconds / 1000
                total += wait
                delays[retry].append(wait)
                totals[retry].append(total)
            }
        }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        for (delay, golden) in zip(delays, [0.90, 1.14, 2.02, 4.00, 8.00, 16.0]) {
            #expect(abs(median(delay) / golden - 1) < 0.02, "\(median(delay)) is not \(golden)")
        }
        for (total, golden) in zip(totals, [0.90, 1.99, 4.03, 8.08, 16.2]) {
            #expect(abs(median(total) / golden - 1) < 0.02, "\(median(total)) is not \(golden)")
        }
        let first = try #require(Self.spans(backoff, 1).first)
        #expect(first.lowerBound == 0 && abs(first.upperBound - 1377) < 1)
    }

    /// The powers that we compute ourselves against the C library's.
    @Test func pollyV8_curveAgreesWithTheCLibrary() {
        for step in 0...20_000 {
            let t = Double(step) / 20
            let theirs = pow(2, t) * tanh(sqrt(4 * t))
            #expect(abs(DecorrelatedV2.curve(t) - theirs) <= theirs * 1e-14, "t = \(t)")
        }
        #expect(DecorrelatedV2.curve(1024) == .infinity)
    }

    @Test func grpcA6_jitterOfAFifthGoesAfterTheCap() throws {
        let backoff = try Backoff.grpc(initial: .milliseconds(100), multiplier: 2, max: .milliseconds(300))
        #expect(Self.spans(backoff, 4) == [80...120, 160...240, 240...360, 240...360])
        #expect(Self.waits(try .grpc(initial: .seconds(5), multiplier: 2, max: .seconds(1)), 2) == [1000, 1000])
    }

    @Test func resilience4j_truncatesToWholeMillisecondsAtEachStep() throws {
        let backoff = try Backoff.resilience4j(initial: .milliseconds(5), multiplier: 1.5, randomization: 0)
        // 7.5 is cut to 7 before the next step: 10, not 11.
        #expect(Self.waits(backoff, 5, draw: 0) == [5, 7, 10, 15, 22])
    }

    @Test func resilience4j_randomisesFromHalfToOneAndAHalfPlusOne() throws {
        let backoff = try Backoff.resilience4j()
        #expect(Self.spans(backoff, 2) == [250...750, 375...1125])
        #expect(Self.waits(backoff, 1, draw: 0) == [250])
        #expect(Self.waits(backoff, 1, draw: 500.5 / 501) == [750])
        #expect(Self.waits(try .resilience4j(initial: .milliseconds(1), randomization: 1), 1, draw: 0) == [1])
    }

    @Test func envoy_isFullyJitteredFromTwentyFiveMilliseconds() throws {
        #expect(Self.spans(try .envoy(), 4) == [0...24, 0...74, 0...174, 0...249])
        #expect(Self.spans(try .envoy(max: .seconds(100)), 4).last == 0...374)
        #expect(try RetryRules.envoy().attempts == 2)
    }

    @Test func tenacity_multiplierOneMinimumOneMaximumTen() throws {
        let backoff = try Backoff.tenacityExponential(min: .seconds(1), max: .seconds(10))
        #expect(Self.waits(backoff, 6) == [1000, 2000, 4000, 8000, 10_000, 10_000])
    }

    @Test func tenacity_randomExponentialIsFullJitterFromTheMinimum() throws {
        let backoff = try Backoff.tenacityRandomExponential(min: .seconds(1), max: .seconds(10))
        #expect(Self.spans(backoff, 5) == [1000...1000, 1000...2000, 1000...4000, 1000...8000, 1000...10_000])
    }

    @Test func tenacity_exponentialJitterAddsBeforeTheCap() throws {
        let backoff = try Backoff.tenacityExponentialJitter(max: .seconds(4))
        #expect(Self.spans(backoff, 4) == [1000...2000, 2000...3000, 4000...4000, 4000...4000])
    }

    @Test func tenacity_chainRepeatsItsLast() throws {
        let backoff = try Backoff(.listed([.seconds(1), .seconds(1), .seconds(5)]))
        #expect(Self.waits(backoff, 5) == [1000, 1000, 5000, 5000, 5000])
    }

    /// The retry windows of the lessons: 2^n seconds ± 20 %.
    @Test func proportionalJitterOfAFifthOnPowersOfTwo() throws {
        let backoff = try Backoff(.exponential(factor: 2), base: .seconds(2), jitter: .proportional(0.2))
        #expect(
            Self.spans(backoff, 5) == [
                1600...2400, 3200...4800, 6400...9600, 12_800...19_200, 25_600...38_400,
            ])
    }

    @Test func restartingBeginsAtTheFirstWaitAgain() throws {
        for backoff in [
            try Backoff.awsExponential(base: .seconds(1), cap: .seconds(60)), try .polly(.exponential, jitter: true),
            try .finagleDecorrelated(start: .seconds(1), max: .seconds(60)), try .envoy(),
        ] {
            var sequence = backoff.makeSequence()
            let first = (0..<4).map { _ in sequence.next(draw: 0.7) }
            sequence.restart()
            #expect((0..<4).map { _ in sequence.next(draw: 0.7) } == first)
        }
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}
