import Testing

@testable import Resilience

@Suite struct TimeToLiveTests {
    typealias Moment = ContinuousClock.Instant
    let start = ContinuousClock.now
    var cache = BoundedCache<String, Int, Moment>()

    func at(_ seconds: Int) -> Moment { start.advanced(by: .seconds(seconds)) }

    @Test mutating func entryIsLiveUntilJustBeforeItsTimeToLiveIsOver() {
        cache.set("a", 1, ttl: .seconds(10), at: at(0))
        #expect(cache.get("a", at: at(0)) == .hit(1, age: .zero))
        #expect(cache.get("a", at: at(10).advanced(by: .nanoseconds(-1))).value == 1)
        #expect(cache.get("a", at: at(10)) == .expired(age: .seconds(10)))
        #expect(cache.get("a", at: at(10)) == .absent)
    }

    @Test mutating func readingDoesNotLengthenALifeButStoringDoes() {
        cache.set("a", 1, ttl: .seconds(10), at: at(0))
        _ = cache.get("a", at: at(9))
        cache.set("b", 1, ttl: .seconds(10), at: at(0))
        cache.set("b", 2, ttl: .seconds(10), at: at(9))
        #expect(cache.get("a", at: at(11)) == .expired(age: .seconds(11)))
        #expect(cache.get("b", at: at(11)) == .hit(2, age: .seconds(2)))
    }

    @Test mutating func shorterSecondLifeWins() {
        cache.set("a", 1, ttl: .seconds(100), at: at(0))
        cache.set("a", 2, ttl: .seconds(1), at: at(1))
        #expect(cache.get("a", at: at(2)).value == nil)
        #expect(cache.count(at: at(2)) == 0)
    }

    @Test mutating func noTimeToLiveOnlyRemoves() {
        cache.set("a", 1, ttl: .seconds(100), at: at(0))
        cache.set("a", 2, ttl: .zero, at: at(1))
        cache.set("b", 2, ttl: .seconds(-1), at: at(1))
        #expect(cache.get("a", at: at(1)) == .absent)
        #expect(cache.get("b", at: at(1)) == .absent)
    }

    @Test mutating func removingSaysWhatWasLive() {
        cache.set("a", 1, ttl: .seconds(10), at: at(0))
        cache.set("b", 1, ttl: .seconds(1), at: at(0))
        cache.set("c", 1, ttl: .seconds(10), at: at(0))
        let wasLive = [
            cache.remove("a", at: at(5)), cache.remove("b", at: at(5)), cache.remove("x", at: at(5)),
        ]
        #expect(wasLive == [true, false, false])
        #expect(cache.get("a", at: at(5)) == .absent)
        let removed = cache.removeAll(at: at(5))
        #expect(removed == 1)
        #expect(cache.count(at: at(5)) == 0)
    }

    /// A server that stores under ever new keys, or the same few for ever, must not grow.
    @Test mutating func memoryIsBoundedByTheLiveEntries() {
        for second in 0..<20_000 { cache.set("\(second)", second, ttl: .seconds(10), at: at(second)) }
        #expect(cache.footprint <= 2 * 10 + 17)
        for second in 20_000..<40_000 { cache.set("same", second, ttl: .seconds(1_000_000), at: at(second)) }
        #expect(cache.footprint <= 2 + 17)
        for second in 40_000..<60_000 {
            cache.set("gone \(second)", second, ttl: .seconds(1_000_000), at: at(second))
            cache.remove("gone \(second)", at: at(second))
        }
        #expect(cache.footprint <= 2 + 17)
    }
}
