import Resilience
import Testing

/// Random schedules in every profile: what no breaker may ever do.
@Suite struct BreakerPropertyTests {
    static func rules(_ profile: CircuitBreakerProfile, _ dice: inout Dice) throws -> CircuitBreakerRules {
        let hasMany = [.permits, .successes, .serial].contains(profile.trials)
        let open: CircuitBreakerBreak =
            dice.oneIn(2) ? .fixed(.seconds(1)) : .growing(first: .seconds(1), factor: 1.5, most: .seconds(9))
        let isRatio = dice.oneIn(2)
        let window: CircuitBreakerRules.Window = dice.oneIn(2) ? .count(dice.within(1...9)) : .time(.seconds(3))
        let trip: CircuitBreakerRules.Trip =
            isRatio
            ? .ratio(Double(dice.within(1...10)) / 10, minimum: dice.within(2...8)) : .consecutive(dice.within(1...4))
        return try CircuitBreakerRules(
            profile: profile, trip: trip,
            window: isRatio ? window : nil,
            slow: isRatio && dice.oneIn(2) ? .init(after: .milliseconds(10), ratio: 0.5) : nil, open: open,
            trials: hasMany ? dice.within(1...4) : 1, maxHalfOpen: dice.oneIn(3) ? .seconds(2) : nil,
            halfOpensByItself: dice.oneIn(3), tick: profile == .envoy ? .seconds(1) : nil)
    }

    struct Call {
        var permit: CircuitBreakerPermit
        var state: CircuitBreakerState
    }

    @Test(arguments: CircuitBreakerProfile.allCases)
    func keepsItsRules(profile: CircuitBreakerProfile) throws {
        for seed in UInt64(1)...60 {
            var dice = Dice(seed: seed)
            let breaker = BreakerStand(try Self.rules(profile, &dice))
            var watch = Watch(breaker.core.rules)
            var time = 0.0
            var inFlight: [Call] = []
            for _ in 0..<300 {
                time += [0, 0, 1, 50, 500, 1000, 2500][dice.below(7)]
                let seen = breaker.transitions.count
                switch dice.below(20) {
                case 0: breaker.tick(at: time)
                case 1: breaker.read(at: time)
                case 2 where dice.oneIn(4):
                    breaker.force(CircuitBreakerState.allCases[dice.below(6)], at: time)
                case 3...11:
                    let permit = breaker.admit(at: time)
                    watch.saw(breaker.transitions[seen...])
                    if let permit {
                        watch.require(![.open, .forcedOpen].contains(breaker.state), "open, and lets one through")
                        watch.require(permit.isTrial == (breaker.state == .halfOpen), "a trial is one when half-open")
                        inFlight.append(Call(permit: permit, state: breaker.state))
                        if permit.isTrial { watch.admitted() }
                    } else {
                        let lets = [CircuitBreakerState.closed, .disabled, .metricsOnly].contains(breaker.state)
                        watch.require(!lets, "closed, and turns one away")
                    }
                default:
                    guard !inFlight.isEmpty else { break }
                    let call = inFlight.remove(at: dice.below(inFlight.count))
                    let result = CircuitBreakerResult.allCases[dice.below(3)]
                    let before = breaker.snapshot(at: time)
                    let record = breaker.record(
                        result, call.permit, took: .milliseconds(dice.below(20)), at: time)
                    watch.recorded(result, call.permit, record, before)
                }
                if breaker.transitions.count > seen { watch.saw(breaker.transitions[seen...]) }
                watch.require(breaker.state == watch.state, "a change that was not told")
                watch.check(breaker.snapshot(at: time))
            }
            #expect(watch.problems == [], "seed \(seed)")
        }
    }

    /// What the outside can know of a breaker.
    struct Watch {
        let rules: CircuitBreakerRules
        var state = CircuitBreakerState.closed
        private var seen = 0
        private var trials = 0
        private(set) var problems: [String] = []

        init(_ rules: CircuitBreakerRules) { self.rules = rules }

        mutating func require(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }

        mutating func saw(_ transitions: ArraySlice<CircuitBreakerTransition>) {
            for (index, transition) in zip(transitions.indices, transitions) where index >= seen {
                seen = index + 1
                require(transition.from == state, "a step is left out")
                let isListed = CircuitBreakerTransition.table.contains {
                    $0.from == transition.from && $0.to == transition.to && $0.reasons.contains(transition.reason)
                }
                require(isListed || transition.reason == .forced, "\(transition) is not in the table")
                require((transition.openFor != nil) == (transition.to == .open), "\(transition): for how long?")
                state = transition.to
                if state == .halfOpen { trials = 0 }
            }
        }

        /// A half-open breaker never admits more than its permits (Polly 7: one more each period).
        mutating func admitted() {
            trials += 1
            if rules.profile != .pollyV7 { require(trials <= rules.trials, "more trials than it has") }
        }

        mutating func recorded(
            _ result: CircuitBreakerResult, _ permit: CircuitBreakerPermit, _ record: CircuitBreakerRecord,
            _ before: CircuitBreakerSnapshot
        ) {
            // Given back: an ignored trial of these trials.
            if result == .ignored, permit.isTrial, rules.profile.ignoredResults == .nothing { trials -= 1 }
            if rules.profile == .pybreaker || rules.profile == .gobreaker, record.counted == nil {
                let byTime = record.transitions.allSatisfy { $0.reason == .elapsed || $0.reason == .overdue }
                require(byTime, "a result that does not count changes the state")
            }
        }

        mutating func check(_ snapshot: CircuitBreakerSnapshot) {
            let sum = snapshot.cells.reduce(into: CircuitBreakerCell()) {
                $0.calls += $1.calls
                $0.failures += $1.failures
                $0.slow += $1.slow
            }
            require(sum == snapshot.window, "the cells are not the window")
            require(snapshot.window.failures <= snapshot.window.calls, "more failures than calls")
            require(snapshot.failuresInARow >= 0 && snapshot.trialsStarted >= 0, "below zero")
            require((snapshot.timeLeft != nil) == (snapshot.state == .open), "time left of what is not open")
        }
    }

    /// Two that get the same schedule do the same, whoever looks at them in between.
    @Test(arguments: CircuitBreakerProfile.allCases)
    func lookingChangesNothing(profile: CircuitBreakerProfile) throws {
        for seed in UInt64(1)...15 {
            var dice = Dice(seed: seed)
            let rules = try CircuitBreakerRules(
                profile: profile, trip: .ratio(0.5, minimum: 3), window: .time(.seconds(3)), open: .fixed(.seconds(2)),
                tick: profile == .envoy ? .seconds(1) : nil)
            let (left, right) = (BreakerStand(rules), BreakerStand(rules))
            var time = 0.0
            for _ in 0..<400 {
                time += Double(dice.below(700))
                _ = right.snapshot(at: time)
                _ = right.timeToTick(at: time)
                // A tick only does what the next call does anyway.
                right.tick(at: time)
                let result = CircuitBreakerResult.allCases[dice.below(3)]
                let passed = (left.call(result, at: time), right.call(result, at: time))
                if passed.0 != passed.1 || left.snapshot(at: time) != right.snapshot(at: time) {
                    Issue.record("seed \(seed), \(time) ms")
                }
            }
            #expect(left.transitions == right.transitions)
        }
    }

    /// gobreaker: a result counts only in the generation in which its call was let through.
    @Test func gobreaker_resultsOfAnotherGenerationNeverCount() throws {
        for seed in UInt64(1)...100 {
            var dice = Dice(seed: seed)
            let breaker = BreakerStand(try .gobreaker(failures: 2, interval: .seconds(2), open: .seconds(1), trials: 2))
            var inFlight: [(permit: CircuitBreakerPermit, changes: Int, interval: Int)] = []
            var (time, sinceClosed) = (0.0, 0.0)
            var seen = 0
            func interval() -> Int { max(0, Int(((time - sinceClosed) / 2000).rounded(.up)) - 1) }
            for _ in 0..<300 {
                time += Double(dice.below(900))
                let call = !inFlight.isEmpty && dice.oneIn(2) ? inFlight.remove(at: dice.below(inFlight.count)) : nil
                if let call {
                    breaker.tick(at: time)
                    let isCurrent =
                        call.changes == breaker.transitions.count
                        && (breaker.state != .closed || call.interval == interval())
                    let record = breaker.record(dice.oneIn(2) ? .failure : .success, call.permit, at: time)
                    if (record.counted != nil) != isCurrent { Issue.record("seed \(seed), \(time) ms") }
                } else if let permit = breaker.admit(at: time) {
                    if breaker.transitions.count > seen, breaker.state == .closed { sinceClosed = time }
                    inFlight.append((permit, breaker.transitions.count, interval()))
                }
                if breaker.transitions.count > seen {
                    seen = breaker.transitions.count
                    if breaker.state == .closed { sinceClosed = time }
                }
            }
        }
    }
}
