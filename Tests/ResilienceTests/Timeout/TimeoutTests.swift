import Resilience
import Simulation
import Testing
import Trace

@Suite struct TimeoutTests {
    static func timeout(
        _ milliseconds: Int, _ clock: VirtualClock, _ diary: Diary? = nil
    ) throws -> Timeout<VirtualClock> {
        let rules = try TimeoutRules(total: .milliseconds(milliseconds))
        return Timeout(rules, clock: clock, onEvent: { diary?.note("\($0)") })
    }

    @Test func workInTimeIsLeftAlone() throws {
        let lines = try virtually { clock, diary in
            let value = try await Self.timeout(100, clock, diary).execute {
                try await diary.pause(40)
                return "done"
            }
            diary.note(value)
        }
        #expect(lines == ["40 finished(took: 0.04 seconds, isTimeout: false)", "40 done"])
    }

    @Test func workOutOfTimeIsCancelled() throws {
        let lines = try virtually { clock, diary in
            do {
                try await Self.timeout(100, clock, diary).execute { try await diary.pause(500) }
            } catch let error as TimedOut {
                diary.note("\(error.phase) \(error.limit) \(error.failure.kind)")
            }
        }
        #expect(
            lines == [
                "100 fired(Resilience.TimedOut.Phase.total, limit: 0.1 seconds)",
                "100 finished(took: 0.1 seconds, isTimeout: true)", "100 total 0.1 seconds timeout",
            ])
    }

    @Test(arguments: [false, true], [false, true]) func pollyV8_timeoutOnlyIfItsTimerFiredAndWorkWasCancelledByIt(
        hasFired: Bool, endedInCancellation: Bool
    ) {
        for callerCancelled in [false, true] {
            let expected = hasFired && endedInCancellation && !callerCancelled
            #expect(
                TimeoutRules.isTimeout(
                    hasFired: hasFired, endedInCancellation: endedInCancellation, callerCancelled: callerCancelled)
                    == expected)
        }
    }

    @Test func pollyV8_lateResultIsStillReturned() throws {
        let lines = try virtually { clock, diary in
            let value = try await Self.timeout(100, clock, diary).execute {
                await diary.insist(300)
                return "late"
            }
            diary.note(value)
        }
        #expect(lines.suffix(2) == ["300 finished(took: 0.3 seconds, isTimeout: false)", "300 late"])
    }

    @Test func pollyV8_anErrorOfTheWorksOwnIsPassedOnEvenLate() throws {
        let lines = try virtually { clock, diary in
            try await Self.timeout(100, clock, diary).execute {
                await diary.insist(300)
                throw Failure(.status(500))
            }
        }
        #expect(lines.last?.hasPrefix("300 Failure(kind:") == true)
    }

    @Test func pollyV8_cancellationOfTheWorksOwnIsNoTimeout() throws {
        let lines = try virtually { clock, diary in
            try await Self.timeout(100, clock, diary).execute { throw CancellationError() }
        }
        #expect(lines.last == "0 CancellationError()")
    }

    /// The caller cancels after the timer has fired, and before the work has ended.
    @Test(arguments: [50, 150]) func pollyV8_callersCancellationIsNoTimeout(at moment: Int) throws {
        let lines = try virtually { clock, diary in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await Self.timeout(100, clock, diary).execute {
                            await diary.insist(200)
                            try Task.checkCancellation()
                        }
                    } catch { diary.note("\(type(of: error))") }
                }
                try? await diary.pause(moment)
                group.cancelAll()
            }
        }
        #expect(lines.last == "200 CancellationError")
    }

    @Test func pollyV8_andResilience4jDefaults() throws {
        #expect(try TimeoutRules.polly().total == .seconds(30))
        #expect(try TimeoutRules.resilience4j().total == .seconds(1))
    }

    @Test func envoy_roundARetryItIncludesAllAttemptsAndInsideItEachHasItsOwn() throws {
        func lines(total: Int?, attempt: Int?) throws -> [String] {
            try virtually { clock, diary in
                let retry = Retry(
                    try RetryRules(attempts: 3, backoff: Backoff(.constant, base: .milliseconds(10))), clock: clock,
                    random: { 0.5 })
                let pipeline = try Pipeline<Void>.dotnet(
                    totalTimeout: total.map { try Self.timeout($0, clock) }, retry: retry,
                    attemptTimeout: attempt.map { try Self.timeout($0, clock) })
                do {
                    try await pipeline.execute {
                        diary.note("attempt")
                        try await diary.pause(1000)
                    }
                } catch let error as TimedOut { diary.note("\(error.limit)") }
            }
        }
        #expect(
            try lines(total: nil, attempt: 100) == ["0 attempt", "110 attempt", "220 attempt", "320 0.1 seconds"])
        #expect(try lines(total: 250, attempt: 100) == ["0 attempt", "110 attempt", "220 attempt", "250 0.25 seconds"])
        #expect(try lines(total: 250, attempt: nil) == ["0 attempt", "250 0.25 seconds"])
    }

    @Test(arguments: [(300, 20, "100 connect"), (50, 100, "150 done"), (50, 250, "250 read")])
    func connectAndReadHaveLimitsOfTheirOwn(connect: Int, read: Int, expected: String) throws {
        let lines = try virtually { clock, diary in
            let timeout = Timeout(
                try TimeoutRules(connect: .milliseconds(100), read: .milliseconds(200)), clock: clock)
            do {
                let answer = try await timeout.execute {
                    try await diary.pause(connect)
                    return "done"
                } read: { connection in
                    try await diary.pause(read)
                    return connection
                }
                diary.note(answer)
            } catch let error as TimedOut { diary.note(error.phase.rawValue) }
        }
        #expect(lines == [expected])
    }

    @Test func totalHoldsForConnectAndReadTogether() throws {
        let lines = try virtually { clock, diary in
            let rules = try TimeoutRules(
                total: .milliseconds(120), connect: .milliseconds(100), read: .milliseconds(100))
            do {
                try await Timeout(rules, clock: clock).execute {
                    try await diary.pause(80)
                } read: { _ in
                    try await diary.pause(80)
                }
            } catch let error as TimedOut { diary.note(error.phase.rawValue) }
        }
        #expect(lines == ["120 total"])
    }

    @Test func workInOnePieceHasConnectAndReadTogether() throws {
        let lines = try virtually { clock, diary in
            let rules = try TimeoutRules(connect: .milliseconds(100), read: .milliseconds(200))
            do {
                try await Timeout(rules, clock: clock).execute { try await diary.pause(500) }
            } catch is TimedOut { diary.note("timed out") }
        }
        #expect(lines == ["300 timed out"])
    }

    @Test func impossibleSettingsAreErrors() {
        #expect(throws: PolicyError.self) { try TimeoutRules() }
        #expect(throws: PolicyError.self) { try TimeoutRules(total: .zero) }
        #expect(throws: PolicyError.self) { try TimeoutRules(connect: .seconds(-1)) }
        #expect(throws: PolicyError.self) { try TimeoutRules(total: .seconds(1), read: .zero) }
        #expect(throws: PolicyError.self) { try TimeoutRules.deadline(.zero) }
    }

    @Test func realClockLeavesQuickWorkAloneAndCancelsWorkThatNeverEnds() async throws {
        let clock = ContinuousClock()
        let patient = Timeout(try TimeoutRules(total: .seconds(Int64.max)), clock: clock)
        #expect(try await patient.execute { 42 } == 42)
        let hasty = Timeout(try TimeoutRules(total: .nanoseconds(1)), clock: clock)
        await #expect(throws: TimedOut(.total, limit: .nanoseconds(1))) {
            try await hasty.execute {
                for await _ in AsyncStream<Never>.makeStream().stream {}
                try Task.checkCancellation()
            }
        }
    }
}
