import Resilience
import Simulation
import Synchronization
import Testing
import Trace

/// The rate limiter round work.
@Suite struct RateLimiterTests {
    /// Calls that come at the same time: when each begins, or why not.
    static func run(
        _ rules: RateLimitRules, calls: Int, deadline: Int? = nil, events: Bool = false
    ) throws -> [String] {
        try virtually { clock, diary in
            let limiter = RateLimiter(rules, clock: clock) { if events { diary.note("\($0)") } }
            let limit = deadline.map { Deadline(at: clock.now.advanced(by: .milliseconds($0)), on: clock) }
            await Deadline.$current.withValue(limit) {
                await withTaskGroup(of: Void.self) { group in
                    for call in 0..<calls {
                        group.addTask {
                            do {
                                try await limiter.execute { if !events { diary.note("\(call)") } }
                            } catch let rejection as Rejection {
                                let wait = rejection.retryAfter.map { "\($0)" } ?? "never"
                                if !events { diary.note("\(call) \(rejection.reason) \(wait)") }
                            } catch { diary.note("\(call) \(type(of: error))") }
                        }
                    }
                }
            }
        }
    }

    @Test func waitsForItsTurn() throws {
        let rules = try RateLimitRules(.tokenBucket(rate: 10, burst: 2), maxWait: .milliseconds(250))
        #expect(
            try Self.run(rules, calls: 5) == ["0 0", "0 1", "0 4 rateLimited 0.3 seconds", "100 2", "200 3"])
    }

    @Test func doesNotWaitPastTheDeadline() throws {
        let rules = try RateLimitRules(.tokenBucket(rate: 10, burst: 2), maxWait: .seconds(5))
        #expect(
            try Self.run(rules, calls: 4, deadline: 150) == ["0 0", "0 1", "0 3 rateLimited 0.2 seconds", "100 2"])
        #expect(try Self.run(rules, calls: 1, deadline: 0) == ["0 0 TimedOut"])
    }

    @Test func everyDecisionIsTold() throws {
        let rules = try RateLimitRules(.tokenBucket(rate: 10, burst: 1), maxWait: .milliseconds(150))
        #expect(
            try Self.run(rules, calls: 3, events: true) == [
                "0 admitted(available: 0.0)", "0 delayed(0.1 seconds, available: -1.0)",
                "0 rejected(retryAfter: Optional(0.2 seconds))",
            ])
    }

    @Test func aCancelledWaitSpendsItsPermit() throws {
        let lines = try virtually { clock, diary in
            let rules = try RateLimitRules(.tokenBucket(rate: 10, burst: 1), maxWait: .seconds(1))
            let limiter = RateLimiter(rules, clock: clock)
            try await limiter.acquire()
            do {
                try await BulkheadTests.cancelling(after: 50, diary) { try await limiter.acquire() }
            } catch { diary.note("\(type(of: error))") }
            try await limiter.acquire()
            diary.note("third")
            limiter.change(try RateLimitRules(.tokenBucket(rate: 1000, burst: 9)))
            try await diary.pause(5)
            diary.note("\(limiter.available.rounded())")
        }
        #expect(lines == ["50 CancellationError", "200 third", "205 5.0"])
    }

    /// On real threads: no more than the burst, when next to nothing comes after it.
    @Test func manyTasksAtOnce() async throws {
        let limiter = RateLimiter(
            try RateLimitRules(.tokenBucket(rate: 1e-6, burst: 100)), clock: ContinuousClock())
        let passed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3000 {
                group.addTask { (try? await limiter.execute { await Task.yield() }) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 100)
    }
}
