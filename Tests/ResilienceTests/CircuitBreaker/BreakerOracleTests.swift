import Resilience
import Testing

/// The same schedules of calls and times on Python's `pybreaker`.
@Suite struct BreakerOracleTests {
    enum Step: String, CaseIterable {
        case success, failure, ignored
        // By hand.
        case open, halfOpen, closed
    }

    struct Schedule {
        var failures: Int
        /// ms
        var open: Int
        var trials: Int
        /// At a time in microseconds.
        var steps: [(at: Int, step: Step)]
    }

    /// Times that often fall exactly on the end of a break, and on a microsecond to either side.
    static func schedule(_ dice: inout Dice) -> Schedule {
        let open = [1, 2, 5, 1000][dice.below(4)]
        var now = 0
        let failing = dice.below(10)
        let steps = (0..<40).map { _ in
            let whole = open * 1000
            now += [0, 0, 1, whole - 1, whole, whole + 1, whole / 2, 3 * whole][dice.below(8)]
            if dice.oneIn(40) { return (now, [Step.open, .halfOpen, .closed][dice.below(3)]) }
            if dice.oneIn(10) { return (now, Step.ignored) }
            return (now, dice.below(10) < failing ? Step.failure : .success)
        }
        return Schedule(failures: dice.within(1...6), open: open, trials: dice.within(1...3), steps: steps)
    }

    /// What a step did, the state after it, and the failures in a row.
    static func ours(_ schedule: Schedule) throws -> [String] {
        let rules = try CircuitBreakerRules.pybreaker(
            failures: schedule.failures, open: .milliseconds(schedule.open), trials: schedule.trials)
        let breaker = BreakerStand(rules)
        return schedule.steps.map { at, step in
            let time = Double(at) / 1000
            var did = "done"
            switch step {
            case .open: breaker.force(.open, at: time)
            case .halfOpen: breaker.force(.halfOpen, at: time)
            case .closed: breaker.force(.closed, at: time)
            case .success, .failure, .ignored:
                if let permit = breaker.admit(at: time), let result = CircuitBreakerResult(rawValue: step.rawValue) {
                    let trips = breaker.record(result, permit, at: time).transitions.contains { $0.to == .open }
                    let hides = trips && rules.profile.hidesTrippingFailure
                    did = hides ? "hidden" : result == .success ? "passed" : "failed"
                } else {
                    did = "rejected"
                }
            }
            return "\(did) \(breaker.state.rawValue) \(breaker.snapshot(at: time).failuresInARow)"
        }
    }

    static let script = """
        import sys, datetime, pybreaker
        now = [0]
        start = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
        class Clock(datetime.datetime):
            @classmethod
            def now(cls, tz=None): return start + datetime.timedelta(microseconds=now[0])
        pybreaker.datetime = Clock
        class Failure(Exception): pass
        class Ignored(Exception): pass
        names = {"open": "open", "closed": "closed", "half-open": "halfOpen"}
        for line in sys.stdin:
            word, *rest = line.split()
            if word == "new":
                failures, open, trials = map(int, rest)
                breaker = pybreaker.CircuitBreaker(fail_max=failures, reset_timeout=open / 1000,
                    success_threshold=trials, exclude=[Ignored])
                continue
            now[0], step, did, called = int(word), rest[0], "done", []
            def work():
                called.append(1)
                if step == "failure": raise Failure()
                if step == "ignored": raise Ignored()
            if step in ("success", "failure", "ignored"):
                try:
                    breaker.call(work)
                    did = "passed"
                except pybreaker.CircuitBreakerError: did = "hidden" if called else "rejected"
                except (Failure, Ignored): did = "failed"
            elif names[breaker.current_state] != step:
                {"open": breaker.open, "halfOpen": breaker.half_open, "closed": breaker.close}[step]()
            print(did, names[breaker.current_state], breaker.fail_counter)
        """

    @Test(.enabled(if: Python.isThere, "needs the Python that scripts/test prepares"), arguments: [UInt64(1), 2, 3])
    func agreesWithPybreaker(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let schedules = (0..<1000).map { _ in Self.schedule(&dice) }
        let input = schedules.map { schedule in
            "new \(schedule.failures) \(schedule.open) \(schedule.trials)\n"
                + schedule.steps.map { "\($0.at) \($0.step.rawValue)\n" }.joined()
        }.joined()
        let theirs = try Python.lines(Self.script, input: input)
        let ours = try schedules.flatMap { try Self.ours($0) }
        #expect(theirs.count == ours.count)
        let first = zip(ours, theirs).enumerated().first { $1.0 != $1.1 }
        let place = first.map { "schedule \($0.offset / 40), step \($0.offset % 40), \(schedules[$0.offset / 40])" }
        #expect(first == nil, "seed \(seed), \(place ?? "")")
        // The schedules reach everything.
        for word in ["hidden open", "rejected open", "passed closed", "passed halfOpen", "failed closed"] {
            #expect(ours.contains { $0.hasPrefix(word) }, "\(word)")
        }
    }
}
