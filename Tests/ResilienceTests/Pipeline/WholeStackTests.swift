import Resilience
import Simulation
import Testing
import Trace

/// All policies round the same calls, with random failures, in virtual time.
@Suite struct WholeStackTests {
    struct Counts: Sendable {
        var sent = 0
        var inFlight = 0
        var most = 0
        var answered = 0
        var madeUp = 0
    }

    static let (requests, attempts, room) = (300, 3, 8)

    static func run(seed: UInt64) throws -> (lines: [String], counts: Counts) {
        let counts = Locked(Counts())
        let lines = try virtually { clock, diary in
            let dice = Locked(Dice(seed: seed))
            let draw: @Sendable () -> Double = { dice.change { $0.draw() } }
            let budget = SharedRetryBudget(try .finagle(share: 0.2, perSecond: 1), clock: clock, random: draw)
            let backoff = try Backoff(.exponential(factor: 2), base: .milliseconds(50), jitter: .full)
            let retry = Retry(
                try RetryRules(attempts: attempts, backoff: backoff), budget: budget, clock: clock, random: draw,
                onEvent: { diary.note("\($0)") })
            let deadline = Timeout(try .deadline(.seconds(1)), clock: clock)
            let breaker = CircuitBreaker(
                try .pollyV7(failures: 5, open: .seconds(1)), clock: clock, onEvent: { diary.note("\($0)") })
            let bulkhead = Bulkhead(try BulkheadRules(concurrent: room, queue: 8), clock: clock)
            let attempt = Timeout(try TimeoutRules(total: .milliseconds(400)), clock: clock)
            let pipeline = Pipeline<Bool> {
                Fallback.value(false)
                deadline
                retry
                breaker
                bulkhead
                attempt
            }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<requests {
                    group.addTask {
                        try? await diary.pause(dice.change { $0.below(9000) })
                        let isReal = try? await pipeline.execute {
                            counts.change { counts in
                                counts.sent += 1
                                counts.inFlight += 1
                                counts.most = max(counts.most, counts.inFlight)
                            }
                            defer { counts.change { $0.inFlight -= 1 } }
                            try await diary.pause(dice.change { $0.oneIn(10) ? 2000 : $0.below(300) })
                            if dice.change({ $0.oneIn(3) }) { throw Failure(.status(503)) }
                            return true
                        }
                        counts.change { counts in
                            counts.answered += isReal == nil ? 0 : 1
                            counts.madeUp += isReal == false ? 1 : 0
                        }
                    }
                }
            }
        }
        return (lines, counts.value)
    }

    @Test(arguments: 1...5) func everyRequestIsAnsweredWithinAllLimits(seed: UInt64) throws {
        let counts = try Self.run(seed: seed).counts
        #expect(counts.answered == Self.requests && counts.inFlight == 0)
        #expect(counts.madeUp > 0 && counts.madeUp < Self.requests)
        #expect(counts.most <= Self.room)
        // The reserve of the budget is 10 retries, and all lie within its time to live.
        #expect(counts.sent <= Self.requests + 10 + Self.requests / 5)
    }

    @Test func sameSeedGivesTheSameDecisions() throws {
        let (first, second, other) = (try Self.run(seed: 1), try Self.run(seed: 1), try Self.run(seed: 2))
        #expect(first.lines == second.lines && first.lines.count > 500)
        #expect(first.lines != other.lines)
    }
}
