import Resilience
import Simulation
import Synchronization
import Testing
import Trace

/// The bulkhead round work.
@Suite struct BulkheadTests {
    static func bulkhead(
        _ rules: BulkheadRules, _ clock: VirtualClock, _ diary: Diary? = nil
    ) -> Bulkhead<VirtualClock> {
        Bulkhead(rules, clock: clock, onEvent: { diary?.note("\($0)") })
    }

    /// Calls that come at times, each of which works for 100 ms. What became of each, in the order of their ends.
    static func run(
        _ rules: BulkheadRules, arrivals: [Int], cancelled: [Int: Int] = [:], deadlines: [Int: Int] = [:]
    ) throws -> [String] {
        try virtually { clock, diary in
            let bulkhead = Self.bulkhead(rules, clock)
            await withTaskGroup(of: Void.self) { group in
                for (call, time) in arrivals.enumerated() {
                    group.addTask {
                        try? await diary.pause(time)
                        do {
                            try await Self.cancelling(after: cancelled[call], diary) {
                                try await Self.deadline(deadlines[call], clock) {
                                    try await bulkhead.execute {
                                        diary.note("\(call) in")
                                        try await diary.pause(100)
                                    }
                                }
                            }
                            diary.note("\(call) done")
                        } catch let rejection as Rejection {
                            diary.note("\(call) \(rejection.reason)")
                        } catch is CancellationError {
                            diary.note("\(call) cancelled")
                        } catch { diary.note("\(call) \(type(of: error))") }
                    }
                }
            }
            #expect(bulkhead.occupancy == (0, 0, rules.concurrent))
        }
    }

    static func cancelling(
        after time: Int?, _ diary: Diary, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        guard let time else { return try await work() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work() }
            try await diary.pause(time)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    static func deadline(
        _ time: Int?, _ clock: VirtualClock, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        guard let time else { return try await work() }
        let deadline = Deadline(at: clock.now.advanced(by: .milliseconds(time)), on: clock)
        try await Deadline.$current.withValue(deadline) { try await work() }
    }

    @Test func queueIsFirstInFirstOut() throws {
        let lines = try Self.run(try BulkheadRules(concurrent: 1, queue: 2), arrivals: [0, 10, 20, 30])
        #expect(
            lines == [
                "0 0 in", "30 3 bulkheadFull", "100 0 done", "100 1 in", "200 1 done", "200 2 in", "300 2 done",
            ])
    }

    @Test func theOldestIsSentAway() throws {
        let rules = try BulkheadRules(concurrent: 1, queue: 1, whenFull: .shedOldest)
        let lines = try Self.run(rules, arrivals: [0, 10, 20])
        #expect(lines == ["0 0 in", "20 1 shed", "100 0 done", "100 2 in", "200 2 done"])
    }

    @Test func waitersLoseTheirPatience() throws {
        let rules = try BulkheadRules(concurrent: 1, queue: 9, maxWait: .milliseconds(150))
        let lines = try Self.run(rules, arrivals: [0, 10, 20, 30])
        #expect(
            lines == [
                "0 0 in", "100 0 done", "100 1 in", "170 2 shed", "180 3 shed", "200 1 done",
            ])
    }

    @Test func aWaiterCanBeCancelled() throws {
        let lines = try Self.run(
            try BulkheadRules(concurrent: 1, queue: 9), arrivals: [0, 10, 20], cancelled: [1: 50])
        #expect(lines == ["0 0 in", "60 1 cancelled", "100 0 done", "100 2 in", "200 2 done"])
    }

    @Test func workThatIsCancelledInsideGivesItsPlaceBack() throws {
        let lines = try Self.run(
            try BulkheadRules(concurrent: 1, queue: 9), arrivals: [0, 10], cancelled: [0: 50])
        #expect(lines == ["0 0 in", "50 1 in", "50 0 cancelled", "150 1 done"])
    }

    @Test func nobodyIsStartedPastItsDeadline() throws {
        let lines = try Self.run(
            try BulkheadRules(concurrent: 1, queue: 9), arrivals: [0, 10, 20, 30],
            deadlines: [1: 100, 2: 50, 3: 0])
        #expect(
            lines == [
                "0 0 in", "30 3 TimedOut", "70 2 TimedOut", "100 0 done", "100 1 in", "200 1 done",
            ])
    }

    @Test func everyDecisionIsToldInOrder() throws {
        let lines = try virtually { clock, diary in
            let rules = try BulkheadRules(concurrent: 1, queue: 2, whenFull: .shedOldest, maxWait: .milliseconds(95))
            let bulkhead = Self.bulkhead(rules, clock, diary)
            await withTaskGroup(of: Void.self) { group in
                for time in [0, 10, 20, 30] {
                    group.addTask {
                        try? await diary.pause(time)
                        try? await bulkhead.execute { try await diary.pause(100) }
                    }
                }
            }
        }
        #expect(
            lines == [
                "0 entered(inside: 1)", "10 queued(queued: 1)", "20 queued(queued: 2)",
                "30 shed(Resilience.BulkheadShedReason.oldest, queued: 1)", "30 queued(queued: 2)",
                "100 left(inside: 0)", "100 entered(inside: 1)",
                "125 shed(Resilience.BulkheadShedReason.waited, queued: 0)", "200 left(inside: 0)",
            ])
    }

    /// What a time-out teaches: less. What a mistake of the caller teaches: nothing.
    @Test func adaptiveLimitsLearnFromTheWork() throws {
        let lines = try virtually { clock, diary in
            let rules = try BulkheadRules(adaptive: ConcurrencyLimitRules(.aimd, initial: 50))
            let bulkhead = Bulkhead(
                rules, clock: clock,
                onEvent: { if case .limitChanged(let limit) = $0 { diary.note("\(limit)") } })
            for kind in [FailureKind.timeout, .status(404), .status(503), .cancelled, .rejected] {
                try? await bulkhead.execute { throw Failure(kind) }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await bulkhead.execute { try await diary.pause(1) } } }
                try await group.waitForAll()
            }
        }
        // 50, 45, 40, 36: then one more while at least half of it is used.
        #expect(lines == ["0 45", "0 40", "0 36", "1 37", "1 38"])
    }

    @Test func changedRulesLetWaitersIn() throws {
        let lines = try virtually { clock, diary in
            let bulkhead = Self.bulkhead(try BulkheadRules(concurrent: 1, queue: 9), clock)
            diary.later(50) { if let rules = try? BulkheadRules(concurrent: 3) { bulkhead.change(rules) } }
            await withTaskGroup(of: Void.self) { group in
                for call in 0..<4 {
                    group.addTask {
                        try? await bulkhead.execute {
                            diary.note("\(call) in")
                            try await diary.pause(100)
                        }
                    }
                }
            }
        }
        #expect(lines == ["0 0 in", "50 1 in", "50 2 in", "100 3 in"])
    }

    // MARK: Many tasks

    /// How many are inside, and how many have been at most.
    final class Gauge: Sendable {
        private let inside = Mutex((now: 0, most: 0))
        var now: Int { inside.withLock { $0.now } }
        var most: Int { inside.withLock { $0.most } }
        func enter() { inside.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
        func leave() { inside.withLock { $0.now -= 1 } }
    }

    /// On real threads: never more than the limit inside, and every call ends in exactly one way.
    @Test(arguments: BulkheadRules.WhenFull.allCases)
    func manyTasksAtOnce(whenFull: BulkheadRules.WhenFull) async throws {
        let (concurrent, calls) = (4, 3000)
        let rules = try BulkheadRules(concurrent: concurrent, queue: 20, whenFull: whenFull)
        let bulkhead = Bulkhead(rules, clock: ContinuousClock())
        let inside = Gauge()
        enum End { case done, rejected, cancelled }
        let ends = await withTaskGroup(of: End.self) { group in
            for call in 0..<calls {
                group.addTask {
                    do {
                        try await bulkhead.execute {
                            inside.enter()
                            for _ in 0..<call % 5 { await Task.yield() }
                            inside.leave()
                        }
                        return .done
                    } catch is CancellationError { return .cancelled } catch { return .rejected }
                }
                // Some of those who wait are cancelled.
                if call == calls / 2 { group.cancelAll() }
            }
            return await group.reduce(into: [End]()) { $0.append($1) }
        }
        #expect(ends.count == calls)
        #expect(inside.most <= concurrent && inside.now == 0)
        #expect(bulkhead.occupancy == (0, 0, concurrent))
        #expect(ends.contains(.done))
        if whenFull == .wait { #expect(!ends.contains(.rejected)) }
    }
}
