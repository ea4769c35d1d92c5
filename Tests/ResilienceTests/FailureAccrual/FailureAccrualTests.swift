import Resilience
import Testing

/// The accrual of Linkerd and Finagle, each test named after its rule.
@Suite struct FailureAccrualTests {
    // MARK: 1.24 Linkerd

    @Test func linkerd_sevenFailuresInARow() throws {
        let host = AccrualStand(try .linkerd())
        host.record(.failure, 6, at: 0)
        host.record(.success, at: 0)
        host.record(.failure, 6, at: 0)
        #expect(host.core.state == .alive && host.isAvailable(at: 0))
        host.record(.failure, at: 0)
        #expect(host.moves.map(\.reason) == [.consecutive] && host.moves.last?.deadFor == .seconds(1))
        #expect(!host.isAvailable(at: 0.999) && host.isAvailable(at: 1))
    }

    /// 1 s doubled up to 60 s, each up to half as long again, but never longer than 60 s.
    @Test(arguments: [(0.0, [1.0, 2, 4, 8, 16, 32, 60, 60]), (0.5, [1.25, 2.5, 5, 10, 20, 40, 60, 60])])
    func linkerd_penaltiesAreExponentialWithJitter(draw: Double, waits: [Double]) throws {
        let host = AccrualStand(try .linkerd())
        host.draw = draw
        host.record(.failure, 7, at: 0)
        var time = 0.0
        for wait in waits {
            #expect(host.moves.last?.deadFor == .seconds(wait))
            time += wait
            host.started(at: time)
            host.record(.failure, at: time)
        }
    }

    /// One request; success reopens traffic, and the next penalty is the first one again.
    @Test func linkerd_oneProbationaryRequest() throws {
        let host = AccrualStand(try .linkerd())
        host.record(.failure, 7, at: 0)
        #expect(host.timeToTick(at: 0.25) == .milliseconds(750))
        host.started(at: 1)
        #expect(host.core.state == .onTrial && !host.isAvailable(at: 1))
        host.record(.success, at: 2)
        #expect(host.core.state == .alive && host.moves.last?.reason == .trial)
        host.record(.failure, 7, at: 3)
        #expect(host.moves.last?.deadFor == .seconds(1))
    }

    @Test func linkerd_aDeadHostTakesNoNoticeOfAnswers() throws {
        let host = AccrualStand(try .linkerd(failures: 2))
        host.record(.failure, 2, at: 0)
        host.record(.success, at: 0.5)
        host.record(.failure, 9, at: 0.5)
        #expect(host.core.state == .dead && host.core.failuresInARow == 2 && host.moves.count == 1)
    }

    /// On probation the first answer decides, even one of a call that was sent long before.
    @Test(arguments: [CircuitBreakerResult.success, .failure])
    func linkerd_aLateAnswerDecidesOnProbation(result: CircuitBreakerResult) throws {
        let host = AccrualStand(try .linkerd(failures: 2))
        host.record(.failure, 2, at: 0)
        host.record(result, at: 1)
        #expect(host.core.state == (result == .success ? .alive : .dead))
        #expect(host.moves.last?.deadFor == (result == .success ? nil : .seconds(2)))
    }

    // MARK: 1.24 Finagle

    @Test func finagle_fiveFailuresInARow() throws {
        let host = AccrualStand(try .finagle())
        host.record(.failure, 4, at: 0)
        host.record(.success, at: 0)
        host.record(.failure, 4, at: 0)
        #expect(host.core.state == .alive)
        host.record(.failure, at: 0)
        #expect(host.moves.map(\.reason) == [.consecutive] && host.moves.last?.deadFor == .seconds(5))
    }

    /// 5 s, then half of the doubled time and up to as much again, at most 300 s.
    @Test(arguments: [
        (0.0, [5.0, 5, 10, 20, 40, 80, 160, 300, 300]), (0.5, [5, 7.5, 15, 30, 60, 120, 240, 300, 300]),
    ])
    func finagle_penaltiesAreEquallyJittered(draw: Double, waits: [Double]) throws {
        let host = AccrualStand(try .finagle(successRate: nil))
        host.draw = draw
        host.record(.failure, 5, at: 0)
        var time = 0.0
        for wait in waits {
            #expect(host.moves.last?.deadFor == .seconds(wait))
            time += wait
            host.started(at: time)
            host.record(.failure, at: time)
        }
    }

    /// Nothing is decided before the window has passed, however low the rate.
    @Test func finagle_successRateNeedsTheWholeWindow() throws {
        let host = AccrualStand(try .finagle(consecutive: nil))
        for second in 0..<30 { host.record(.failure, at: Double(second)) }
        #expect(host.core.state == .alive && host.core.successRate == 0)
        host.record(.failure, at: 29.999)
        #expect(host.core.state == .alive)
        host.record(.failure, at: 30)
        #expect(host.moves.map(\.reason) == [.successRate])
    }

    @Test(arguments: [(4, false), (5, true)])
    func finagle_successRateNeedsFiveCalls(calls: Int, isDead: Bool) throws {
        let host = AccrualStand(try .finagle(consecutive: nil))
        host.record(.failure, at: 1)
        // The first is out of the window by then.
        host.record(.failure, calls, at: 70)
        #expect((host.core.state == .dead) == isDead)
    }

    /// A host that fails everything is dead after 30 s · (1 - 0.8), or a little more: e^(-t/30) = 0.8 at 6.69 s.
    @Test func finagle_averageMovesWithTime() throws {
        let host = AccrualStand(try .finagle(consecutive: nil))
        for second in 0...60 { host.record(.success, at: Double(second)) }
        #expect(host.core.successRate == 1)
        var time = 60.0
        while host.core.state == .alive, time < 100 {
            time += 0.1
            host.record(.failure, at: time)
        }
        #expect(abs(time - 66.7) < 0.051)
    }

    /// Both tests have waits of their own; the longer one holds.
    @Test func finagle_theLongerPenaltyHolds() throws {
        let host = AccrualStand(try .finagle())
        host.record(.failure, at: 2)
        host.record(.failure, 4, at: 31)
        #expect(host.moves.last?.reason == .successRate && host.moves.last?.deadFor == .seconds(5))
        for (time, draws, wait) in [(36.0, [0.5, 0], 7.5), (44, [0, 0.5], 15)] {
            host.started(at: time)
            host.draws = draws
            host.record(.failure, at: time)
            #expect(host.moves.last?.deadFor == .seconds(wait))
        }
    }

    /// A success that comes from a dead host ends its run, so that its failed trial decides nothing.
    @Test func finagle_successesCountWhileDead() throws {
        let host = AccrualStand(try .finagle(successRate: nil))
        host.record(.failure, 5, at: 0)
        host.record(.success, at: 1)
        #expect(host.core.state == .dead && host.core.failuresInARow == 0)
        host.started(at: 5)
        host.record(.failure, at: 6)
        #expect(host.core.state == .probing && host.moves.last?.reason == .undecided)
    }

    @Test func finagle_lateFailuresDoNotDecideOnProbation() throws {
        let host = AccrualStand(try .finagle(successRate: nil))
        host.record(.failure, 5, at: 0)
        host.record(.failure, 9, at: 1)
        #expect(host.core.failuresInARow == 5)
        host.record(.failure, at: 5)
        #expect(host.core.state == .probing)
        host.record(.success, at: 5)
        #expect(host.core.state == .probing, "nor late successes")
    }

    @Test func finagle_aTrialThatSaysNothingIsFollowedByAnother() throws {
        let host = AccrualStand(try .finagle(successRate: nil))
        host.record(.failure, 5, at: 0)
        host.started(at: 5)
        host.record(.ignored, at: 6)
        #expect(host.core.state == .probing && host.isAvailable(at: 6))
        host.started(at: 6)
        host.record(.success, at: 7)
        #expect(host.core.state == .alive && host.core.failuresInARow == 0)
    }

    @Test func badRulesAreRefused() throws {
        #expect(throws: PolicyError.self) { try FailureAccrualRules(profile: .finagle, penalty: .none) }
        #expect(throws: PolicyError.self) { try FailureAccrualRules.linkerd(failures: 0) }
        #expect(throws: PolicyError.self) { try FailureAccrualRules.linkerd(jitter: 1.1) }
        #expect(throws: PolicyError.self) { try FailureAccrualRules.finagle(successRate: .init(required: 1.5)) }
        #expect(throws: PolicyError.self) { try FailureAccrualRules.finagle(successRate: .init(window: .zero)) }
    }

    /// Random schedules: every change is in the table and told, and nobody is dead for longer than the longest penalty.
    @Test(arguments: FailureAccrualRules.Profile.allCases)
    func keepsItsRules(profile: FailureAccrualRules.Profile) throws {
        for seed in UInt64(1)...100 {
            var dice = Dice(seed: seed)
            let rules: FailureAccrualRules =
                profile == .linkerd
                ? try .linkerd(failures: dice.within(1...4))
                : try .finagle(consecutive: dice.oneIn(2) ? dice.within(1...4) : nil, max: .seconds(60))
            let host = AccrualStand(rules)
            var (time, state, deadSince, seen) = (0.0, FailureAccrualState.alive, 0.0, 0)
            var problems: [String] = []
            for _ in 0..<500 {
                time += [0, 0, 0.5, 2, 20][dice.below(5)]
                host.draw = dice.draw()
                switch dice.below(4) {
                case 0: if host.isAvailable(at: time) { host.started(at: time) }
                case 1: host.record(.success, at: time)
                case 2: host.record(.failure, at: time)
                default: host.record(CircuitBreakerResult.allCases[dice.below(3)], at: time)
                }
                for move in host.moves[seen...] {
                    let isListed = FailureAccrualTransition.table.contains {
                        $0.from == move.from && $0.to == move.to && $0.reasons.contains(move.reason)
                    }
                    if !isListed || move.from != state { problems.append("\(move) from \(state)") }
                    if (move.deadFor != nil) != (move.to == .dead) { problems.append("\(move): for how long?") }
                    if let length = move.deadFor, length > .seconds(60) { problems.append("\(move) is too long") }
                    state = move.to
                    if state == .dead { deadSince = time }
                }
                seen = host.moves.count
                if state != host.core.state { problems.append("a change that was not told") }
                if state == .dead, time - deadSince > 60 { problems.append("dead for too long") }
            }
            #expect(problems == [], "seed \(seed)")
        }
    }
}

/// A host under test: times are seconds since it was made.
final class AccrualStand {
    private static let start = ContinuousClock.now
    private(set) var core: FailureAccrualCore<ContinuousClock.Instant>
    private(set) var moves: [FailureAccrualTransition] = []
    /// What is drawn, again and again.
    var draw = 0.0
    /// What is drawn before that.
    var draws: [Double] = []

    init(_ rules: FailureAccrualRules) { core = FailureAccrualCore(rules, at: Self.start) }

    static func instant(_ seconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: seconds * 1000))
    }

    func record(_ result: CircuitBreakerResult, _ times: Int = 1, at time: Double) {
        for _ in 0..<times {
            moves += core.record(result, at: Self.instant(time)) { draws.isEmpty ? draw : draws.removeFirst() }
        }
    }

    func started(at time: Double) { moves += core.started(at: Self.instant(time)) }
    func isAvailable(at time: Double) -> Bool { core.isAvailable(at: Self.instant(time)) }
    func timeToTick(at time: Double) -> Duration? { core.timeToTick(at: Self.instant(time)) }
}
