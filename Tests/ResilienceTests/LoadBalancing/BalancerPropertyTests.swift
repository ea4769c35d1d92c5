import Testing

@testable import Resilience

/// Random schedules: what no algorithm may ever do.
@Suite struct BalancerPropertyTests {
    /// A balancer and, beside it, what a child could keep count of.
    struct Model {
        var weights: [Double]
        var isMember: [Bool]
        var isAvailable: [Bool]
        var pending: [Int]

        var eligible: [Int] {
            weights.indices.filter { isMember[$0] && isAvailable[$0] && weights[$0] > 0 }
        }
    }

    @Test(arguments: LoadBalancerAlgorithm.everyKind)
    func whoIsAwayIsNeverPicked(algorithm: LoadBalancerAlgorithm) throws {
        for seed in UInt64(1)...4 {
            var dice = Dice(seed: seed)
            let count = dice.below(6)
            let weights = (0..<count).map { _ in Double(dice.below(8)) / 2 }
            let stand = try BalancerStand(algorithm, weights: weights, seed: seed)
            let all = Array(repeating: true, count: count)
            var model = Model(
                weights: weights, isMember: all, isAvailable: all, pending: Array(repeating: 0, count: count))
            for step in 0..<700 {
                try Self.step(stand, &model, &dice, at: Double(step) * 7)
                #expect(stand.core.eligible == model.eligible)
                #expect(model.pending.indices.allSatisfy { stand.core.pending($0) == model.pending[$0] })
            }
        }
    }

    static func step(_ stand: BalancerStand, _ model: inout Model, _ dice: inout Dice, at time: Double) throws {
        let count = model.weights.count
        let server = dice.below(count + 1)
        switch dice.below(20) {
        case 0 where count < 12:
            let weight = Double(dice.below(5))
            #expect(try stand.add("s\(count + 1)", weight: weight, at: time) == count)
            model.weights.append(weight)
            model.isMember.append(true)
            model.isAvailable.append(true)
            model.pending.append(0)
        case 1 where model.eligible.count > 2 || dice.oneIn(8):
            // A number that was never given out changes nothing, here and below.
            stand.remove(server)
            if server < count { model.isMember[server] = false }
        case 2, 3:
            let isAvailable = !dice.oneIn(3)
            stand.setAvailable(server, isAvailable)
            if server < count { model.isAvailable[server] = isAvailable }
        case 4:
            let weight = Double(dice.below(9)) / 3
            stand.setWeight(server, weight)
            if server < count { model.weights[server] = weight }
        case 5...8:
            stand.finish(server, took: dice.oneIn(4) ? nil : dice.draw() * 500, at: time)
            if server < count { model.pending[server] = max(0, model.pending[server] - 1) }
        default:
            let key = dice.oneIn(5) ? nil : "user:\(dice.below(40))"
            let pick = stand.choose(key, at: time)
            #expect((pick == nil) == model.eligible.isEmpty)
            guard let pick else { return }
            #expect(model.eligible.contains(pick.server))
            #expect(pick.considered.allSatisfy { model.eligible.contains($0.server) })
            #expect(pick.considered.isEmpty || pick.considered.contains { $0.server == pick.server })
            stand.start(pick.server, at: time)
            model.pending[pick.server] += 1
        }
    }

    @Test(arguments: LoadBalancerAlgorithm.everyKind)
    func oneServerAndNone(algorithm: LoadBalancerAlgorithm) throws {
        let one = try BalancerStand(algorithm, count: 1)
        for _ in 0..<5 {
            #expect(one.pick("user:1") == 0)
            one.start(0)
        }
        one.setWeight(0, 0)
        #expect(one.pick("user:1") == nil)
        one.setWeight(0, .nan)
        #expect(one.pick("user:1") == nil)
        one.setWeight(0, .infinity)
        #expect(one.pick("user:1") == 0)
        one.remove(0)
        #expect(one.pick("user:1") == nil)
        #expect(one.core.pending(0) == 5)
        #expect(one.score(0) == nil)

        let none = try BalancerStand(algorithm, count: 0)
        #expect(none.pick("user:1") == nil)
        #expect(none.core.server(for: LoadBalancerKey("user:1")) == nil)
        #expect(try none.add("s1") == 0)
        #expect(none.pick("user:1") == 0)
    }

    /// The same servers, with the same draws, however they came to be there.
    @Test(arguments: LoadBalancerAlgorithm.everyKind)
    func changingThereAndBackKeepsServersAndRequests(algorithm: LoadBalancerAlgorithm) throws {
        let stand = try BalancerStand(.roundRobin, weights: [2, 1, 3])
        stand.start(1, times: 2)
        stand.setAvailable(2, false)
        try stand.change(algorithm)
        #expect(stand.core.algorithm == algorithm)
        #expect(stand.core.pending(1) == 2)
        for _ in 0..<20 { #expect(stand.pick("user:5") != 2) }
        stand.setAvailable(2, true)
        stand.remove(0)
        stand.remove(1)
        #expect(stand.pick("user:5") == 2)
    }

    /// Removing a server moves its keys alone, and so does its absence; bringing it back brings back the same keys.
    @Test(arguments: [LoadBalancerAlgorithm.nginxRing, .rendezvous])
    func onlyKeysOfWhoLeavesMove(algorithm: LoadBalancerAlgorithm) throws {
        for seed in UInt64(1)...5 {
            var dice = Dice(seed: seed)
            let weights = (0..<dice.within(2...10)).map { _ in Double(dice.within(1...3)) }
            let stand = try BalancerStand(algorithm, weights: weights)
            let leaver = dice.below(weights.count)
            let before = stand.owners(3000)
            stand.setAvailable(leaver, false)
            let meanwhile = stand.owners(3000)
            #expect(zip(before, meanwhile).allSatisfy { $0 == leaver ? $1 != leaver : $0 == $1 })
            stand.setAvailable(leaver, true)
            #expect(stand.owners(3000) == before)
            stand.remove(leaver)
            #expect(stand.owners(3000) == meanwhile)
            let back = try stand.add("s\(leaver + 1)", weight: weights[leaver])
            #expect(stand.owners(3000) == before.map { $0 == leaver ? back : $0 })
        }
    }

    /// A ring that was changed step by step is the ring that would be made anew.
    @Test func ring_changesLeaveNoTraces() throws {
        let stand = try BalancerStand(.nginxRing, weights: [1, 2, 3])
        stand.setWeight(1, 0.5)
        try stand.add("s4", weight: 2)
        stand.setWeight(0, 4)
        stand.remove(2)
        stand.setWeight(1, 2)
        stand.setWeight(0, 1)
        let changed = stand.owners(3000)
        try stand.change(.nginxRing)
        #expect(stand.owners(3000) == changed)
    }

    /// What the copy does, the original does not notice.
    @Test(arguments: LoadBalancerAlgorithm.everyKind)
    func aBalancerIsAValue(algorithm: LoadBalancerAlgorithm) throws {
        let stand = try BalancerStand(algorithm, weights: [3, 2, 1])
        let start = ContinuousClock.now
        var copies = [stand.core, stand.core]
        func picks(_ core: inout LoadBalancerCore<ContinuousClock.Instant>) -> [Int?] {
            var dice = Dice(seed: 9)
            return (0..<50).map { index in
                let pick = core.pick(key: LoadBalancerKey("k\(index)"), at: start) { dice.draw() }
                if let pick { core.started(pick.server, at: start) }
                return pick?.server
            }
        }
        let first = picks(&copies[0])
        #expect(picks(&copies[1]) == first)
        #expect(stand.core.pending(0) == 0)
    }

    @Test func badSettingsAreRefused() throws {
        let bad: [LoadBalancerAlgorithm] = [
            .ring(points: 0), .sizedRing(least: 0, most: 9), .sizedRing(least: 9, most: 8), .maglev(size: 8),
            .sizedRing(least: 9, most: 8_388_609), .choices(0), .leastRequest(choices: 0, bias: 1),
            .leastRequest(choices: 2, bias: -1), .leastRequest(choices: 2, bias: .nan), .ewma(decay: .zero),
            .peakEWMA(decay: .seconds(-1), initial: nil), .peakEWMA(decay: .seconds(1), initial: .zero),
        ]
        for algorithm in bad {
            #expect(throws: PolicyError.self) { try BalancerStand(algorithm, count: 2) }
            #expect(throws: PolicyError.self) { try BalancerStand(.random, count: 2).change(algorithm) }
        }
        for weight in [-1, .nan, .infinity, 1001] {
            #expect(throws: PolicyError.self) { try ServerRules("s1", weight: weight) }
        }
        #expect(throws: PolicyError.self) { try ServerRules("s1", maxFails: -1) }
        let twins = [try ServerRules("s1"), try ServerRules("s1")]
        #expect(throws: PolicyError("servers", "must have different names")) {
            try BalancerStand(.random, twins)
        }
    }
}
