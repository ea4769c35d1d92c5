import Scenario
import Testing

@testable import Workshop

/// Lesson 8 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct CacheLRUTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("cache-lru") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// MISS, HIT, MISS, MISS that evicts user:1, MISS that evicts user:2.
    @Test func fiveReadsWithRoomForTwoAreOneHit() throws {
        #expect(try taught.value("five_hits").amount == 1)
        #expect(try taught.value("five_misses").amount == 4)
        #expect(try taught.value("five_rate").amount == 0.2)
        #expect(try taught.figure("cache.users.evictions", in: "five-reads").amount == 2)
    }

    @Test(arguments: [(1, 1.0), (2, 1), (3, 2)])
    func moreRoomIsMoreHits(capacity: Int, hits: Double) throws {
        let figure = "cache.users.hits with caches.users.capacity = \(capacity)"
        #expect(try taught.figure(figure, in: "one-more").amount == hits)
    }

    /// Laptop, mouse and cable are loaded once, and the first two once more after a minute; the unicorn every time.
    @Test func whatIsUnknownIsAskedForEveryTime() throws {
        #expect(try taught.value("unknown").amount == 20)
        #expect(try taught.value("shop_calls").amount == 26)
    }

    /// Che's approximation for 1000 keys, Zipf 0.8, room for 100: 37.8 %. Without favourites, a tenth.
    @Test func aTenthOfTheRoomCatchesFourTenthsOfTheReads() throws {
        for offset in 0..<3 as Range<UInt64> {
            #expect(try abs(taught.value("tenth", seedOffset: offset).amount - 0.378) < 0.03)
            #expect(try abs(taught.value("flat", seedOffset: offset).amount - 0.1) < 0.02)
        }
    }

    @Test func aCircleLeavesNothingToThoseWhoForgetTheOldest() throws {
        for policy in ["fifo", "lru", "clock"] {
            #expect(try taught.figure("cache.\(policy).hits", in: "circle").amount == 0)
        }
        #expect(try taught.value("tiny_circle").amount > 0.5)
    }

    @Test func theReportHurtsLRUMoreThanSIEVE() throws {
        #expect(try taught.value("lru_scan").amount < taught.value("lru_before").amount)
        #expect(try taught.value("lru_scan").amount < taught.value("sieve_scan").amount)
    }

    @Test(arguments: [
        ("five-reads", "1", "2"), ("unknown", "always", "once"), ("a-tenth", "forty", "ten"),
        ("circle", "none", "most"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    @Test(arguments: [("sieve", 90, true), ("lru", 90, false), ("fifo", 90, false), ("sieve", 180, false)])
    func bothAtOnceWantsNewcomersOnTrial(policy: String, capacity: Int, isPassed: Bool) throws {
        let settings = ["caches.items.eviction": policy, "caches.items.capacity": "\(capacity)"]
        #expect(try taught.grade(settings, in: "mixed").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
