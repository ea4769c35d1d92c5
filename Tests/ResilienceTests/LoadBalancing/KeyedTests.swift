import Testing

@testable import Resilience

/// Algorithms in which the key decides.
@Suite struct KeyedTests {
    // MARK: ip_hash

    /// h = (h · 113 + octet) mod 6271, from 89: worked out by hand.
    @Test func nginx_ipHashOfThreeOctets() {
        #expect(IPHashBalancer.hash(LoadBalancerKey("192.168.1.7")) == 154)
        #expect(IPHashBalancer.hash(LoadBalancerKey("192.168.1.250")) == 154)
        #expect(IPHashBalancer.hash(LoadBalancerKey("10.0.0.1")) == 2565)
        #expect(IPHashBalancer.hash(LoadBalancerKey("192.168.1.7"), from: 154) == 5654)
    }

    /// 154 mod 6 = 4, behind the first server's 3; 2565 mod 6 = 3.
    @Test func nginx_ipHashIsAPlaceInTheSumOfWeights() throws {
        let stand = try BalancerStand(.ipHash, weights: [3, 2, 1])
        #expect(stand.pick("192.168.1.7") == 1)
        #expect(stand.pick("10.0.0.1") == 1)
        stand.setWeight(0, 4)
        // 154 mod 7 = 0, 2565 mod 7 = 3.
        #expect(stand.pick("192.168.1.7") == 0)
        #expect(stand.pick("10.0.0.1") == 0)
    }

    /// nginx knows whole weights only. Neighbouring networks have neighbouring hashes.
    @Test func fractionsOfWeightsHaveTheirShareOfTheHashes() throws {
        let stand = try BalancerStand(.ipHash, weights: [0.5, 0.25, 0.25])
        let picks = (0..<250).map { stand.pick("10.0.\($0).1") ?? -1 }
        #expect(stand.pick("192.168.1.7") == 0)
        for (server, share) in [0.5, 0.25, 0.25].enumerated() {
            #expect(abs(Double(picks.count { $0 == server }) / 250 - share) < 0.1)
        }
    }

    /// 154 mod 2 = 0 and then 5654 mod 2 = 0: a third try is needed.
    @Test func nginx_ipHashHashesAgainPastOneThatIsDown() throws {
        let stand = try BalancerStand(.ipHash, count: 2)
        #expect(stand.pick("192.168.1.7") == 0)
        stand.setAvailable(0, false)
        #expect(stand.names(1).isEmpty == false)
        #expect(stand.pick("192.168.1.7") == 1)
        stand.setAvailable(0, true)
        #expect(stand.pick("192.168.1.7") == 0)
    }

    /// With one of a thousand left, 21 tries miss it, and round robin finds it.
    @Test func nginx_ipHashFallsBackToRoundRobinAfter20Tries() throws {
        let stand = try BalancerStand(.ipHash, count: 1000)
        for server in 0..<998 { stand.setAvailable(server, false) }
        #expect(stand.core.server(for: LoadBalancerKey("10.0.0.1")) == nil)
        #expect((0..<4).map { _ in stand.pick("10.0.0.1") } == [998, 999, 998, 999])
    }

    // MARK: Modulo

    @Test func modulo_hashModuloServers() throws {
        let stand = try BalancerStand(.modulo, count: 7)
        for key in ["", "a", "user:7"] { #expect(stand.pick(key) == Int(XXHash64.hash(key) % 7)) }
        stand.setAvailable(2, false)
        #expect(stand.pick("a") == [0, 1, 3, 4, 5, 6][Int(XXHash64.hash("a") % 6)])
    }

    /// A key stays when its hash has the same remainder by n and by n + 1: one in n + 1.
    @Test func modulo_nearlyAllKeysMove() throws {
        let stand = try BalancerStand(.modulo, count: 9)
        let before = stand.owners(20_000)
        try stand.add("s10")
        let stay = zip(before, stand.owners(20_000)).count { $0 == $1 }
        #expect((1800...2200).contains(stay), "\(stay)")
    }

    // MARK: Ring

    /// Points by Python's zlib.
    @Test func nginx_ringPointsAreCRC32OfHostPortAndThePointBefore() {
        #expect(RingBalancer.hashes(of: "10.0.0.1:8080", count: 3) == [0xF1EA_5A8F, 0x4BD0_8E68, 0x84E5_EEEE])
        #expect(RingBalancer.hashes(of: "s1", count: 2) == [0x8FCA_C1C0, 0x25F8_72C4])
    }

    /// Owners by a ring of Python's zlib and bisect.
    @Test func nginx_ringSends160PointsForEachUnitOfWeight() throws {
        let names = [("10.0.0.1:8080", 1.0), ("10.0.0.2:8080", 2), ("cache", 1)]
        let stand = try BalancerStand(.nginxRing, names.map { try ServerRules($0.0, weight: $0.1) })
        #expect(stand.owners(12) == [0, 2, 0, 0, 0, 1, 1, 2, 1, 2, 1, 1])
        let counts = stand.owners(10_000).reduce(into: [0, 0, 0]) { if let owner = $1 { $0[owner] += 1 } }
        #expect(counts == [2742, 4984, 2274])
    }

    /// Envoy and gRPC: the lightest one's points are whole, others are rounded in sum.
    @Test func envoy_ringSizes() {
        #expect(SizedRingBalancer.counts(Array(repeating: 1, count: 10), least: 1024, most: 4096).reduce(0, +) == 1030)
        #expect(SizedRingBalancer.counts([1, 2], least: 1024, most: 8_388_608) == [342, 684])
        #expect(SizedRingBalancer.counts([1, 1, 1, 1], least: 6, most: 6) == [2, 1, 2, 1])
        #expect(SizedRingBalancer.counts([1, 9999], least: 1024, most: 4096).reduce(0, +) == 4096)
        #expect(SizedRingBalancer.counts([], least: 1, most: 1) == [])
        #expect(LoadBalancerAlgorithm.grpcRing == .sizedRing(least: 1024, most: 4096))
        #expect(LoadBalancerAlgorithm.envoyRing == .sizedRing(least: 1024, most: 8_388_608))
    }

    /// One key in n + 1 moves, to the new one, give or take what a ring's unevenness does.
    @Test(arguments: [LoadBalancerAlgorithm.nginxRing, .rendezvous, .envoyMaglev])
    func consistent_oneInNKeysMoves(algorithm: LoadBalancerAlgorithm) throws {
        let stand = try BalancerStand(algorithm, count: 9)
        let before = stand.owners(20_000)
        let new = try stand.add("s10")
        let after = stand.owners(20_000)
        let moved = zip(before, after).count { $0 != $1 }
        #expect((1400...2900).contains(moved), "\(moved)")
        let strays = zip(before, after).count { $0 != $1 && $1 != new }
        #expect(strays <= (algorithm == .envoyMaglev ? 700 : 0), "\(strays)")
    }

    /// The others have 103 points each instead of 114: a tenth of their keys moves too.
    @Test func envoy_ringMovesMoreWhereItsSizeChanges() throws {
        let stand = try BalancerStand(.envoyRing, count: 9)
        let before = stand.owners(20_000)
        let new = try stand.add("s10")
        let after = stand.owners(20_000)
        #expect((1600...2400).contains(after.count { $0 == new }))
        #expect((1000...1900).contains(zip(before, after).count { $0 != $1 && $1 != new }))
    }

    // MARK: Rendezvous

    @Test func rendezvous_highestHashOfKeyAndName() throws {
        let stand = try BalancerStand(.rendezvous, count: 20)
        for key in 0..<100 {
            let hash = XXHash64.hash("user:\(key)")
            let best = (0..<20).max {
                XXHash64.hash(hash, seed: XXHash64.hash("s\($0 + 1)"))
                    < XXHash64.hash(hash, seed: XXHash64.hash("s\($1 + 1)"))
            }
            #expect(stand.pick("user:\(key)") == best)
        }
    }

    @Test func rendezvous_sharesByWeight() throws {
        let stand = try BalancerStand(.rendezvous, weights: [1, 2, 5])
        let owners = stand.owners(40_000)
        for (server, share) in [(0, 0.125), (1, 0.25), (2, 0.625)] {
            let count = Double(owners.count { $0 == server })
            #expect(abs(count - 40_000 * share) < 5 * (40_000 * share * (1 - share)).squareRoot())
        }
        // More weight takes keys from the others, and gives none away.
        stand.setWeight(0, 2)
        #expect(zip(owners, stand.owners(40_000)).allSatisfy { $0 == $1 || $1 == 0 })
        // And equal weights are the same as none.
        stand.setWeight(2, 2)
        #expect(stand.owners(2000) == (try BalancerStand(.rendezvous, count: 3)).owners(2000))
    }

    // MARK: Weights

    /// Whoever says that it heeds weights gives more to one that has more, and nobody else does.
    @Test(arguments: LoadBalancerAlgorithm.everyKind) func weightsCountWhereTheAlgorithmSaysSo(
        algorithm: LoadBalancerAlgorithm
    ) throws {
        let stand = try BalancerStand(algorithm, weights: [1, 9])
        var picks: [Int] = []
        for request in 0..<2000 {
            let key = "10.\(request / 250).\(request % 250).1"
            picks.append(try #require(stand.pick(key, at: Double(request))))
            // What load says about weights shows while requests are on their way.
            stand.start(picks[request], at: Double(request))
            if request >= 40 { stand.finish(picks[request - 40], took: 40, at: Double(request)) }
        }
        let counts = [0, 1].map { server in picks.count { $0 == server } }
        #expect((counts[1] > 1400) == algorithm.usesWeights, "\(counts)")
    }

    // MARK: Without a key

    @Test func envoy_withoutAKeyAnyoneIsPicked() throws {
        for algorithm in LoadBalancerAlgorithm.everyKind where algorithm.usesKeys {
            #expect(Set(try BalancerStand(algorithm, count: 4).picks(100)) == [0, 1, 2, 3], "\(algorithm)")
        }
    }

    // MARK: Who owns what

    @Test(arguments: LoadBalancerAlgorithm.everyKind) func ownersShareTheKeySpace(
        algorithm: LoadBalancerAlgorithm
    ) throws {
        let stand = try BalancerStand(algorithm, count: 5)
        let hasSpace = algorithm.usesKeys && algorithm != .ipHash
        let owners = (0..<512).map { stand.core.owner(of: (Double($0) + 0.5) / 512) }
        #expect(owners.allSatisfy { ($0 != nil) == hasSpace })
        if hasSpace { #expect(Set(owners) == [0, 1, 2, 3, 4]) }
        #expect(stand.core.owner(of: 1) == stand.core.owner(of: 1.0.nextDown))
        #expect(stand.core.owner(of: -1) == stand.core.owner(of: 0))
        for server in 0..<5 { stand.setAvailable(server, false) }
        #expect(stand.core.owner(of: 0.5) == nil)
    }

    /// The ring's point of a key is its hash' place on the circle.
    @Test func ring_ownerOfAPositionIsTheOwnerOfItsKeys() throws {
        let stand = try BalancerStand(.nginxRing, count: 5)
        let sized = try BalancerStand(.grpcRing, count: 5)
        for key in 0..<500 {
            let key = LoadBalancerKey("user:\(key)")
            #expect(stand.core.owner(of: Double(key.crc) * 0x1p-32) == stand.core.server(for: key))
            #expect(sized.core.owner(of: Double(key.hash >> 11) * 0x1p-53) == sized.core.server(for: key))
        }
    }
}
