import Foundation
import Resilience
import Testing
import Trace

@Suite struct HedgeCoreTests {
    typealias Core = HedgeCore<VirtualTime>

    @Test func grpcA6_nextCopyGoesOutEachDelay() throws {
        var core = Core(try HedgeRules(after: .milliseconds(100), copies: 2))
        let first = core.startNext(at: .zero)
        #expect(first == 0 && core.due == .ms(100))
        let second = core.startNext(at: .ms(100))
        #expect(second == 1 && core.due == .ms(200))
        let third = core.startNext(at: .ms(200))
        #expect(third == 2 && core.due == nil)
    }

    @Test func grpcA6_nextCopyGoesOutAtOnceAfterANonFatalFailure() throws {
        var core = Core(try HedgeRules(after: .milliseconds(100), copies: 2))
        _ = core.startNext(at: .zero)
        #expect(core.finished(Failure(.status(503)), at: .ms(30)) == .startNext)
        _ = core.startNext(at: .ms(30))
        // The delay counts from the copy that went out last.
        #expect(core.due == .ms(130))
    }

    @Test func grpcA6_firstSuccessAndAnyFatalFailureDecide() throws {
        for result in [nil, Failure(.status(400))] {
            var core = Core(try HedgeRules(after: .milliseconds(100), copies: 2))
            _ = core.startNext(at: .zero)
            _ = core.startNext(at: .ms(100))
            #expect(core.finished(result, at: .ms(150)) == .decided)
            #expect(core.due == nil && core.running == 1)
        }
    }

    @Test func grpcA6_lastFailureDecidesWhenAllHaveFailed() throws {
        var core = Core(try HedgeRules(after: .milliseconds(100), copies: 1))
        _ = core.startNext(at: .zero)
        _ = core.startNext(at: .ms(100))
        #expect(core.finished(Failure(.timeout), at: .ms(150)) == .wait)
        #expect(core.finished(Failure(.timeout), at: .ms(160)) == .decided)
    }

    @Test func grpcA6_pushbackMovesTheNextCopyAndNegativeStopsThem() throws {
        var core = Core(try HedgeRules(after: .milliseconds(100), copies: 3))
        _ = core.startNext(at: .zero)
        #expect(core.finished(Failure(.status(503), retryAfter: .pushback(.seconds(2))), at: .ms(30)) == .wait)
        #expect(core.due == .ms(2030))
        _ = core.startNext(at: .ms(2030))
        _ = core.startNext(at: .ms(2130))
        #expect(core.finished(Failure(.status(503), retryAfter: .never), at: .ms(2140)) == .wait)
        #expect(core.due == nil)
        #expect(core.finished(Failure(.status(503)), at: .ms(2150)) == .decided)
    }

    @Test func grpcA6_maxAttemptsIsAtMostFive() throws {
        #expect(try HedgeRules.grpc(maxAttempts: 9).copies == 4)
        #expect(try HedgeRules.grpc(maxAttempts: 2).copies == 1)
    }

    @Test func pollyV8_oneMoreAttemptAfterTwoSeconds() throws {
        let rules = try HedgeRules.polly()
        #expect(rules.after == .seconds(2) && rules.copies == 1)
    }

    @Test func withoutBudgetTheRunningCopiesGoOn() throws {
        var core = Core(try HedgeRules(after: .milliseconds(100), copies: 3))
        _ = core.startNext(at: .zero)
        #expect(core.stop() == .wait && core.due == nil)
        #expect(core.finished(Failure(.timeout), at: .ms(500)) == .decided)
    }

    @Test func impossibleSettingsAreErrors() {
        #expect(throws: PolicyError.self) { try HedgeRules(after: .milliseconds(-1)) }
        #expect(throws: PolicyError.self) { try HedgeRules(after: .zero, copies: 0) }
        #expect(throws: PolicyError.self) { try HedgeRules.grpc(maxAttempts: 1) }
    }

    @Test func endlessDelayNeverOverflows() throws {
        var core = HedgeCore<ContinuousClock.Instant>(try HedgeRules(after: .seconds(Int64.max)))
        _ = core.startNext(at: .now)
        #expect(core.due != nil)
    }

    /// One copy after d, latencies with survival S: P(> t) = S(t) · S(t - d).
    @Test func derived_survivalIsTheProductOfBoth() throws {
        let (mean, delay, count) = (100.0, 80.0, 40_000)
        var dice = Dice(seed: 219)
        var latencies: [Double] = []
        for _ in 0..<count {
            var core = Core(try HedgeRules(after: .milliseconds(Int(delay))))
            _ = core.startNext(at: .zero)
            var ends = [-mean * log(1 - dice.draw())]
            if let due = core.due, due.milliseconds < ends[0] {
                _ = core.startNext(at: due)
                ends.append(due.milliseconds - mean * log(1 - dice.draw()))
            }
            let end = ends.min() ?? 0
            #expect(core.finished(nil, at: .milliseconds(end)) == .decided)
            latencies.append(end)
        }
        func survival(_ t: Double) -> Double { t <= 0 ? 1 : exp(-t / mean) }
        for t in [40.0, 80, 100, 150, 200, 300] {
            let measured = Double(latencies.count { $0 > t }) / Double(count)
            let expected = survival(t) * survival(t - delay)
            #expect(abs(measured - expected) < 4 * (expected * (1 - expected) / Double(count)).squareRoot(), "t = \(t)")
        }
    }

    /// Random schedules: never more copies than allowed, and always exactly one verdict.
    @Test func randomSchedulesSendNoMoreThanTheCopies() throws {
        var dice = Dice(seed: 17)
        let failures: [Failure?] = [
            nil, Failure(.timeout), Failure(.timeout), Failure(.status(503)), Failure(.status(404)),
            Failure(.status(503), retryAfter: .never), Failure(.status(503), retryAfter: .pushback(.milliseconds(50))),
        ]
        for _ in 0..<5000 {
            let copies = dice.within(1...4)
            var core = Core(try HedgeRules(after: .milliseconds(dice.below(100)), copies: copies))
            var now = VirtualTime.zero
            _ = core.startNext(at: now)
            var isDecided = false
            while !isDecided {
                try #require(core.running > 0 || core.due != nil)
                if let due = core.due, core.running == 0 || dice.oneIn(2) {
                    now = max(now, due)
                    _ = core.startNext(at: now)
                } else {
                    now = now.advanced(by: .milliseconds(dice.below(20)))
                    switch core.finished(failures[dice.below(failures.count)], at: now) {
                    case .startNext: _ = core.startNext(at: now)
                    case .wait: break
                    case .decided: isDecided = true
                    }
                }
                #expect(core.started <= copies + 1)
            }
        }
    }
}
