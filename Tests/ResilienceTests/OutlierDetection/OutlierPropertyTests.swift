import Resilience
import Testing

/// Random schedules: what no outlier detection may ever do.
@Suite struct OutlierPropertyTests {
    static func rules(_ profile: OutlierDetectionRules.Profile, _ dice: inout Dice) throws -> OutlierDetectionRules {
        let isEnvoy = profile == .envoy
        let enforcing = [0, 0.5, 1][dice.below(3)]
        return try OutlierDetectionRules(
            profile: profile, consecutive: isEnvoy && dice.oneIn(2) ? .init(dice.within(1...4)) : nil,
            gateway: isEnvoy && dice.oneIn(2) ? .init(dice.within(1...3), enforcing: enforcing) : nil,
            successRate: dice.oneIn(2) ? .init(deviations: 1, hosts: 2, requests: 3) : nil,
            failurePercentage: dice.oneIn(2) ? .init(threshold: 0.5, hosts: 1, requests: 2, enforcing: enforcing) : nil,
            interval: .seconds(dice.within(1...10)), base: .seconds(dice.within(1...20)), most: .seconds(60),
            jitter: isEnvoy && dice.oneIn(2) ? .seconds(3) : .zero,
            maxEjected: [0, 0.1, 0.34, 0.5, 1][dice.below(5)], alwaysEjectsOne: isEnvoy && dice.oneIn(3))
    }

    /// What the outside can know of a pool.
    struct Watch {
        let rules: OutlierDetectionRules
        var hosts: [Int: OutlierState] = [:]
        var since: [Int: Double] = [:]
        var problems: [String] = []

        mutating func require(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }

        var out: Int { since.count }

        mutating func saw(_ events: [OutlierEvent], at time: Double) {
            for case .changed(let move) in events {
                require(hosts[move.host] == move.from, "\(move): it was not there")
                let isListed = OutlierTransition.table.contains {
                    $0.from == move.from && $0.to == move.to && $0.reasons.contains(move.reason)
                }
                require(isListed, "\(move) is not in the table")
                require((move.ejectedFor != nil) == (move.to == .ejected), "\(move): for how long?")
                hosts[move.host] = move.to
                if move.to == .ejected {
                    ejected(move, at: time)
                } else {
                    since[move.host] = nil
                }
            }
        }

        private mutating func ejected(_ move: OutlierTransition, at time: Double) {
            let before = Double(out)
            let count = Double(hosts.count)
            switch rules.profile {
            case .envoy:
                let isAllowed = (before + 1) / count <= rules.maxEjected || rules.alwaysEjectsOne && before == 0
                require(isAllowed, "too many are out")
            case .grpc: require(before / count < rules.maxEjected, "too many are out")
            }
            since[move.host] = time
            require((move.ejectedFor ?? .zero) <= rules.most + rules.jitter, "out for too long")
            require((move.ejectedFor ?? .zero) >= rules.base, "out for too short a time")
        }

        /// Sweeps come to the instant here, so that nobody is out for longer than the most, jitter and an interval.
        mutating func check(at time: Double) {
            let longest = (rules.most + rules.jitter + rules.interval) / .seconds(1)
            for (host, start) in since { require(time - start <= longest, "\(host) is out for too long") }
        }
    }

    @Test(arguments: OutlierDetectionRules.Profile.allCases)
    func keepsItsRules(profile: OutlierDetectionRules.Profile) throws {
        for seed in UInt64(1)...80 {
            var dice = Dice(seed: seed)
            let rules = try Self.rules(profile, &dice)
            let count = dice.within(1...12)
            let pool = OutlierStand(rules, hosts: count)
            var watch = Watch(rules: rules)
            for host in 0..<count { watch.hosts[host] = .inService }
            var time = 0.0
            for _ in 0..<400 {
                let next = time + [0, 0, 0.1, 0.5, 2, 30][dice.below(6)]
                while let sweep = pool.nextSweep(at: time), sweep <= next {
                    watch.saw(pool.sweep(at: sweep), at: sweep)
                    watch.check(at: sweep)
                    time = sweep
                }
                time = next
                pool.draw = dice.draw()
                Self.step(pool, &watch, &dice, at: time)
                watch.require(pool.core.ejectedCount == watch.out, "it counts others")
                watch.require(pool.core.count == watch.hosts.count, "it counts other hosts")
                let states = watch.hosts.allSatisfy { pool.core.isEjected($0.key) == ($0.value == .ejected) }
                watch.require(states, "a change that was not told")
                watch.check(at: time)
            }
            #expect(watch.problems == [], "seed \(seed)")
        }
    }

    private static func step(_ pool: OutlierStand, _ watch: inout Watch, _ dice: inout Dice, at time: Double) {
        let host = dice.below(14)
        switch dice.below(40) {
        case 0:
            watch.hosts[pool.add()] = .inService
        case 1 where watch.hosts.count > 1:
            pool.remove(host)
            watch.hosts[host] = nil
            watch.since[host] = nil
        case 2: watch.saw(pool.passedCheck(host, at: time), at: time)
        default:
            // The first hosts fail more often.
            let result: OutlierResult = dice.below(14) < host ? .success : dice.oneIn(2) ? .failure : .gatewayFailure
            watch.saw(pool.record(result, by: host, at: time), at: time)
        }
    }

    /// Sweeps that nobody asked for in time bring the same, later.
    @Test(arguments: OutlierDetectionRules.Profile.allCases)
    func lateSweepsBringTheSame(profile: OutlierDetectionRules.Profile) throws {
        for seed in UInt64(1)...60 {
            var dice = Dice(seed: seed)
            let rules = try Self.rules(profile, &dice)
            let (left, right) = (OutlierStand(rules, hosts: 6), OutlierStand(rules, hosts: 6))
            (left.draw, right.draw) = (0.4, 0.4)
            var time = 0.0
            for _ in 0..<300 {
                let next = time + [0, 0.2, 1, 9, 400][dice.below(5)]
                while let sweep = left.nextSweep(at: time), sweep <= next {
                    left.sweep(at: sweep)
                    time = sweep
                }
                time = next
                let host = dice.below(6)
                let result: OutlierResult = dice.below(6) < host ? .success : .gatewayFailure
                left.record(result, by: host, at: time)
                right.record(result, by: host, at: time)
                #expect(left.snapshot(host, at: time) == right.snapshot(host, at: time), "seed \(seed), \(time) s")
            }
            #expect(left.events == right.events, "seed \(seed)")
        }
    }

    /// A century without calls is not swept through.
    @Test func idleSweepsCostNothing() throws {
        let pool = OutlierStand(try .consecutive(1), hosts: 3)
        pool.record(.failure, by: 0, at: 0)
        #expect(pool.nextSweep(at: 1) == 10)
        #expect(pool.record(.success, by: 1, at: 3_000_000_000).first?.comeback?.host == 0)
        #expect(pool.nextSweep(at: 3_000_000_001) == 3_000_000_010)
        pool.sweep(at: 3_000_000_010)
        #expect(pool.nextSweep(at: 3_000_000_011) == nil)
    }

    @Test func badRulesAreRefused() {
        let settings: [(OutlierDetectionRules.Consecutive?, Double, Duration, Duration)] = [
            (.init(0), 0.1, .seconds(1), .seconds(1)), (.init(1, enforcing: 1.1), 0.1, .seconds(1), .seconds(1)),
            (.init(1), -0.1, .seconds(1), .seconds(1)), (.init(1), .nan, .seconds(1), .seconds(1)),
            (.init(1), 1, .zero, .seconds(1)), (.init(1), 1, .seconds(1), .zero),
        ]
        for (consecutive, share, interval, base) in settings {
            #expect(throws: PolicyError.self) {
                try OutlierDetectionRules(
                    consecutive: consecutive, interval: interval, base: base, maxEjected: share)
            }
        }
        #expect(throws: PolicyError.self) { try OutlierDetectionRules(successRate: .init(deviations: -1)) }
        #expect(throws: PolicyError.self) { try OutlierDetectionRules(failurePercentage: .init(threshold: 1.01)) }
        #expect(throws: PolicyError.self) { try OutlierDetectionRules(jitter: .seconds(-1)) }
        #expect(throws: PolicyError.self) { try OutlierDetectionRules(profile: .grpc, alwaysEjectsOne: true) }
    }
}
