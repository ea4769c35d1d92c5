import Resilience
import Testing

/// HAProxy's checks, each test named after its rule.
@Suite struct HealthCheckTests {
    static func rules(
        _ onError: HealthCheckRules.Observing.OnError? = nil, start: HealthCheckRules.Start = .fullyUp
    ) throws -> HealthCheckRules {
        try HealthCheckRules(
            interval: .seconds(2), fastInterval: .milliseconds(500), downInterval: .seconds(8), start: start,
            observing: onError.map { .init(onError: $0) })
    }

    @Test func haproxy_defaults() throws {
        let rules = try HealthCheckRules()
        #expect(rules.interval == .seconds(2) && rules.timeout == .seconds(2) && rules.rise == 2 && rules.fall == 3)
        #expect(rules.fastInterval == nil && rules.downInterval == nil && rules.start == .up)
        #expect(HealthCheckRules.Observing().errors == 10 && HealthCheckRules.Observing().onError == .failCheck)
    }

    /// 0 to rise + fall - 1: success adds 1 and jumps to the top at rise, failure takes 1 away and drops to 0 below it.
    @Test func haproxy_counter() throws {
        var server = HealthCheckCore(try Self.rules())
        var seen: [Int] = []
        for isHealthy in [false, true, false, false, false, false, true, false, true, true, true] {
            server.record(isHealthy: isHealthy)
            seen.append(server.health)
        }
        #expect(seen == [3, 4, 3, 2, 0, 0, 1, 0, 1, 4, 4])
    }

    @Test func haproxy_tellsOfEachChange() throws {
        var server = HealthCheckCore(try Self.rules())
        let moves = [false, false, false, true, true].map { server.record(isHealthy: $0) }
        #expect(moves.map { $0?.to } == [nil, nil, .down, nil, .up])
        #expect(moves[2]?.reason == .check && moves[2]?.from == .up)
    }

    /// up: down at the first failure, though it takes three later on.
    @Test(arguments: [
        (HealthCheckRules.Start.fullyUp, 4, HealthState.up, 3, 0), (.up, 2, .up, 1, 0), (.down, 1, .down, 0, 1),
        (.fullyDown, 0, .down, 0, 2),
    ])
    func haproxy_start(
        start: HealthCheckRules.Start, health: Int, state: HealthState, failures: Int, successes: Int
    ) throws {
        let server = HealthCheckCore(try Self.rules(start: start))
        #expect(server.health == health && server.state == state)
        var (failing, passing) = (server, server)
        var count = 0
        while failing.state == .up { (_, count) = (failing.record(isHealthy: false), count + 1) }
        #expect(count == failures)
        count = 0
        while passing.state == .down { (_, count) = (passing.record(isHealthy: true), count + 1) }
        #expect(count == successes)
    }

    /// fastinter on the way, downinter at the bottom.
    @Test func haproxy_intervals() throws {
        var server = HealthCheckCore(try Self.rules())
        var seen = [server.nextInterval]
        for isHealthy in [false, false, false, true, true] {
            server.record(isHealthy: isHealthy)
            seen.append(server.nextInterval)
        }
        let (normal, fast, down) = (Duration.seconds(2), Duration.milliseconds(500), Duration.seconds(8))
        #expect(seen == [normal, fast, fast, down, fast, normal])
        var plain = HealthCheckCore(try HealthCheckRules(interval: .seconds(3)))
        for isHealthy in [false, true] {
            plain.record(isHealthy: isHealthy)
            #expect(plain.nextInterval == .seconds(3))
        }
    }

    /// Ten errors in a row; a success or a check that passes begins anew.
    @Test func haproxy_errorLimit() throws {
        var server = HealthCheckCore(try Self.rules(.failCheck))
        for _ in 0..<9 { server.observe(isHealthy: false) }
        server.observe(isHealthy: true)
        for _ in 0..<9 { server.observe(isHealthy: false) }
        server.record(isHealthy: true)
        for _ in 0..<9 { server.observe(isHealthy: false) }
        #expect(server.health == 4 && server.errors == 9)
        server.observe(isHealthy: false)
        #expect(server.health == 3 && server.errors == 0)
    }

    /// What ten errors do to a server that is at the top, and how many failed checks take it down then.
    @Test(arguments: [
        (HealthCheckRules.Observing.OnError.fastInterval, 4, 3), (.failCheck, 3, 2), (.suddenDeath, 2, 1),
        (.markDown, 0, 0),
    ])
    func haproxy_onError(onError: HealthCheckRules.Observing.OnError, health: Int, checksLeft: Int) throws {
        var server = HealthCheckCore(try Self.rules(onError))
        let moves = (0..<10).compactMap { _ in server.observe(isHealthy: false) }
        #expect(server.health == health)
        #expect(moves.map(\.reason) == (onError == .markDown ? [.errors] : []))
        #expect(server.nextInterval == (onError == .markDown ? .seconds(8) : .milliseconds(500)))
        var count = 0
        while server.state == .up { (_, count) = (server.record(isHealthy: false), count + 1) }
        #expect(count == checksLeft)
    }

    @Test func haproxy_withoutObservingErrorsSayNothing() throws {
        var server = HealthCheckCore(try Self.rules())
        for _ in 0..<99 { server.observe(isHealthy: false) }
        #expect(server.health == 4 && server.errors == 0)
    }

    /// The counter against what it stands for: so many in a row.
    @Test func haproxy_counterIsSoManyInARow() throws {
        for seed in UInt64(1)...200 {
            var dice = Dice(seed: seed)
            let (rise, fall) = (dice.within(1...5), dice.within(1...5))
            var server = HealthCheckCore(try HealthCheckRules(rise: rise, fall: fall, start: .fullyUp))
            var (state, streak) = (HealthState.up, 0)
            for _ in 0..<300 {
                let isHealthy = dice.oneIn(2)
                streak = isHealthy == (state == .up) ? 0 : streak + 1
                let isOver = streak == (state == .up ? fall : rise)
                if isOver { (state, streak) = (state == .up ? .down : .up, 0) }
                let move = server.record(isHealthy: isHealthy)
                #expect(server.state == state && (move != nil) == isOver && move?.to ?? state == state, "seed \(seed)")
                #expect((0...rise + fall - 1).contains(server.health))
            }
        }
    }

    @Test func badRulesAreRefused() {
        #expect(throws: PolicyError.self) { try HealthCheckRules(rise: 0) }
        #expect(throws: PolicyError.self) { try HealthCheckRules(fall: 0) }
        #expect(throws: PolicyError.self) { try HealthCheckRules(rise: .max, fall: .max) }
        #expect(throws: PolicyError.self) { try HealthCheckRules(interval: .zero) }
        #expect(throws: PolicyError.self) { try HealthCheckRules(downInterval: .zero) }
        #expect(throws: PolicyError.self) { try HealthCheckRules(observing: .init(errors: 0)) }
    }
}
