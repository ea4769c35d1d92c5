import Testing

@testable import Resilience

@Suite struct BoundedCacheTests {
    typealias Cache = BoundedCache<String, Int, ContinuousClock.Instant>
    let start = ContinuousClock.now

    func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    @Test func heavyEntryNeedsTheRoomOfSeveral() {
        var cache = Cache(capacity: 10)
        for key in ["a", "b", "c"] { cache.set(key, 0, weight: 3, at: start) }
        cache.set("d", 0, weight: 6, at: start)
        #expect(cache.steps == [.evicted("a"), .evicted("b"), .placed("d", list: .main)])
        #expect(cache.weight == 9 && cache.keys == ["d", "c"])
    }

    @Test func entryHeavierThanTheCapacityIsNotKept() {
        var cache = Cache(capacity: 10)
        cache.set("a", 1, weight: 3, at: start)
        let isNewKept = cache.set("b", 2, weight: 11, at: start)
        #expect(!isNewKept && cache.steps.isEmpty && cache.keys == ["a"])
        // The old value must not stay either.
        let isOldKept = cache.set("a", 2, weight: 11, at: start)
        #expect(!isOldKept && cache.steps == [.removed("a")] && cache.keys.isEmpty)
    }

    @Test func newWeightOfAnEntryCounts() {
        var cache = Cache(capacity: 10)
        for key in ["a", "b", "c"] { cache.set(key, 0, weight: 3, at: start) }
        let isKept = cache.set("a", 1, weight: 6, at: start)
        #expect(isKept && cache.keys == ["a", "c"] && cache.weight == 9)
        cache.set("a", 1, weight: 1, at: start)
        #expect(cache.weight == 4 && cache.weight(of: "a") == 1)
        cache.set("a", 1, weight: -5, at: start)
        #expect(cache.weight(of: "a") == 1)
    }

    @Test func nothingFitsIntoNothing() {
        for rule in EvictionRule.allCases {
            for capacity in [0, -1] {
                var cache = Cache(capacity: capacity, eviction: rule)
                let isKept = cache.set("a", 1, at: start)
                #expect(!isKept && cache.peek("a", at: start) == .absent)
            }
        }
    }

    @Test(arguments: EvictionRule.allCases) func oneFitsIntoOne(rule: EvictionRule) {
        var cache = Cache(capacity: 1, eviction: rule)
        cache.set("a", 1, at: start)
        #expect(cache.get("a", at: start).value == 1)
        cache.set("b", 2, at: start)
        #expect(cache.count(at: start) == 1)
    }

    @Test(arguments: EvictionRule.allCases) func withoutCapacityNobodyGoes(rule: EvictionRule) {
        var cache = Cache(eviction: rule)
        for number in 0..<3000 { cache.set("\(number)", number, weight: .max, at: start) }
        #expect(cache.keys.isEmpty, "what no number can add up is not kept")
        for number in 0..<3000 { cache.set("\(number)", number, weight: 1_000_000_000, at: start) }
        #expect(cache.keys.count == 3000)
        cache.resize(to: 2_000_000_000, at: start)
        #expect(cache.count(at: start) == 2)
    }

    @Test func shrinkingEvictsAndGrowingDoesNot() {
        var cache = Cache(capacity: 4)
        for key in ["a", "b", "c", "d"] { cache.set(key, 0, at: start) }
        cache.resize(to: 2, at: start)
        #expect(cache.steps == [.evicted("a"), .evicted("b")])
        cache.resize(to: 3, at: start)
        cache.set("e", 0, at: start)
        #expect(cache.keys == ["e", "d", "c"])
    }

    @Test func expiredEntriesMakeRoomBeforeLiveOnes() {
        var cache = Cache(capacity: 2)
        cache.set("old", 0, at: at(0))
        cache.set("brief", 0, ttl: .seconds(5), at: at(1))
        cache.set("new", 0, at: at(6))
        #expect(cache.steps == [.expired("brief"), .placed("new", list: .main)])
        #expect(cache.keys == ["new", "old"])
    }

    @Test func peekingIsNoUse() {
        var cache = Cache(capacity: 2)
        cache.set("a", 1, ttl: .seconds(10), at: at(0))
        cache.set("b", 2, at: at(0))
        #expect(cache.peek("a", at: at(1)) == .hit(1, age: .seconds(1)))
        #expect(cache.peek("a", at: at(10)) == .expired(age: .seconds(10)))
        #expect(cache.peek("x", at: at(10)) == .absent)
        cache.set("c", 3, at: at(2))
        #expect(cache.keys == ["c", "b"])
    }

    @Test func removingByRuleTellsWhichWent() {
        var cache = Cache(capacity: 10)
        for key in ["orders:1", "list", "orders:2"] { cache.set(key, 0, at: start) }
        let removed = cache.removeAll(where: { $0.hasPrefix("orders:") }, at: start)
        #expect(removed == 2 && cache.steps == [.removed("orders:2"), .removed("orders:1")])
        #expect(cache.keys == ["list"])
    }

    @Test func removingEverythingForgetsWhatWasLearnt() {
        var cache = Cache(capacity: 10, eviction: .s3fifo)
        for number in 0..<30 { cache.set("\(number)", 0, at: start) }
        #expect(!cache.keys(in: .ghost).isEmpty)
        let removed = cache.removeAll(at: start)
        #expect(removed == 10 && cache.keys(in: .ghost).isEmpty && cache.weight == 0)
    }

    @Test func ruleChangesWithTheEntriesInTheirOrder() {
        var cache = Cache(capacity: 3, eviction: .lru)
        for key in ["a", "b", "c"] { cache.set(key, 0, at: start) }
        _ = cache.get("a", at: start)
        cache.change(to: .fifo, at: start)
        #expect(cache.keys == ["a", "c", "b"] && cache.eviction == .fifo)
        _ = cache.get("b", at: start)
        cache.set("d", 0, at: start)
        #expect(cache.steps.first == .evicted("b"))
    }

    /// Ever new keys: entries and ghosts of the rule that keeps most of these fit into twice the capacity.
    @Test(arguments: EvictionRule.allCases) func memoryIsProportionalToTheCapacity(rule: EvictionRule) {
        var cache = BoundedCache<Int, Int, ContinuousClock.Instant>(capacity: 50, eviction: rule)
        for number in 0..<20_000 {
            let key = number % 3 == 0 ? number % 50 : number
            if cache.get(key, at: at(number)).value == nil {
                cache.set(key, number, ttl: number % 2 == 0 ? .seconds(40) : nil, at: at(number))
            }
        }
        #expect(cache.footprint <= 2 * 50 + 17)
    }

    /// What a policy decides by a hash is the same in every process: a known answer.
    @Test func hashesDoNotChangeFromRunToRun() {
        #expect(StableHash.of("") == 0xEF46_DB37_51D8_E999)
        #expect(StableHash.of(1) == StableHash.of(UInt8(1)))
    }

    @Test func tableFindsWhatItHoldsAndNothingElse() {
        var dice = Dice(seed: 5)
        var table = SlotTable()
        var hashes: [Int: UInt32] = [:]
        for _ in 0..<20_000 {
            let slot = dice.below(200)
            if let hash = hashes[slot] {
                #expect(table.slot(hash: hash) { $0 == slot } == slot)
                if dice.oneIn(2) {
                    table.remove(slot, hash: hash)
                    hashes[slot] = nil
                }
            } else {
                // Few hashes, so that many collide, some at the end of the table.
                let hash = [0, 1, 15, 16, 0xFFFF_FFFF, 0xFFFF_FFFE][dice.below(6)] as UInt32
                #expect(table.slot(hash: hash) { $0 == slot } == nil)
                table.insert(slot, hash: hash)
                hashes[slot] = hash
            }
            #expect(table.count == hashes.count)
        }
    }
}
