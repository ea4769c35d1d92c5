import Resilience
import Simulation
import Synchronization
import Testing
import Trace

/// The breaker round work.
@Suite struct CircuitBreakerTests {
    static func breaker(
        _ rules: CircuitBreakerRules, _ clock: VirtualClock, _ diary: Diary? = nil
    ) -> CircuitBreaker<VirtualClock> {
        CircuitBreaker(rules, clock: clock, onEvent: { diary?.note(Self.text($0)) })
    }

    static func text(_ event: CircuitBreakerEvent) -> String {
        switch event {
        case .admitted(let isTrial): isTrial ? "trial" : "admitted"
        case .rejected(let retryAfter): "rejected \(retryAfter.map { "\($0)" } ?? "")"
        case .recorded(let counted, let measure):
            "recorded \(counted.map { $0.failed ? "failure" : "success" } ?? "nothing") \(measure)"
        case .changed(let transition): "\(transition.from) to \(transition.to): \(transition.reason)"
        }
    }

    @Test func everyDecisionIsToldInOrder() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pollyV7(failures: 2, open: .seconds(1)), clock, diary)
            for wait in [0, 0, 500, 500] {
                try await diary.pause(wait)
                try? await breaker.execute { throw Failure(.status(500)) }
            }
            try await diary.pause(1000)
            try await breaker.execute {}
        }
        #expect(
            lines == [
                "0 admitted", "0 recorded failure failuresInARow(1)",
                "0 admitted", "0 recorded failure failuresInARow(2)", "0 closed to open: consecutive",
                "500 rejected 0.5 seconds",
                "1000 open to halfOpen: elapsed", "1000 trial", "1000 recorded failure failuresInARow(3)",
                "1000 halfOpen to open: trial",
                "2000 open to halfOpen: elapsed", "2000 trial", "2000 recorded success failuresInARow(0)",
                "2000 halfOpen to closed: trial",
            ])
    }

    @Test func openFailsFastAndSaysForHowLong() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pollyV7(failures: 1, open: .seconds(5)), clock)
            do {
                try await breaker.execute { throw Failure(.timeout) }
            } catch let failure as Failure { diary.note("\(failure.kind)") }
            try await diary.pause(2000)
            do {
                try await breaker.execute { diary.note("not reached") }
            } catch let rejection as Rejection {
                diary.note("\(rejection.reason) \(rejection.retryAfter ?? .zero) \(rejection.failure.kind)")
            }
        }
        #expect(lines == ["0 timeout", "2000 circuitOpen 3.0 seconds policy"])
    }

    @Test(arguments: [
        (FailureKind.status(500), true), (.status(429), true), (.timeout, true), (.refused, true), (.other, true),
        (.status(404), false), (.status(400), false), (.cancelled, false),
    ])
    func aCallersOwnMistakesDoNotCount(kind: FailureKind, counts: Bool) throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pollyV7(failures: 1, open: .seconds(5)), clock)
            try? await breaker.execute { throw Failure(kind) }
            diary.note(breaker.state.rawValue)
        }
        #expect(lines == [counts ? "0 open" : "0 closed"])
    }

    @Test func slowCallsAreMeasured() throws {
        let lines = try virtually { clock, diary in
            let rules = try CircuitBreakerRules.resilience4j(
                minimum: 2, slow: .init(after: .milliseconds(100), ratio: 1))
            let breaker = Self.breaker(rules, clock)
            try await breaker.execute { try await diary.pause(101) }
            try await breaker.execute { try await diary.pause(101) }
            diary.note("\(breaker.state) \(breaker.snapshot().latest?.reason.rawValue ?? "")")
        }
        #expect(lines == ["202 open slow"])
    }

    @Test func readingTheStateHalfOpensPolly7() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pollyV7(failures: 1, open: .seconds(1)), clock, diary)
            breaker.force(.open)
            try await diary.pause(1000)
            #expect(breaker.state == .halfOpen)
            breaker.force(.disabled)
            try breaker.change(.pollyV7(failures: 3, open: .seconds(1)))
            #expect(throws: PolicyError.self) { try breaker.change(.gobreaker()) }
        }
        #expect(
            lines == [
                "0 closed to open: forced", "1000 open to halfOpen: elapsed", "1000 halfOpen to disabled: forced",
            ])
    }

    @Test func ticksTellInTime() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .resilience4j(minimum: 1, halfOpensByItself: true), clock, diary)
            #expect(breaker.timeToTick() == nil)
            breaker.force(.open)
            let left = try #require(breaker.timeToTick())
            try await clock.sleep(for: left)
            breaker.tick()
        }
        #expect(lines == ["0 closed to open: forced", "60000 open to halfOpen: elapsed"])
    }

    /// Success, failure, time-out and rejections by the pool count; calls that the breaker itself turned away do not.
    @Test func hystrix_poolRejectionsCountAndShortCircuitsDoNot() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .hystrix(minimum: 4), clock)
            let pool = Bulkhead(try .hystrix(concurrent: 1), clock: clock)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try? await breaker.execute { try await pool.execute { try await diary.pause(100) } }
                    }
                }
            }
            diary.note("\(breaker.snapshot().window.failures) of \(breaker.snapshot().window.calls)")
            try await diary.pause(400)
            for _ in 0..<9 { try? await breaker.execute {} }
            diary.note("\(breaker.state) after \(breaker.snapshot().window.calls)")
        }
        #expect(lines == ["100 3 of 4", "500 open after 4"])
    }

    // MARK: pybreaker

    /// The tripping call raises the breaker's error, not its own; so does a trial that fails.
    @Test func pybreaker_trippingCallRaisesTheBreakersError() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pybreaker(failures: 2, open: .seconds(1)), clock)
            for wait in [0, 0, 1000] {
                try await diary.pause(wait)
                do { try await breaker.execute { throw Failure(.reset) } } catch { diary.note("\(type(of: error))") }
            }
        }
        #expect(lines == ["0 Failure", "0 Rejection", "1000 Rejection"])
    }

    @Test func pybreaker_callsRunOneAfterTheOther() throws {
        let lines = try virtually { clock, diary in
            let breaker = Self.breaker(try .pybreaker(), clock)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for call in 1...3 {
                    group.addTask {
                        try await breaker.execute {
                            diary.note("in \(call)")
                            try await diary.pause(10)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(lines == ["0 in 1", "10 in 2", "20 in 3"])
    }

    // MARK: Many tasks

    struct Seen {
        var admitted = 0
        var recorded = 0
        var rejected = 0
        var opened = 0
        var closed = 0

        mutating func count(_ event: CircuitBreakerEvent) {
            switch event {
            case .admitted: admitted += 1
            case .rejected: rejected += 1
            case .recorded: recorded += 1
            case .changed(let transition):
                if transition.to == .open { opened += 1 }
                if transition.to == .closed { closed += 1 }
            }
        }
    }

    /// On real threads: whoever is admitted is recorded, and the changes form one chain.
    @Test func manyTasksAtOnce() async throws {
        let seen = Mutex(Seen())
        let rules = try CircuitBreakerRules(
            profile: .gobreaker, trip: .consecutive(3), open: .fixed(.nanoseconds(1)), trials: 2)
        let breaker = CircuitBreaker(
            rules, clock: ContinuousClock(), onEvent: { event in seen.withLock { $0.count(event) } })
        let calls = 4000
        let done = await withTaskGroup(of: Bool.self) { group in
            for call in 0..<calls {
                group.addTask {
                    do {
                        try await breaker.execute {
                            await Task.yield()
                            if call % 7 < 4 { throw Failure(.timeout) }
                        }
                        return true
                    } catch is Rejection { return false } catch { return true }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        let total = seen.withLock { $0 }
        #expect(total.admitted == total.recorded && total.admitted == done)
        #expect(total.rejected == calls - done)
        #expect(total.opened > 0 && total.opened >= total.closed)
    }
}
