import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 10 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct CacheInvalidationTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("cache-invalidation") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    // MARK: Four ways to drop an entry

    @Test func noAnswerIsOutOfDateForLongerThanItsTimeToLive() throws {
        let stale = try taught.index("timed").trace.events.filter { $0.kind == .cacheStaleServed }
        #expect(stale.count > 100)
        #expect(stale.allSatisfy { $0.value < 30_000_000_000 })
        #expect(try Double(stale.count) == taught.value("timed_stale").amount)
    }

    @Test func aShorterLifeMeansFewerOldAnswersAndFewerHits() throws {
        var (stale, hits) = (0.0, 0.0)
        for ttl in ["1s", "5s", "10s", "30s", "60s"] {
            let run = "of timed with caches.products.ttl = \(ttl)"
            let nowStale = try taught.figure("cache.products.stale \(run)", in: "ttl").amount
            let nowHits = try taught.figure("cache.products.ratio \(run)", in: "ttl").amount
            // No time to live ends it.
            #expect(nowStale > stale && nowHits > hits, "\(ttl)")
            (stale, hits) = (nowStale, nowHits)
        }
    }

    /// ProductUpdated drops the product and the list, 50 ms after the price is in the database.
    @Test func anEventDropsTheProductAndTheList() throws {
        let trace = try taught.index("told").trace
        for event in trace.events where event.kind == .backgroundStarted {
            #expect(trace.name(event.detail) == "ProductUpdated")
            let drops = trace.events.filter { $0.kind == .cacheInvalidated && $0.span == event.span }
            let key = try #require(
                trace.events.first { $0.kind == .requestKeyed && $0.request == event.request })
            // The last one is under way when the run ends.
            if drops.isEmpty, trace.end.nanoseconds - event.time.nanoseconds <= 50_000_000 { continue }
            #expect(drops.map { trace.name($0.detail) } == [trace.name(key.detail), "list"])
            #expect(drops.allSatisfy { $0.time.nanoseconds - event.time.nanoseconds == 50_000_000 })
        }
        #expect(try taught.value("told_stale").amount < 0.1 * taught.value("timed_stale").amount)
    }

    /// OrderCreated drops the orders and the insights of one customer, and nobody else's.
    @Test func aTagDropsWhatDependsOnTheCustomer() throws {
        let trace = try taught.index("orders").trace
        let drops = trace.events.indices.filter { trace.events[$0].kind == .cacheInvalidated }
        #expect(drops.count >= 11)
        for place in drops {
            let tag = trace.name(trace.events[place].detail)
            let gone = trace.events.filter { $0.kind == .cacheRemoved && Int($0.cause.rawValue) == place + 1 }
            let names = Set(gone.map { trace.name($0.detail) })
            let customer = String(tag.dropFirst("tag:".count))
            #expect(names.isSubset(of: ["orders:\(customer)", "insights:\(customer)"]))
        }
        #expect(try taught.value("orders_gone").amount == 22)
        #expect(try taught.value("untold_stale").amount > 100 * taught.value("orders_stale").amount)
    }

    /// By hand, with a pattern: all insights, and no orders.
    @Test func aPatternDropsAllInsights() throws {
        let trace = try taught.index("by-hand").trace
        let gone = trace.events.filter { $0.kind == .cacheRemoved }.map { trace.name($0.detail) }
        #expect(Set(gone) == Set((1...5).map { "insights:customer-\($0)" }) && gone.count == 5)
    }

    // MARK: 500 readers

    /// What the report costs the crowd, and how long its last reader waits, with each protection.
    @Test(arguments: [
        ("none", "crowd", 500, 9_000...11_000), ("one load", "single", 1, 401...402), ("ahead", "ahead", 1, 1...1),
        ("by chance", "chance", 1, 1...1), ("serve expired", "expired", 1, 1...1),
    ])
    func fiveHundredReadersOfAnExpiredPage(way: String, value: String, loads: Double, wait: ClosedRange<Double>)
        throws
    {
        #expect(try taught.value(value).amount == 1 + loads, "\(way)")
        let longest = try taught.value("\(value)_max").amount
        #expect(wait.contains(longest.rounded(.down)), "\(way): \(longest)")
    }

    @Test func allOfTheCrowdIsServedWhatHasExpired() throws {
        #expect(try taught.value("expired_served").amount == 500)
    }

    /// With less than 20 % of 5 s left, one read begins one load in the background.
    @Test func refreshAheadBeginsInTheLastFifth() throws {
        let trace = try taught.index("refreshed").trace
        let hits = trace.events.filter { $0.kind == .backgroundStarted }.compactMap { trace[$0.cause] }
        #expect(hits.count == 6)
        #expect(hits.allSatisfy { $0.kind == .cacheHit && (4_000_000_000..<5_000_000_000).contains($0.value) })
        // A hundred readers a second: it begins at once.
        #expect(hits.allSatisfy { $0.value < 4_200_000_000 })
    }

    /// XFetch: the mean lead is about load * (ln(rate * load) + 0.58) = 1.7 s, and most lie within two seconds.
    @Test func byChanceTheLoadsSpreadOverTheLastTwoSeconds() throws {
        let trace = try taught.index("by-chance").trace
        let left = trace.events.filter { $0.kind == .backgroundStarted }.compactMap { trace[$0.cause] }
            .map { 5 - Double($0.value) / 1e9 }
        #expect(left.count == 18)
        #expect(left.count { $0 < 2 } >= 15)
    }

    @Test func coalescingProtectsTheDatabaseAndNotTheReader() throws {
        #expect(try taught.value("joined_calls").amount == 6)
        #expect(try taught.value("joined_p99").amount > 100 * taught.value("refreshed_p99").amount)
        #expect(try taught.value("refreshed_max").amount < 10)
    }

    @Test func withoutAReaderNothingIsRefreshed() throws {
        let trace = try taught.index("quiet").trace
        #expect(!trace.events.contains { $0.kind == .backgroundStarted || $0.kind == .cacheHit })
    }

    // MARK: Answers

    @Test(arguments: [("how-old", "some", "never"), ("stampede", "500", "20"), ("ahead", "none", "one")])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// One protection for the database and one for the reader.
    @Test(arguments: [
        ("true", "20%", "none", "none", true), ("true", "none", "none", "1", true),
        ("false", "20%", "none", "none", false), ("true", "none", "none", "none", false),
        ("false", "none", "none", "1", false), ("true", "none", "10s", "none", false),
    ])
    func theHotKeyNeedsBothKinds(one: String, ahead: String, stale: String, chance: String, isPassed: Bool) throws {
        let settings = [
            "caches.home.coalesce": one, "caches.home.refreshAhead": ahead, "caches.home.staleFor": stale,
            "caches.home.early": chance,
        ]
        #expect(try taught.grade(settings, in: "hot-key").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
