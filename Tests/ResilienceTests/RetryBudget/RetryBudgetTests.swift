import Resilience
import Testing
import Trace

typealias Budget = RetryBudget<VirtualTime>

extension Budget {
    init(_ rules: RetryBudgetRules) { self.init(rules, at: .zero) }

    /// A first attempt that ends at once. Returns whether it was sent.
    @discardableResult mutating func call(
        _ result: AttemptResult = .failure(.timeout, isRetryable: true), draw: Double = 0.5, at now: VirtualTime = .zero
    ) -> Bool {
        guard begin(retry: nil, draw: draw, at: now) else { return false }
        end(result, retry: nil, at: now)
        return true
    }

    mutating func withdraw(at now: VirtualTime = .zero) -> Permit? { withdraw(after: .reset, draw: 0.5, at: now) }

    /// A retry that there must be budget for.
    mutating func pay(after kind: FailureKind = .reset) throws -> Permit {
        let permit = withdraw(after: kind, draw: 0.5, at: .zero)
        return try #require(permit)
    }

    /// How many retries in a row there is budget for, at most 10,000.
    mutating func drain(at now: VirtualTime = .zero) -> Int {
        for count in 0..<10_000 where withdraw(at: now) == nil { return count }
        return 10_000
    }
}

@Suite struct RetryBudgetTests {
    // MARK: gRPC

    @Test func grpcA6_fifthFailureInARowBlocksAndOneSuccessAllowsAgain() throws {
        var budget = Budget(try .grpc(maxTokens: 10, tokenRatio: 0.1))
        for _ in 0..<4 {
            budget.call()
            #expect(budget.withdraw() != nil)
        }
        budget.call()
        #expect(budget.balance(at: .zero) == 5)
        #expect(budget.withdraw() == nil)
        budget.call(.success)
        #expect(budget.balance(at: .zero) == 5.1)
        #expect(budget.withdraw() != nil)
    }

    @Test func grpcA6_tokensStayBetweenZeroAndTheMaximum() throws {
        var budget = Budget(try .grpc(maxTokens: 3, tokenRatio: 0.5))
        for _ in 0..<10 { budget.call(.success) }
        #expect(budget.balance(at: .zero) == 3)
        for _ in 0..<10 { budget.call() }
        #expect(budget.balance(at: .zero) == 0)
    }

    @Test func grpcA6_onlyRetryableFailuresCost() throws {
        var budget = Budget(try .grpc(maxTokens: 10, tokenRatio: 0.1))
        budget.call(.failure(.status(400), isRetryable: false))
        budget.call(.cancelled)
        #expect(budget.balance(at: .zero) == 10)
    }

    /// It blocks for good when failures are a larger share of all than ratio / (1 + ratio), 9.1 % for 0.1.
    @Test func grpcA6_longRunBlocksAboveRatioOverOnePlusRatio() throws {
        for (share, isBlocked) in [(0.085, false), (0.097, true)] {
            var (budget, blocked) = (Budget(try .grpc(maxTokens: 100, tokenRatio: 0.1)), 0)
            for number in 0..<50_000 {
                let isFailure = Int(Double(number + 1) * share) > Int(Double(number) * share)
                budget.call(isFailure ? .failure(.timeout, isRetryable: true) : .success)
                if number >= 40_000, budget.withdraw() == nil { blocked += 1 }
            }
            #expect(isBlocked ? blocked == 10_000 : blocked == 0, "\(share): \(blocked)")
        }
    }

    // MARK: Finagle, tower

    @Test func finagle_reserveIsAHundredRetriesAWindow() throws {
        var budget = Budget(try .finagle())
        #expect(budget.drain() == 100)
        #expect(budget.drain(at: .ms(9_000)) == 0)
        #expect(budget.drain(at: .ms(30_000)) == 100)
    }

    @Test func finagle_oneRetryForFiveCalls() throws {
        var budget = Budget(try .finagle(perSecond: 0))
        for _ in 0..<4 { budget.call() }
        #expect(budget.withdraw() == nil)
        budget.call()
        #expect(budget.withdraw() != nil)
        #expect(budget.withdraw() == nil)
    }

    @Test func finagle_withoutAShareOnlyTheReserveIsSpent() throws {
        var budget = Budget(try .finagle(share: 0, perSecond: 2))
        for _ in 0..<1000 { budget.call() }
        #expect(budget.drain() == 20)
    }

    @Test func tower_depositsExpireAfterTheTimeToLive() throws {
        var budget = Budget(try .finagle(share: 1, perSecond: 0, ttl: .seconds(1)))
        budget.call()
        #expect(budget.withdraw(at: .ms(3000)) == nil)
    }

    @Test func tower_slotsExpireOneByOne() throws {
        var budget = Budget(try .finagle(share: 0.5, perSecond: 0, ttl: .seconds(1)))
        budget.call()
        budget.call()
        #expect(budget.withdraw(at: .ms(901)) != nil)
        budget.call(at: .ms(2902))
        budget.call(at: .ms(3203))
        budget.call(at: .ms(4004))
        // The first has expired; the second still counts, together with the third.
        #expect(budget.withdraw(at: .ms(4004)) != nil)
        #expect(budget.withdraw(at: .ms(4004)) == nil)
    }

    @Test func tower_reserveIsThereFromTheStart() throws {
        var budget = Budget(try .finagle(share: 1, perSecond: 5, ttl: .seconds(1)))
        #expect(budget.drain() == 5)
    }

    // MARK: Envoy

    @Test func envoy_activeRetriesAreAtMostAFifthOfTheActiveAndAtLeastThree() throws {
        var budget = Budget(try .envoy())
        #expect(budget.drain() == 3)
        for _ in 0..<24 { _ = budget.begin(retry: nil, draw: 0, at: .zero) }
        // A fifth of 24, cut to 4.
        #expect(budget.drain() == 1)
        #expect(budget.balance(at: .zero) == 0)
    }

    /// Envoy's "circuit breaker" for retries: 3 at once, whatever else is active.
    @Test func envoy_capOfRetries() throws {
        var budget = Budget(try .envoy(share: 0))
        for _ in 0..<100 { _ = budget.begin(retry: nil, draw: 0, at: .zero) }
        #expect((0..<4).map { _ in budget.withdraw(at: .zero) != nil } == [true, true, true, false])
    }

    @Test func envoy_endedAndAbandonedRetriesGiveTheirPlaceBack() throws {
        var budget = Budget(try .envoy(share: 0, least: 1))
        let permit = try budget.pay()
        #expect(budget.withdraw() == nil)
        _ = budget.begin(retry: permit, draw: 0, at: .zero)
        #expect(budget.withdraw() == nil)
        budget.end(.cancelled, retry: permit, at: .zero)
        budget.abandon(try budget.pay())
        #expect(budget.withdraw() != nil)
    }

    // MARK: AWS

    @Test func aws_retryCostsFiveAndAfterATimeoutTen() throws {
        var budget = Budget(try .aws())
        #expect(budget.balance(at: .zero) == 500)
        _ = budget.withdraw(after: .status(503), draw: 0, at: .zero)
        #expect(budget.balance(at: .zero) == 495)
        _ = budget.withdraw(after: .timeout, draw: 0, at: .zero)
        #expect(budget.balance(at: .zero) == 485)
        #expect(budget.drain() == 97)
    }

    @Test func aws_emptyBucketAllowsNoRetry() throws {
        var budget = Budget(try .aws(capacity: 9))
        #expect(budget.withdraw(after: .timeout, draw: 0, at: .zero) == nil)
        #expect(budget.withdraw() != nil)
        #expect(budget.withdraw() == nil)
        #expect(budget.balance(at: .zero) == 4)
    }

    @Test func aws_successGivesBackItsCostOrOneAndNeverMoreThanTheCapacity() throws {
        var budget = Budget(try .aws(capacity: 20))
        let permit = try budget.pay(after: .timeout)
        _ = budget.begin(retry: permit, draw: 0, at: .zero)
        budget.call(.success)
        #expect(budget.balance(at: .zero) == 11)
        budget.end(.success, retry: permit, at: .zero)
        #expect(budget.balance(at: .zero) == 20)
        _ = budget.withdraw()
        budget.call()
        #expect(budget.balance(at: .zero) == 15)
    }

    // MARK: Site Reliability Engineering

    @Test func sre_rejectProbabilityFollowsTheFormula() throws {
        var budget = Budget(try .adaptive())
        #expect(budget.balance(at: .zero) == 1)
        for _ in 0..<10 { budget.call(.success) }
        for _ in 0..<30 { budget.call(draw: 0.99) }
        // (40 - 2 · 10) / 41
        #expect(abs(budget.balance(at: .zero) - (1 - 20.0 / 41)) < 1e-12)
    }

    @Test func sre_callsTurnedAwayHereCountAsRequests() throws {
        var budget = Budget(try .adaptive())
        for _ in 0..<9 { budget.call(draw: 0.99) }
        let sent = budget.call(draw: 0)
        #expect(!sent)
        // (10 - 0) / 11
        #expect(abs(budget.balance(at: .zero) - (1 - 10.0 / 11)) < 1e-12)
    }

    @Test func sre_onlyTheTrailingTwoMinutesCount() throws {
        var budget = Budget(try .adaptive())
        for _ in 0..<100 { budget.call(draw: 0.99) }
        #expect(budget.balance(at: .ms(119_000)) < 0.02)
        #expect(budget.balance(at: .ms(123_000)) == 1)
    }

    /// Deep overload: the backend turns away K - 1 calls for each that it accepts.
    @Test(arguments: [(2.0, 1.0), (1.1, 0.1)])
    func sre_backendRejectsKMinusOneForEachAccepted(k: Double, expected: Double) throws {
        var (budget, dice) = (Budget(try .adaptive(k: k)), Dice(seed: 5))
        var (accepted, rejected) = (0.0, 0.0)
        // 500 calls a second for seven minutes, of which the backend takes 50 a second.
        for second in 0..<420 {
            var room = 50
            for call in 0..<500 {
                let now = VirtualTime.ms(second * 1000 + call * 2)
                guard budget.begin(retry: nil, draw: dice.draw(), at: now) else { continue }
                let isAccepted = room > 0
                room -= isAccepted ? 1 : 0
                budget.end(isAccepted ? .success : .failure(.status(503), isRetryable: true), retry: nil, at: now)
                guard second >= 180 else { continue }
                if isAccepted { accepted += 1 } else { rejected += 1 }
            }
        }
        #expect(abs(rejected / accepted - expected) < 0.06, "\(rejected / accepted)")
    }

    /// Three attempts for each call against a backend that always fails: 3 times the load, or 1.1 times with a budget
    /// of a tenth.
    @Test func sre_loadGrowsThreefoldWithoutABudgetAndByATenthWithOne() throws {
        func load(_ rules: RetryBudgetRules?) throws -> Double {
            let calls = 20_000
            var (budget, sent) = (rules.map { Budget($0) }, 0)
            for call in 0..<calls {
                let now = VirtualTime.ms(call)
                _ = budget?.begin(retry: nil, draw: 0, at: now)
                var core = RetryCore<VirtualTime>(try RetryRules(attempts: 3), at: now)
                sent += 1
                while core.fail(at: now).wait != nil, budget == nil || budget?.withdraw(at: now) != nil { sent += 1 }
            }
            return Double(sent) / Double(calls)
        }
        #expect(try load(nil) == 3)
        let limited = try load(.finagle(share: 0.1, perSecond: 0))
        #expect(abs(limited - 1.1) < 0.001, "\(limited)")
    }

    // MARK: All

    @Test func impossibleSettingsAreErrors() {
        let impossible: [(String, () throws -> RetryBudgetRules)] = [
            ("tokens", { try .grpc(maxTokens: 0, tokenRatio: 0.1) }),
            ("tokens", { try .grpc(maxTokens: 1001, tokenRatio: 0.1) }),
            ("tokens", { try .grpc(maxTokens: .nan, tokenRatio: 0.1) }),
            ("ratio", { try .grpc(maxTokens: 10, tokenRatio: 0) }),
            ("ratio", { try .grpc(maxTokens: 10, tokenRatio: .infinity) }),
            ("share", { try .finagle(share: -0.1) }), ("share", { try .finagle(share: 1001) }),
            ("perSecond", { try .finagle(perSecond: .nan) }), ("perSecond", { try .finagle(perSecond: -1) }),
            ("ttl", { try .finagle(ttl: .zero) }), ("ttl", { try .finagle(ttl: .seconds(Int64.max)) }),
            ("share", { try .envoy(share: 1.1) }), ("least", { try .envoy(least: -1) }),
            ("capacity", { try .aws(capacity: 0) }),
            ("throttle", { try .adaptive(k: 0.9) }), ("throttle", { try .adaptive(k: .nan) }),
            ("window", { try .adaptive(window: .zero) }),
        ]
        for (setting, make) in impossible {
            #expect { try make() } throws: { ($0 as? PolicyError)?.setting == setting }
        }
    }

    /// Random schedules: each budget against its promise, counted without it.
    @Test func randomSchedulesNeverExceedTheBudget() throws {
        let share = 0.2
        for seed: UInt64 in 1...20 {
            var dice = Dice(seed: seed)
            var deposits = Budget(try .finagle(share: share, perSecond: 1))
            var active = Budget(try .envoy(share: share, least: 2))
            var quota = Budget(try .aws(capacity: 50))
            var (calls, retries, firsts, running) = (0, 0, 0, [Budget.Permit]())
            var (now, balance) = (VirtualTime.zero, 50.0)
            for _ in 0..<3000 {
                // Fast enough that a whole run lasts less than the time to live.
                now = now.advanced(by: .milliseconds(dice.below(4)))
                switch dice.below(6) {
                case 0:
                    deposits.call(at: now)
                    calls += 1
                case 1: retries += deposits.withdraw(at: now) == nil ? 0 : 1
                case 2 where firsts < 60:
                    _ = active.begin(retry: nil, draw: 0, at: now)
                    firsts += 1
                case 3:
                    guard let permit = active.withdraw(at: now) else { break }
                    #expect(running.count + 1 <= max(2, Int(share * Double(firsts + running.count))))
                    _ = active.begin(retry: permit, draw: 0, at: now)
                    running.append(permit)
                case 4:
                    if let permit = running.popLast() {
                        active.end(.success, retry: permit, at: now)
                    } else if firsts > 0 {
                        active.end(.success, retry: nil, at: now)
                        firsts -= 1
                    }
                default:
                    if dice.oneIn(2) {
                        quota.call(.success)
                        balance = min(50, balance + 1)
                    } else if quota.withdraw() != nil {
                        balance -= 5
                    }
                    #expect(balance >= 0 && quota.balance(at: now) == balance)
                }
                #expect(Double(retries) <= 10 + share * Double(calls))
            }
            #expect(retries > 10)
        }
    }
}
