import Resilience
import Testing
import Trace

@Suite struct RetryCoreTests {
    static let doubling = Result { try Backoff(.exponential(factor: 2), base: .seconds(1)) }

    static func rules(
        attempts: Int = 10, on: FailureSet = .transient, honoursRetryAfter: Bool = true, giveUpAfter: Duration? = nil
    ) throws -> RetryRules {
        try RetryRules(
            attempts: attempts, backoff: try doubling.get(), on: on, honoursRetryAfter: honoursRetryAfter,
            giveUpAfter: giveUpAfter)
    }

    @Test func attemptsIncludeTheFirstCallAndRetriesDoNot() throws {
        for rules in [try RetryRules(attempts: 3), try RetryRules(retries: 2)] {
            var core = RetryCore<VirtualTime>(rules)
            #expect(core.fail().wait == .zero)
            #expect(core.fail().wait == .zero)
            #expect(core.fail() == .giveUp(.attempts))
            #expect(core.attempts == 3)
        }
    }

    @Test func namedDefaultsCountAsTheirSourcesDo() throws {
        #expect(try RetryRules.polly().attempts == 4)
        #expect(try RetryRules.envoy().attempts == 2)
        #expect(try RetryRules.resilience4j().attempts == 3)
    }

    @Test func grpcA6_maxAttemptsIsAtMostFive() throws {
        #expect(try RetryRules.grpc(maxAttempts: 4, backoff: .none).attempts == 4)
        #expect(try RetryRules.grpc(maxAttempts: 50, backoff: .none).attempts == 5)
        #expect(throws: PolicyError.self) { try RetryRules.grpc(maxAttempts: 1, backoff: .none) }
    }

    @Test func onlyWhatTheRulesNameIsRetried() throws {
        var core = RetryCore<VirtualTime>(try Self.rules(attempts: 100))
        for kind: FailureKind in [.status(400), .status(401), .status(403), .policy, .cancelled, .other] {
            #expect(core.fail(kind) == .giveUp(.permanent))
        }
        for kind: FailureKind in [.timeout, .refused, .reset, .rejected] { #expect(core.fail(kind).wait != nil) }
    }

    @Test func rfc9110_workThatIsNotIdempotentIsOnlyRetriedWhenItHasNotBegun() throws {
        var core = RetryCore<VirtualTime>(try Self.rules())
        for kind: FailureKind in [.timeout, .reset, .status(503)] {
            #expect(core.fail(kind, isIdempotent: false) == .giveUp(.notIdempotent))
        }
        for kind: FailureKind in [.refused, .rejected] { #expect(core.fail(kind, isIdempotent: false).wait != nil) }
    }

    @Test func rfc9110_retryAfterGoesBeforeTheBackoffWhichGoesOn() throws {
        var core = RetryCore<VirtualTime>(try Self.rules())
        #expect(core.fail().wait == .seconds(1))
        #expect(
            core.fail(.status(429), .delay(.seconds(30)))
                == .retry(after: Backoff.Wait(exactly: .seconds(30)), .retryAfter))
        #expect(core.fail().wait == .seconds(4))
    }

    @Test func grpcA6_pushbackIsWaitedExactlyAndBackoffBeginsAnew() throws {
        var core = RetryCore<VirtualTime>(try Self.rules())
        #expect(core.fail().wait == .seconds(1))
        #expect(core.fail().wait == .seconds(2))
        #expect(
            core.fail(.status(503), .pushback(.milliseconds(7)))
                == .retry(after: Backoff.Wait(exactly: .milliseconds(7)), .pushback))
        #expect(core.fail().wait == .seconds(1))
        #expect(core.fail().wait == .seconds(2))
    }

    @Test func grpcA6_negativePushbackMeansDoNotRetry() throws {
        var core = RetryCore<VirtualTime>(try Self.rules())
        #expect(core.fail(.status(503), RetryAfter(grpcPushback: "-1")) == .giveUp(.toldNotTo))
    }

    @Test func ignoringRetryAfterLeavesTheBackoffAlone() throws {
        var core = RetryCore<VirtualTime>(try Self.rules(honoursRetryAfter: false))
        #expect(core.fail(.status(503), .never).wait == .seconds(1))
        #expect(core.fail(.status(503), .delay(.seconds(30))).wait == .seconds(2))
    }

    @Test func waitsHaveToEndBeforeTheDeadline() throws {
        var core = RetryCore<VirtualTime>(try Self.rules())
        #expect(core.fail(timeLeft: .milliseconds(1001)).wait == .seconds(1))
        #expect(core.fail(timeLeft: .seconds(2)) == .giveUp(.deadline))
        #expect(core.fail(.status(429), .delay(.seconds(60)), timeLeft: .seconds(60)) == .giveUp(.deadline))
    }

    @Test func tenacity_stopAfterDelayIncludesTheDelay() throws {
        var core = RetryCore<VirtualTime>(try Self.rules(giveUpAfter: .seconds(10)))
        #expect(core.fail(at: .ms(9999)).wait != nil)
        #expect(core.fail(at: .ms(10_000)) == .giveUp(.elapsed))
    }

    @Test func hugeSettingsNeitherTrapNorEnd() throws {
        let rules = try RetryRules(
            attempts: 1_000_000_000, backoff: try Self.doubling.get(), giveUpAfter: .seconds(Int64.max))
        var core = RetryCore<VirtualTime>(rules, at: VirtualTime(nanoseconds: .min))
        for _ in 0..<2000 {
            #expect(core.fail(.timeout, .delay(.seconds(Int64.max)), at: VirtualTime(nanoseconds: .max)).wait != nil)
        }
        #expect(try RetryRules(retries: .max).attempts == .max)
    }

    @Test func impossibleSettingsAreErrors() {
        let impossible: [(String, () throws -> RetryRules)] = [
            ("attempts", { try RetryRules(attempts: 0) }), ("attempts", { try RetryRules(attempts: .min) }),
            ("retries", { try RetryRules(retries: -1) }),
            ("giveUpAfter", { try RetryRules(attempts: 1, giveUpAfter: .zero) }),
        ]
        for (setting, make) in impossible {
            #expect { try make() } throws: { ($0 as? PolicyError)?.setting == setting }
        }
    }

    /// Random failures: never more attempts than the rules allow, never a wait that outlasts the time left.
    @Test func randomSchedulesKeepTheLimits() throws {
        var dice = Dice(seed: 11)
        let kinds: [FailureKind] = [.timeout, .refused, .status(503), .status(429), .status(400), .policy]
        for _ in 0..<2000 {
            let attempts = dice.within(1...8)
            var core = RetryCore<VirtualTime>(try Self.rules(attempts: attempts, giveUpAfter: .seconds(40)))
            var (now, hasEnded) = (VirtualTime.zero, false)
            while !hasEnded {
                now = now.advanced(by: .milliseconds(dice.below(3000)))
                let left = dice.oneIn(2) ? nil : Duration.milliseconds(dice.below(20_000))
                let told: RetryAfter? = dice.oneIn(4) ? .delay(.seconds(dice.below(20))) : nil
                switch core.fail(kinds[dice.below(6)], told, timeLeft: left, draw: dice.draw(), at: now) {
                case .retry(let wait, _):
                    #expect(core.attempts < attempts)
                    #expect(left.map { wait.duration < $0 } ?? true)
                    #expect(VirtualTime.zero.duration(to: now) < .seconds(40))
                    now = now.advanced(by: wait.duration)
                case .giveUp: hasEnded = true
                }
            }
            #expect(core.attempts <= attempts)
        }
    }
}
