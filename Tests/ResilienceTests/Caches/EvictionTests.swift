import Testing

@testable import Resilience

/// The rules one by one: what goes, what stays, and where.
@Suite struct EvictionTests {
    @Test func lruOfTwoEvictsWhatWasUnusedForLongest() {
        var stand = CacheStand<String>(.lru, capacity: 2)
        let told = ["user:1", "user:1", "user:2", "user:3", "user:1"].map { stand.tell($0) }
        #expect(told == ["MISS", "HIT", "MISS", "MISS, evicts user:1", "MISS, evicts user:2"])
        #expect(stand.cache.keys == ["user:1", "user:3"])
    }

    @Test func fifoEvictsTheOldestHoweverOftenItIsUsed() {
        var stand = CacheStand<String>(.fifo, capacity: 2)
        stand.requests(["a", "b", "a", "a"])
        #expect(stand.tell("c") == "MISS, evicts a")
    }

    @Test func lfuEvictsTheLeastUsedAndOfThoseTheLongestUnused() {
        var stand = CacheStand<String>(.lfu, capacity: 3)
        stand.requests(["a", "a", "b", "c", "b", "c"])
        #expect(stand.cache.mark(of: "a") == 2)
        #expect(stand.tell("d") == "MISS, evicts a")
        #expect(stand.tell("e") == "MISS, evicts d")
        stand.requests(["e", "e", "b"])
        #expect(stand.tell("f") == "MISS, evicts c")
        #expect(stand.cache.keys == ["b", "e", "f"])
    }

    @Test func clockGivesWhatWasUsedASecondRound() {
        var stand = CacheStand<String>(.clock, capacity: 3)
        stand.requests(["a", "b", "c", "a", "a", "b"])
        #expect(stand.tell("d") == "MISS, evicts c")
        #expect(stand.cache.keys == ["d", "b", "a"])
        #expect(["a", "b", "d"].map { stand.cache.mark(of: $0) } == [0, 0, 0])
        #expect(stand.tell("e") == "MISS, evicts a")
    }

    @Test func sieveSparesTheUsedInTheirPlaces() {
        var stand = CacheStand<String>(.sieve, capacity: 4)
        stand.requests(["a", "b", "c", "d", "a", "c"])
        // The hand begins at the tail, spares a, evicts b and stays before it.
        #expect(stand.tell("e") == "MISS, evicts b")
        #expect(stand.cache.keys == ["e", "d", "c", "a"])
        #expect(stand.cache.hand == "c")
        #expect(stand.cache.mark(of: "a") == 0 && stand.cache.mark(of: "c") == 1)
        #expect(stand.tell("f") == "MISS, evicts d")
        #expect(stand.cache.hand == "e")
    }

    @Test func sieveHandGoesFromHeadToTail() {
        var stand = CacheStand<String>(.sieve, capacity: 2)
        stand.requests(["a", "b", "a"])
        #expect(stand.tell("c") == "MISS, evicts b")
        // b was at the head then: the hand has to begin anew, and a has lost its bit.
        #expect(stand.cache.hand == nil)
        #expect(stand.tell("d") == "MISS, evicts a")
    }

    @Test func sieveHandLeavesAnEntryThatIsTakenAway() {
        var stand = CacheStand<String>(.sieve, capacity: 4)
        stand.requests(["a", "b", "c", "d", "e"])
        #expect(stand.cache.hand == "b")
        stand.cache.remove("b", at: CacheStand<String>.now)
        #expect(stand.cache.hand == "c" && stand.cache.steps == [.removed("b"), .hand("c")])
    }

    @Test func s3fifoSmallQueueIsATenthAndMostNewcomersDoNotSurviveIt() {
        var stand = CacheStand<Int>(.s3fifo, capacity: 20)
        // Two fill the small queue; as in libCacheSim the others go to the main one until something is evicted.
        stand.requests(Array(1...20))
        #expect(stand.cache.keys(in: .small) == [2, 1] && stand.cache.keys(in: .main).count == 18)
        stand.requests([1, 1, 2])
        // 1 has been used twice and goes on, 2 only once.
        stand.request(21)
        #expect(stand.cache.keys(in: .main).first == 1 && stand.cache.mark(of: 1) == 0)
        #expect(stand.cache.keys(in: .ghost) == [2])
        #expect(stand.cache.steps == [
            .marked(1, 0), .placed(1, list: .main), .evicted(2), .placed(2, list: .ghost), .placed(21, list: .small),
        ])
    }

    @Test func s3fifoGhostStartsInTheMainQueue() {
        var stand = CacheStand<Int>(.s3fifo, capacity: 20)
        stand.requests(Array(1...21))
        #expect(stand.cache.keys(in: .ghost) == [1])
        stand.request(1)
        #expect(stand.cache.keys(in: .main).first == 1)
        #expect(!stand.cache.keys(in: .ghost).contains(1))
    }

    @Test func s3fifoMainQueueTakesAUseForARound() {
        var stand = CacheStand<Int>(.s3fifo, capacity: 10)
        stand.requests(Array(1...10))
        // 2 is the oldest in the main queue: five uses count as three.
        stand.requests([2, 2, 2, 2, 2])
        #expect(stand.cache.mark(of: 2) == 3)
        stand.cache.remove(1, at: CacheStand<Int>.now)
        stand.requests([11, 12])
        // The small queue's 11 had to go; the main one is not above its size.
        #expect(stand.cache.keys(in: .ghost) == [11])
        stand.request(11)
        #expect(stand.cache.keys(in: .ghost) == [12])
        stand.request(13)
        #expect(stand.cache.mark(of: 2) == 2 && stand.cache.keys(in: .main).first == 2)
        #expect(!stand.cache.keys.contains(3))
    }

    @Test func s3fifoRemembersNineTenthsAsGhosts() {
        var stand = CacheStand<Int>(.s3fifo, capacity: 20)
        stand.requests(Array(1...100))
        #expect(stand.cache.keys(in: .ghost).count == 18)
    }

    @Test func arcLearnsFromGhostsOfBothLists() {
        var stand = CacheStand<Int>(.arc, capacity: 4)
        stand.requests([1, 2, 1, 2, 3, 4])
        #expect(stand.cache.keys(in: .recent) == [4, 3] && stand.cache.keys(in: .frequent) == [2, 1])
        // The target is 0, so T1 gives.
        stand.request(5)
        #expect(stand.cache.keys(in: .ghostRecent) == [3] && stand.cache.target == 0)
        // Back from B1: T1 should have been larger, by max(0 / 1, 1). T1 is not above 1 only after 4 has gone.
        stand.request(3)
        #expect(stand.cache.target == 1)
        #expect(stand.cache.keys(in: .frequent) == [3, 2, 1] && stand.cache.keys(in: .recent) == [5])
        #expect(stand.cache.keys(in: .ghostRecent) == [4])
        // T1 is at the target: T2 gives.
        stand.request(6)
        #expect(stand.cache.keys(in: .ghostFrequent) == [1])
        // Back from B2: the target shrinks by max(1 / 1, 1).
        stand.request(1)
        #expect(stand.cache.target == 0 && stand.cache.keys(in: .frequent).first == 1)
    }

    @Test func arcMovesByTheRatioOfTheGhosts() {
        var lists = SlotLists()
        var policy = ARCEviction(capacity: 8)
        for slot in 0..<16 { lists.add(slot: slot, hash: 0) }
        for slot in 0..<4 { lists.take(slot, weight: 1) }
        lists.place(0, in: .ghostRecent)
        for slot in 1..<4 { lists.place(slot, in: .ghostFrequent) }
        policy.insert(0, weight: 1, in: &lists)
        #expect(policy.target == 3, "|B2| / |B1| is 3")
        policy.insert(1, weight: 1, in: &lists)
        #expect(policy.target == 2, "|B1| / |B2| is 0: at least 1")
    }

    @Test func arcScanDoesNotTouchWhatIsUsedOften() {
        var stand = CacheStand<Int>(.arc, capacity: 10)
        stand.requests([1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
        stand.requests(Array(100...200))
        #expect(Set(stand.cache.keys(in: .frequent)) == [1, 2, 3, 4, 5])
    }

    @Test func wTinyLFUAdmitsOnlyWhatIsAskedForMoreOften() {
        var stand = CacheStand<Int>(.wTinyLFU, capacity: 100)
        for _ in 0..<2 { stand.requests(Array(1...100)) }
        #expect(stand.cache.keys(in: .window).count == 1 && stand.cache.keys(in: .protected).count == 79)
        let probation = stand.cache.keys(in: .probation)
        // Asked for once: it leaves the window for good when the next comes.
        stand.requests([1001, 1002])
        #expect(!stand.cache.keys.contains(1001))
        // Three times against twice: it stays, and the tail of probation goes.
        stand.requests([1003, 1003, 1003, 1004])
        #expect(stand.cache.keys(in: .probation).first == 1003)
        #expect(probation.last.map(stand.cache.keys.contains) == false)
    }

    @Test func wTinyLFULetsAWarmCandidateInOnceIn128() {
        var admitted = 0
        let rounds = 12_800
        for seed in 0..<UInt64(rounds) {
            var lists = SlotLists()
            var policy = WTinyLFUEviction(capacity: 2, seed: seed &* 0x9E37_79B9)
            for slot in 0..<3 { lists.add(slot: slot, hash: StableHash.of(slot)) }
            for slot in 0..<2 {
                policy.insert(slot, weight: 1, in: &lists)
                for _ in 0..<6 { policy.hit(slot, in: &lists) }
            }
            // 1 leaves the window with as many uses as 0.
            policy.insert(2, weight: 1, in: &lists)
            if lists.isEntry(1) { admitted += 1 }
        }
        #expect(abs(admitted - rounds / 128) < 40, "\(admitted)")
    }

    @Test func sketchHalvesAfterTenSamplesAnEntry() {
        var sketch = FrequencySketch(entries: 64)
        let key = StableHash.of("hot")
        for _ in 0..<20 { sketch.increment(key) }
        #expect(sketch.frequency(of: key) == 15, "four bits")
        // What a full counter leaves out does not count: 15 so far, and 625 until there are 640.
        for other in 0..<624 { sketch.increment(StableHash.of(other)) }
        #expect(sketch.frequency(of: key) == 15)
        sketch.increment(StableHash.of(624))
        #expect(sketch.frequency(of: key) == 7)
    }

    @Test func sketchKeepsItsEstimatesWhenItGrows() {
        var sketch = FrequencySketch(entries: 8)
        let keys = (0..<8).map { StableHash.of($0) }
        for (index, key) in keys.enumerated() { for _ in 0...index { sketch.increment(key) } }
        let before = keys.map { sketch.frequency(of: $0) }
        sketch.grow(to: 1000)
        #expect(keys.map { sketch.frequency(of: $0) } == before)
    }
}
