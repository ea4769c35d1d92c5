import Scenario
import Testing
import Trace

@Suite struct RetryTests {
    static let broken = "latency: 50ms, errors: 100%"

    func number(_ events: [Event]) -> [Int64] { events.map { $0.value / 1_000_000 } }

    @Test func waitsDoubleAndEndWithTheAttempts() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 4, backoff: exponential, base: 1s, jitter: none } }", Self.broken, at: [0])
        #expect(
            trace.story(.attemptStarted, .attemptFinished, .retryScheduled, .retryGivenUp, .guardFinished) == [
                "0 attemptStarted guarded.retry", "50 attemptFinished guarded.retry failed",
                "50 retryScheduled guarded.retry backoff", "1050 attemptStarted guarded.retry",
                "1100 attemptFinished guarded.retry failed", "1100 retryScheduled guarded.retry backoff",
                "3100 attemptStarted guarded.retry", "3150 attemptFinished guarded.retry failed",
                "3150 retryScheduled guarded.retry backoff", "7150 attemptStarted guarded.retry",
                "7200 attemptFinished guarded.retry failed", "7200 retryGivenUp guarded.retry attempts failed",
                "7200 guardFinished guarded failed",
            ])
        #expect(trace.all(.attemptStarted).map(\.value) == [1, 2, 3, 4])
        #expect(number(trace.all(.retryScheduled)) == [1000, 2000, 4000])
        #expect(trace.all(.retryGivenUp).map(\.value) == [4])
        #expect(trace.all(.backoffFloor).isEmpty)
        #expect(trace.ends() == ["7200 failed"])
    }

    @Test func eachAttemptIsCausedByTheFailureBefore() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 2, backoff: constant, base: 1s, jitter: none } }", Self.broken, at: [0])
        #expect(
            trace.why(trace.all(.requestFinished)[0]).prefix(8) == [
                "web requestFinished", "guarded guardFinished", "guarded.retry retryGivenUp",
                "guarded.retry attemptFinished", "db callFinished", "db serviceFinished", "db serviceStarted",
                "db callArrived",
            ])
        #expect(
            trace.why(trace.all(.attemptStarted)[1]).prefix(4) == [
                "guarded.retry attemptStarted", "guarded.retry retryScheduled", "guarded.retry attemptFinished",
                "db callFinished",
            ])
    }

    /// Base 2 s, doubling, ± 20 %: 1.6-2.4, 3.2-4.8, 6.4-9.6, 12.8-19.2, 25.6-38.4 s.
    @Test func jitterChoosesWithinItsWindows() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 6, backoff: exponential, base: 2s, jitter: 20% } }", Self.broken, at: [0], count: 200)
        let floors: [Int64] = [1600, 3200, 6400, 12800, 25600]
        let ceilings: [Int64] = [2400, 4800, 9600, 19200, 38400]
        for request in 1...200 {
            func values(_ kind: EventKind) -> [Int64] {
                number(trace.all(kind).filter { $0.request.rawValue == request })
            }
            #expect(values(.backoffFloor) == floors)
            // The last draw below 1 does not quite reach the ceiling.
            #expect(zip(values(.backoffCeiling), ceilings).allSatisfy { abs($0 - $1) <= 1 })
            let waits = values(.retryScheduled)
            #expect(zip(waits, floors).allSatisfy { $0 >= $1 } && zip(waits, ceilings).allSatisfy { $0 <= $1 })
        }
        // Requests at the same time are users of their own, who draw apart.
        #expect(Set(trace.all(.retryScheduled).map(\.value)).count == 1000)
    }

    @Test func paymentFailsTwiceAndSucceedsTheThirdTime() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends:
              pay:
                latency: 50ms
                operations: { charge: { idempotent: false, returns: { receipt: 7 } }, confirm: }
                faults: [ { from: 0s, to: 2s, errors: 100%, answer: 503 } ]
            policies: { guarded: [ { retry: { attempts: 4, backoff: exponential, base: 1s, jitter: none } } ] }
            flows:
              order:
                - call: { to: pay.charge, with: guarded, idempotencyKey: true, as: paid }
                - call: { to: pay.confirm, args: { receipt: $paid.receipt } }
            clients: { web: { flow: order, at: 0s } }
            """)
        #expect(trace.ends(.attemptFinished) == ["0 unavailable", "1000 unavailable", "3050 ok"])
        #expect(trace.all(.callSent).count == 4 && trace.ends() == ["3100 ok"])
    }

    /// SEMANTICS 2.14: k attempts per layer over L layers make k^L calls.
    @Test(arguments: [["a", "b", "c"], ["a", "a", "a"]])
    func threeLayersOfFourAttemptsMakeSixtyFourCalls(names: [String]) throws {
        let rule = "[ { retry: { attempts: 4, backoff: none } } ]"
        let trace = try rehearse(
            """
            duration: 60s
            backends: { db: { latency: { exponential: 50ms }, errors: 100% } }
            policies: { a: \(rule), b: \(rule), c: \(rule) }
            flows:
              page:
                - guard:
                    with: \(names[0])
                    do: [ { guard: { with: \(names[1]), do: [ { call: { to: db.run, with: \(names[2]) } } ] } } ]
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.all(.callSent).count == 64)
        // Each attempt draws its own latency.
        #expect(Set(trace.all(.serviceFinished).map(\.value)).count == 64)
        #expect(trace.all(.requestFinished).map(\.outcome) == [.failed])
    }

    // MARK: What is retried

    @Test(
        arguments: [
            ("404", "permanent"), ("400", "permanent"), ("401", "permanent"), ("403", "permanent"),
            ("409", "permanent"), ("500", "attempts"), ("503", "attempts"), ("429", "attempts"), ("reset", "attempts"),
        ])
    func onlyPassingFailuresAreRetried(answer: String, reason: String) throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 2, backoff: none } }", "\(Self.broken), answer: \(answer)", at: [0])
        #expect(trace.all(.retryGivenUp).map { trace.name($0.detail) } == [reason])
        #expect(trace.all(.callSent).count == (reason == "permanent" ? 1 : 2))
    }

    @Test func theListDecidesWhatIsRetried() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 3, backoff: none, on: [409] } }", "\(Self.broken), answer: 409", at: [0])
        #expect(trace.all(.callSent).count == 3)
    }

    @Test func timeoutsInsideAreRetried() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 2, backoff: constant, base: 1s, jitter: none } }, { timeout: 2s }", "latency: 3s",
            at: [0])
        #expect(trace.ends(.attemptFinished) == ["2000 timedOut", "5000 timedOut"])
        #expect(trace.times(.serviceFinished) == [3000, 6000])
    }

    @Test func aTimeoutOutsideEndsTheAttemptsAndTheWaits() throws {
        let waiting = try guardedCall(
            "{ timeout: 2s }, { retry: { attempts: 5, backoff: constant, base: 3s, jitter: none } }", Self.broken,
            at: [0])
        #expect(waiting.ends() == ["2000 timedOut"] && waiting.all(.callSent).count == 1)
        let calling = try guardedCall(
            "{ timeout: 2s }, { retry: { attempts: 5, backoff: none } }", "latency: 1500ms, errors: 100%", at: [0])
        #expect(calling.ends(.attemptFinished) == ["1500 failed", "2000 timedOut"])
        #expect(calling.all(.retryGivenUp).isEmpty && calling.ends() == ["2000 timedOut"])
    }

    @Test func whatMayHaveBeenDoneIsNotDoneAgain() throws {
        func calls(_ operation: String, _ fault: String, _ call: String = "") throws -> (Int, [String]) {
            let trace = try rehearse(
                """
                duration: 60s
                backends:
                  pay:
                    latency: 50ms
                    operations: { charge: { \(operation) } }
                    faults: [ { from: 0s, to: 1m, \(fault) } ]
                policies: { guarded: [ { retry: { attempts: 3, backoff: none } } ] }
                flows: { page: [ { call: { to: pay.charge, with: guarded\(call) } } ] }
                clients: { web: { flow: page, at: 0s } }
                """)
            return (trace.all(.callSent).count, trace.all(.retryGivenUp).map { trace.name($0.detail) })
        }
        let once = "idempotent: false"
        #expect(try calls(once, "errors: 100%") == (1, ["not idempotent"]))
        #expect(try calls(once, "errors: 100%", ", idempotencyKey: true") == (3, ["attempts"]))
        #expect(try calls("idempotent: true", "errors: 100%") == (3, ["attempts"]))
        #expect(try calls(once, "down: true") == (3, ["attempts"]))
    }

    @Test func stepsBeforeTheOneThatFailedCountToo() throws {
        let trace = try rehearse(
            """
            duration: 60s
            backends:
              pay: { latency: 50ms, operations: { charge: { idempotent: false } } }
              mail: { latency: 50ms, faults: [ { from: 0s, to: 60s, down: true } ] }
            policies: { guarded: [ { retry: { attempts: 3, backoff: none } } ] }
            flows: { page: [ { guard: { with: guarded, do: [ call: pay.charge, call: mail.send ] } } ] }
            clients: { web: { flow: page, at: 0s } }
            """)
        #expect(trace.all(.callSent, "pay").count == 1)
        #expect(trace.all(.retryGivenUp).map { trace.name($0.detail) } == ["not idempotent"])
    }

    @Test func retryAfterIsHonoured() throws {
        func waits(_ setting: String) throws -> [String] {
            try guardedCall(
                "{ retry: { attempts: 2, backoff: constant, base: 1s, jitter: none\(setting) } }",
                "\(Self.broken), answer: { status: 429, retryAfter: 7s }", at: [0]
            ).story(.attemptStarted, .retryScheduled)
        }
        let start = "0 attemptStarted guarded.retry"
        #expect(
            try waits("") == [start, "0 retryScheduled guarded.retry Retry-After", "7000 attemptStarted guarded.retry"])
        #expect(
            try waits(", retryAfter: ignore") == [
                start, "0 retryScheduled guarded.retry backoff", "1000 attemptStarted guarded.retry",
            ])
    }

    @Test func aWaitThatOutlastsTheDeadlineIsNotBegun() throws {
        let trace = try guardedCall(
            "{ deadline: 3s }, { retry: { attempts: 9, backoff: exponential, base: 2s, jitter: none } }", Self.broken,
            at: [0])
        #expect(trace.ends() == ["2100 failed"])
        #expect(trace.all(.retryGivenUp).map { trace.name($0.detail) } == ["deadline"])
    }

    // MARK: Draws

    @Test func aPolicyLeavesTheFirstAttemptsDrawsAsTheyWere() throws {
        func services(_ call: String) throws -> [RequestID: Int64] {
            let trace = try rehearse(
                """
                duration: 60s
                backends: { db: { latency: { exponential: 50ms }, errors: 40% } }
                policies:
                  guarded: [ { timeout: 10s }, { retry: { attempts: 3 } }, { breaker: { failures: 1000, open: 1s } } ]
                flows: { page: [ { call: \(call) } ] }
                clients: { web: { flow: page, arrivals: { poisson: 5/s } } }
                """)
            return Dictionary(trace.all(.serviceFinished).map { ($0.request, $0.value) }) { first, _ in first }
        }
        let plain = try services("db.run")
        #expect(try services("{ to: db.run, with: guarded }").filter { plain[$0.key] != $0.value }.isEmpty)
        #expect(plain.count > 200)
    }

    /// Another kind of jitter makes something else of the same draw.
    @Test func anotherJitterLeavesEveryoneTheirLuck() throws {
        func luck(_ jitter: String) throws -> [Double] {
            let trace = try guardedCall(
                "{ retry: { attempts: 5, backoff: exponential, base: 1s, jitter: \(jitter) } }", Self.broken, at: [0],
                count: 20)
            let (floors, ceilings) = (trace.all(.backoffFloor), trace.all(.backoffCeiling))
            var luck: [RequestID: [Double]] = [:]
            for (index, wait) in trace.all(.retryScheduled).enumerated() {
                let span = Double(ceilings[index].value - floors[index].value)
                luck[wait.request, default: []].append(Double(wait.value - floors[index].value) / span)
            }
            return luck.sorted { $0.key < $1.key }.flatMap(\.value)
        }
        let (some, full) = (try luck("20%"), try luck("full"))
        #expect(some.count == 80 && zip(some, full).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(Set(full).count == 80)
    }

    @Test func moreAttemptsHoldForWhoBeginsAfterwards() throws {
        let trace = try guardedCall(
            "{ retry: { attempts: 2, backoff: none } }", Self.broken, at: [0, 1000],
            interventions: [at(500, .set(path: "policies.guarded.retry.attempts", value: "3"))])
        #expect(trace.all(.attemptStarted).map(\.value) == [1, 2, 1, 2, 3])
        #expect(trace.all(.layerConfigured).filter { $0.time.nanoseconds > 0 }.map(\.value) == [3])
    }
}
