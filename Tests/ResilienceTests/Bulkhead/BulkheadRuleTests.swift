import Resilience
import Testing

/// The rules of bulkheads, each test named after its rule.
@Suite struct BulkheadRuleTests {
    @Test(arguments: [
        (try BulkheadRules.resilience4j(), 25), (try BulkheadRules.polly(), 1000), (try BulkheadRules.hystrix(), 10),
    ])
    func defaults_fullRejectsAtOnce(rules: BulkheadRules, concurrent: Int) {
        let bulkhead = BulkheadStand(rules)
        for call in 0..<concurrent { #expect(bulkhead.enter(call) == .entered) }
        #expect(bulkhead.enter(-1) == .rejected)
        #expect(bulkhead.core.inFlight == concurrent && bulkhead.core.queued == 0)
        #expect(bulkhead.leave() == [])
        #expect(bulkhead.enter(-2) == .entered)
    }

    /// Envoy's "circuit breaker": 1024 connections and 1024 requests that wait for one.
    @Test func envoy_capsOfConnectionsAndPendingRequests() throws {
        let bulkhead = BulkheadStand(try .envoy())
        for call in 0..<1024 { #expect(bulkhead.enter(call) == .entered) }
        for call in 1024..<2048 { #expect(bulkhead.enter(call) == .queued) }
        #expect(bulkhead.enter(2048) == .rejected)
        #expect(bulkhead.leave() == [.start(1024)])
    }

    /// Thread pools have a queue of 100 in resilience4j; semaphores are fair and have a longest wait.
    @Test func resilience4j_fairWithALongestWait() throws {
        let bulkhead = BulkheadStand(try .resilience4j(concurrent: 1, maxWait: .milliseconds(100)))
        #expect(bulkhead.enter(0) == .entered)
        #expect(bulkhead.enter(1, at: 10) == .queued)
        #expect(bulkhead.enter(2, at: 20) == .queued)
        #expect(bulkhead.timeToTick(at: 30) == .milliseconds(80))
        #expect(bulkhead.leave(at: 50) == [.start(1)])
        #expect(bulkhead.tick(at: 119.999) == [])
        #expect(bulkhead.tick(at: 120) == [.shed(2, .waited)])
        #expect(bulkhead.timeToTick(at: 120) == nil)
    }

    // MARK: 7.11 When full

    @Test func whenFull_rejectNewest() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 2))
        #expect((0..<4).map { bulkhead.enter($0) } == [.entered, .queued, .queued, .rejected])
        #expect([bulkhead.leave(), bulkhead.leave(), bulkhead.leave()] == [[.start(1)], [.start(2)], []])
    }

    @Test func whenFull_shedOldest() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 2, whenFull: .shedOldest))
        #expect(
            (0..<5).map { bulkhead.enter($0) } == [
                .entered, .queued, .queued, .queuedShedding(1), .queuedShedding(2),
            ])
        #expect([bulkhead.leave(), bulkhead.leave()] == [[.start(3)], [.start(4)]])
    }

    @Test func whenFull_wait() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, whenFull: .wait))
        #expect(bulkhead.enter(0) == .entered)
        for call in 1...1000 { #expect(bulkhead.enter(call) == .queued) }
        for call in 1...1000 { #expect(bulkhead.leave() == [.start(call)]) }
    }

    /// Expired work is looked for before queueing and after.
    @Test func deadlines_expiredWorkIsNeverStarted() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 9))
        #expect(bulkhead.enter(0) == .entered)
        #expect(bulkhead.enter(1, timeLeft: .zero) == .rejected)
        #expect(bulkhead.enter(2, timeLeft: .milliseconds(10)) == .queued)
        #expect(bulkhead.enter(3, timeLeft: .milliseconds(30)) == .queued)
        #expect(bulkhead.leave(at: 10) == [.shed(2, .deadline), .start(3)])
        #expect(bulkhead.enter(4, timeLeft: .milliseconds(5), at: 20) == .queued)
        #expect(bulkhead.timeToTick(at: 20) == .milliseconds(5))
        #expect(bulkhead.tick(at: 25) == [.shed(4, .deadline)])
    }

    // MARK: Order

    @Test func lifo_newestFirst() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 9, order: .lifo))
        for call in 0...3 { _ = bulkhead.enter(call) }
        #expect((0..<3).map { _ in bulkhead.leave() } == [[.start(3)], [.start(2)], [.start(1)]])
    }

    /// Facebook: newest first once the queue has stood for 100 ms, and in order again when it has been empty.
    @Test func adaptiveLIFO_newestFirstOnceAQueueStands() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 9, order: .adaptive))
        for call in 0...4 { _ = bulkhead.enter(call, at: 0) }
        #expect(bulkhead.leave(at: 100) == [.start(1)])
        #expect(bulkhead.leave(at: 100.001) == [.start(4)])
        #expect(bulkhead.leave(at: 101) == [.start(3)])
        #expect(bulkhead.leave(at: 102) == [.start(2)])
        for call in 5...6 { _ = bulkhead.enter(call, at: 150) }
        #expect(bulkhead.leave(at: 160) == [.start(5)])
    }

    @Test func facebook_shortPatienceOnceAQueueStands() throws {
        let rules = try BulkheadRules(concurrent: 1, queue: 9, order: .adaptive, shedding: .facebook())
        let bulkhead = BulkheadStand(rules)
        #expect(bulkhead.enter(0, at: 0) == .entered)
        #expect(bulkhead.enter(1, at: 0) == .queued)
        #expect(bulkhead.enter(2, at: 60) == .queued)
        #expect(bulkhead.timeToTick(at: 60) == .milliseconds(40))
        #expect(bulkhead.tick(at: 100) == [.shed(1, .codel)])
        // The queue has not been empty since 0: at 100.001 calls may wait for 5 ms.
        #expect(bulkhead.enter(3, at: 100) == .queued)
        #expect(bulkhead.enter(4, at: 100.001) == .queued)
        #expect(bulkhead.tick(at: 105) == [])
        #expect(bulkhead.tick(at: 105.001) == [.shed(4, .codel)])
        #expect(bulkhead.leave(at: 106) == [.start(3)])
        #expect(bulkhead.tick(at: 160) == [.shed(2, .codel)])
    }

    // MARK: Leaving the queue otherwise

    @Test func abandonedCallsLeaveTheQueue() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 2))
        for call in 0...2 { _ = bulkhead.enter(call) }
        #expect(bulkhead.abandon(1))
        #expect(!bulkhead.abandon(1) && !bulkhead.abandon(0) && !bulkhead.abandon(99))
        #expect(bulkhead.enter(3) == .queued)
        #expect(bulkhead.leave() == [.start(2)])
    }

    @Test func changedRulesLetWaitersIn() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 5))
        for call in 0...5 { _ = bulkhead.enter(call) }
        #expect(bulkhead.change(try BulkheadRules(concurrent: 3, queue: 1)) == [.start(1), .start(2)])
        #expect(bulkhead.enter(9) == .rejected)
        #expect(bulkhead.change(try BulkheadRules(concurrent: 1, queue: 1)) == [])
        #expect([bulkhead.leave(), bulkhead.leave(), bulkhead.leave()] == [[], [], [.start(3)]])
    }

    // MARK: Bad input

    @Test func impossibleRulesThrow() {
        #expect(throws: PolicyError.self) { try BulkheadRules(concurrent: 0) }
        #expect(throws: PolicyError.self) { try BulkheadRules(concurrent: 1, queue: -1) }
        #expect(throws: PolicyError.self) { try BulkheadRules(concurrent: 1, whenFull: .shedOldest) }
        #expect(throws: PolicyError.self) { try BulkheadRules(concurrent: 1, maxWait: .seconds(-1)) }
        #expect(throws: PolicyError.self) {
            try BulkheadRules(concurrent: 1, shedding: .codel(target: .zero, interval: .seconds(1)))
        }
        #expect(throws: PolicyError.self) {
            try BulkheadRules(concurrent: 1, shedding: .facebook(target: .seconds(1), interval: .seconds(1)))
        }
        #expect(throws: PolicyError.self) { try ConcurrencyLimitRules(.aimd, initial: 20, min: 0) }
        #expect(throws: PolicyError.self) { try ConcurrencyLimitRules(.vegas, initial: 0) }
        #expect(throws: PolicyError.self) { try ConcurrencyLimitRules(.gradient2, initial: 201) }
        #expect(throws: PolicyError.self) { try ConcurrencyLimitRules(.gradient2, initial: 5, min: 9, max: 3) }
        #expect(throws: PolicyError.self) { try ConcurrencyLimitRules(.envoy, isWindowed: true) }
        #expect(throws: PolicyError.self) {
            try BulkheadRules(concurrent: 500, adaptive: ConcurrencyLimitRules(.aimd))
        }
    }

    @Test func extremesDoNotTrap() throws {
        let long = Duration.seconds(Int64.max)
        for shedding in [
            BulkheadRules.Shedding.codel(target: .nanoseconds(1), interval: long), .facebook(interval: long),
        ] {
            let rules = try BulkheadRules(
                concurrent: 1, queue: Int.max, maxWait: long, order: .adaptive, shedding: shedding,
                adaptive: ConcurrencyLimitRules(.envoy, initial: 1, min: 1))
            let bulkhead = BulkheadStand(rules)
            for (call, time) in [0, 1, 1e9, 1e12, 1e15].enumerated() {
                _ = bulkhead.enter(call, timeLeft: long, at: time)
                _ = bulkhead.tick(at: time)
                _ = bulkhead.timeToTick(at: time)
            }
            for _ in 0..<9 { bulkhead.leave(took: long, at: 1e15) }
            #expect(bulkhead.core.inFlight == 0 && bulkhead.core.queued == 0)
        }
    }
}
