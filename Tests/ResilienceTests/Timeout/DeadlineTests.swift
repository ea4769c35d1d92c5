import Resilience
import Simulation
import Testing
import Trace

@Suite struct DeadlineTests {
    static func layer(
        _ milliseconds: Int, _ clock: VirtualClock, _ onEvent: (@Sendable (TimeoutEvent) -> Void)? = nil
    ) throws -> Timeout<VirtualClock> {
        Timeout(try .deadline(.milliseconds(milliseconds)), clock: clock, onEvent: onEvent)
    }

    static func left() -> String { Deadline.current.map { "\($0.timeLeft)" } ?? "none" }

    @Test func childHasTheLesserOfItsOwnAndWhatIsLeft() throws {
        let lines = try virtually { clock, diary in
            let (outer, long, short) = (
                try Self.layer(1000, clock), try Self.layer(5000, clock), try Self.layer(100, clock)
            )
            diary.note(Self.left())
            try await outer.execute {
                try await diary.pause(300)
                try await long.execute { diary.note(Self.left()) }
                try await short.execute { diary.note(Self.left()) }
                diary.note(Self.left())
            }
            diary.note(Self.left())
        }
        #expect(lines == ["0 none", "300 0.7 seconds", "300 0.1 seconds", "300 0.7 seconds", "300 none"])
    }

    @Test func workThatIsTooLateIsDroppedUnexecuted() throws {
        let lines = try virtually { clock, diary in
            let inner = try Self.layer(500, clock) { diary.note("\($0)") }
            do {
                try await Self.layer(100, clock).execute {
                    await diary.insist(100)
                    try await inner.execute { diary.note("executed") }
                }
            } catch let error as TimedOut { diary.note("\(error.phase)") }
        }
        #expect(lines == ["100 dropped", "100 deadline"])
    }

    @Test func askingAfterTheQueueThrowsOnceItHasPassed() throws {
        let lines = try virtually { clock, diary in
            try Deadline.check()
            try await Self.layer(100, clock).execute {
                try Deadline.check()
                diary.note("in time")
                await diary.insist(100)
                do { try Deadline.check() } catch let error as TimedOut { diary.note("\(error.phase)") }
            }
        }
        #expect(lines == ["0 in time", "100 deadline"])
    }

    @Test func grpcA6_spansAllAttemptsAndNoWaitOutlastsIt() throws {
        let lines = try virtually { clock, diary in
            let retry = Retry(
                try RetryRules(attempts: 9, backoff: Backoff(.constant, base: .milliseconds(100))), clock: clock,
                random: { 0 },
                onEvent: {
                    if case .givenUp(let reason, let attempts) = $0 { diary.note("\(reason.rawValue) \(attempts)") }
                })
            do {
                try await Self.layer(250, clock).execute {
                    try await retry.execute {
                        diary.note("attempt")
                        throw Failure(.status(503))
                    }
                }
            } catch let error as Failure { diary.note("\(error.kind)") }
        }
        #expect(lines == ["0 attempt", "100 attempt", "200 attempt", "200 deadline 3", "200 status(503)"])
    }

    @Test func itFiresAsDeadline() throws {
        let lines = try virtually { clock, diary in
            do { try await Self.layer(100, clock).execute { try await diary.pause(500) } } catch let error as TimedOut {
                diary.note("\(error.phase) \(error.limit)")
            }
        }
        #expect(lines == ["100 deadline 0.1 seconds"])
    }
}
