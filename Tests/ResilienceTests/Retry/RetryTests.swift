import Resilience
import Simulation
import Testing
import Trace

@Suite struct RetryTests {
    static func retry(
        attempts: Int = 4, _ clock: VirtualClock, on: FailureSet = .transient,
        budget: SharedRetryBudget<VirtualClock>? = nil, _ onEvent: (@Sendable (RetryEvent) -> Void)? = nil
    ) throws -> Retry<VirtualClock> {
        let backoff = try Backoff(.exponential(factor: 2), base: .seconds(1), jitter: .proportional(0.2))
        return Retry(
            try RetryRules(attempts: attempts, backoff: backoff, on: on), budget: budget, clock: clock,
            random: { 0.75 }, onEvent: onEvent)
    }

    /// A payment that fails twice and succeeds on the third attempt.
    @Test func everyDecisionIsAnEvent() throws {
        let lines = try virtually { clock, diary in
            let calls = Locked(0)
            let retry = try Self.retry(clock) { event in
                switch event {
                case .attemptStarted(let number): diary.note("\(number) started")
                case .attemptFinished(let number, let took, let failure):
                    diary.note("\(number) \(failure.map { "\($0.kind)" } ?? "ok") after \(took)")
                case .scheduled(let wait, let source, let attempts):
                    diary.note("\(attempts): \(wait.duration) of \(wait.floor) to \(wait.ceiling), \(source.rawValue)")
                case .givenUp(let reason, let attempts): diary.note("\(attempts): \(reason.rawValue)")
                case .throttled: diary.note("throttled")
                }
            }
            let value = try await retry.execute {
                try await diary.pause(50)
                guard calls.increment() == 3 else { throw Failure(.timeout) }
                return "paid"
            }
            diary.note(value)
        }
        #expect(
            lines == [
                "0 1 started", "50 1 timeout after 0.05 seconds",
                "50 1: 1.1 seconds of 0.8 seconds to 1.2 seconds, backoff",
                "1150 2 started", "1200 2 timeout after 0.05 seconds",
                "1200 2: 2.2 seconds of 1.6 seconds to 2.4 seconds, backoff",
                "3400 3 started", "3450 3 ok after 0.05 seconds", "3450 paid",
            ])
    }

    @Test func lastFailureReachesTheCaller() throws {
        let lines = try virtually { clock, diary in
            let calls = Locked(0)
            do {
                try await Self.retry(attempts: 2, clock).execute {
                    throw Failure(.status(500 + calls.increment()))
                }
            } catch let error as Failure { diary.note("\(error.kind)") }
        }
        #expect(lines == ["1100 status(502)"])
    }

    /// Three layers of four attempts make 64 calls of one.
    @Test func sre_attemptsOfLayersMultiply() throws {
        let lines = try virtually { clock, diary in
            let calls = Locked(0)
            let rules = try RetryRules(attempts: 4)
            let layer = { Retry(rules, clock: clock, random: { 0 }) }
            let pipeline = Pipeline<Void> {
                layer()
                layer()
                layer()
            }
            try? await pipeline.execute {
                calls.increment()
                throw Failure(.timeout)
            }
            diary.note("\(calls.value)")
        }
        #expect(lines == ["0 64"])
    }

    @Test func rfc9110_workThatIsNotIdempotentIsDoneOnce() throws {
        let lines = try virtually { clock, diary in
            let retry = try Self.retry(clock)
            for kind: FailureKind in [.timeout, .refused] {
                try? await Pipeline<Void> { retry }.execute(isIdempotent: false) {
                    diary.note("\(kind)")
                    throw Failure(kind)
                }
            }
        }
        #expect(lines == ["0 timeout", "0 refused", "1100 refused", "3300 refused", "7700 refused"])
    }

    @Test(arguments: [500, 1500]) func callerWhoIsCancelledGetsNoFurtherAttempt(at moment: Int) throws {
        let lines = try virtually { clock, diary in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await Self.retry(clock).execute {
                            diary.note("attempt")
                            await diary.insist(800)
                            throw Failure(.timeout)
                        }
                    } catch { diary.note("\(type(of: error))") }
                }
                try? await diary.pause(moment)
                group.cancelAll()
            }
        }
        // While the attempt runs its own error ends it; while it waits, the wait ends at once.
        #expect(lines == (moment == 500 ? ["0 attempt", "800 Failure"] : ["0 attempt", "1500 CancellationError"]))
    }

    @Test func budgetEndsRetriesAndTheReasonIsTold() throws {
        let lines = try virtually { clock, diary in
            let budget = SharedRetryBudget(
                try .grpc(maxTokens: 4, tokenRatio: 0.5), clock: clock, random: { 0 }
            ) { diary.note("\($0.change) \($0.balance)") }
            let retry = try Self.retry(clock, budget: budget) {
                if case .givenUp(let reason, _) = $0 { diary.note(reason.rawValue) }
            }
            try? await retry.execute { throw Failure(.timeout) }
            try await retry.execute {}
            diary.note("\(budget.balance)")
        }
        #expect(
            lines == [
                "0 withdrawal 3.0", "1100 withdrawal 2.0", "1100 refusal 2.0", "1100 budget", "1100 deposit 2.5",
                "1100 2.5",
            ])
    }

    @Test func waitThatIsCancelledGivesItsPlaceInTheBudgetBack() throws {
        let lines = try virtually { clock, diary in
            let budget = SharedRetryBudget(try .envoy(share: 0, least: 1), clock: clock, random: { 0 })
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await Self.retry(clock, budget: budget).execute { throw Failure(.timeout) } }
                try? await diary.pause(500)
                diary.note("\(budget.balance)")
                group.cancelAll()
            }
            diary.note("\(budget.balance)")
        }
        #expect(lines == ["500 0.0", "500 1.0"])
    }

    @Test func sre_callsThatAreThrottledFailAsRejected() throws {
        let lines = try virtually { clock, diary in
            let budget = SharedRetryBudget(try .adaptive(), clock: clock, random: { 0.4 })
            let retry = try Self.retry(attempts: 1, clock, budget: budget)
            for _ in 0..<3 {
                do { try await retry.execute { throw Failure(.refused) } } catch let error as Rejection {
                    diary.note(error.reason.rawValue)
                } catch let error as Failure { diary.note("\(error.kind)") }
            }
        }
        // The probability to be turned away is 0, then 1/2, then 2/3.
        #expect(lines == ["0 refused", "0 throttled", "0 throttled"])
    }

    /// Many callers with random failures share a budget: retries never exceed it, attempts never their limit.
    @Test(arguments: 1...5) func randomSchedulesNeverRetryMoreThanTheBudget(seed: UInt64) throws {
        let counts = Locked((calls: 0, retries: 0, most: 0))
        let failures: [FailureKind] = [.timeout, .status(503), .status(404), .refused]
        _ = try virtually { clock, diary in
            let dice = Locked(Dice(seed: seed))
            let budget = SharedRetryBudget(
                try .finagle(share: 0.2, perSecond: 0.5), clock: clock, random: { dice.change { $0.draw() } })
            let rules = try RetryRules(
                attempts: 3, backoff: Backoff(.exponential(factor: 2), base: .milliseconds(100), jitter: .full))
            let count: @Sendable (RetryEvent) -> Void = { event in
                guard case .attemptStarted(let number) = event else { return }
                counts.change { counts in
                    if number == 1 { counts.calls += 1 } else { counts.retries += 1 }
                    counts.most = max(counts.most, number)
                }
            }
            let retry = Retry(
                rules, budget: budget, clock: clock, random: { dice.change { $0.draw() } }, onEvent: count)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<400 {
                    group.addTask {
                        // All within the time to live of ten seconds, so that nothing expires.
                        try? await diary.pause(dice.change { $0.below(7000) })
                        try? await retry.execute {
                            try await diary.pause(dice.change { $0.below(300) })
                            let failure = dice.change { $0.oneIn(2) ? failures[$0.below(4)] : nil }
                            if let failure { throw Failure(failure) }
                        }
                    }
                }
            }
        }
        let (calls, retries, most) = counts.value
        #expect(calls == 400 && most <= 3)
        #expect(retries > 50 && retries <= 5 + calls / 5, "\(retries)")
    }

    @Test func realClockAndThreadsKeepTheBudget() async throws {
        let clock = ContinuousClock()
        let budget = SharedRetryBudget(try .finagle(share: 0, perSecond: 5), clock: clock, random: { 0.5 })
        let retry = Retry(try RetryRules(attempts: 3), budget: budget, clock: clock, random: { 0.5 })
        let calls = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try? await retry.execute {
                        calls.increment()
                        throw Failure(.timeout)
                    }
                }
            }
        }
        #expect(calls.value == 250)
    }
}
