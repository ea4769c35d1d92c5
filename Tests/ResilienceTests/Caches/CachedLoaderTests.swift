import Resilience
import Simulation
import Testing
import Trace

/// The cache that loads, in virtual time.
@Suite struct CachedLoaderTests {
    typealias Loader = CachedLoader<String, String, VirtualClock>

    /// Loads take 100 ms, or as long as said, and count themselves: `a@1`. Keys that begin with `no` do not exist.
    static func loader(
        _ rules: LoadingRules, _ clock: VirtualClock, _ diary: Diary, capacity: Int? = nil, took: Int = 100,
        draw: Double = 0.999, fails: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) -> Loader {
        let loads = Locked(0)
        return CachedLoader(
            rules, capacity: capacity, clock: clock, random: { draw },
            tags: { key, _ in [String(key.prefix(1))] },
            onEvent: { event in
                if case .evicted(let key) = event { diary.note("evicted \(key)") }
                if case .loaded(let key, _, _, found: true, kept: false) = event { diary.note("not kept \(key)") }
            }
        ) { key in
            let load = loads.increment()
            diary.note("load \(key)")
            try await diary.pause(took)
            if fails(load) { throw Failure(.status(503)) }
            return key.hasPrefix("no") ? nil : "\(key)@\(load)"
        }
    }

    /// Reads of one key at times in ms, and what each of them got.
    static func lines(
        _ rules: LoadingRules, reads: [Int], draw: Double = 0.999, isRunning: Bool = true, took: Int = 100,
        fails: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) throws -> [String] {
        try virtually { clock, diary in
            let loader = Self.loader(rules, clock, diary, took: took, draw: draw, fails: fails)
            await withTaskGroup(of: Void.self) { group in
                if isRunning { group.addTask { await loader.run() } }
                await withTaskGroup(of: Void.self) { readers in
                    for time in reads { readers.addTask { await Self.read("a", loader, diary, after: time) } }
                }
                try? await diary.pause(1000)
                group.cancelAll()
            }
        }
    }

    static func read(_ key: String, _ loader: Loader, _ diary: Diary, after time: Int = 0) async {
        do {
            try await diary.pause(time)
            diary.note(try await loader.get(key) ?? "nothing")
        } catch let failure as Failure { diary.note("\(failure.kind)") } catch { diary.note("\(error)") }
    }

    @Test func readThrough_missLoadsAndAHitDoesNot() throws {
        let lines = try Self.lines(LoadingRules(ttl: .seconds(1)), reads: [0, 500, 1099, 1100])
        #expect(lines == ["0 load a", "100 a@1", "500 a@1", "1099 a@1", "1100 load a", "1200 a@2"])
    }

    @Test func unknownKeyIsNotKept() throws {
        let lines = try virtually { clock, diary in
            let loader = Self.loader(try LoadingRules(ttl: .seconds(60)), clock, diary)
            for _ in 0..<2 { await Self.read("nobody", loader, diary) }
            #expect(loader.count == 0)
        }
        #expect(lines == ["0 load nobody", "100 nothing", "100 load nobody", "200 nothing"])
    }

    /// The stampede: many readers of one key that nobody has.
    @Test func coalescing_oneLoadForFiveHundredReaders() throws {
        for coalesces in [true, false] {
            let rules = try LoadingRules(ttl: .seconds(60), coalesces: coalesces)
            let lines = try Self.lines(rules, reads: (0..<500).map { $0 / 10 })
            #expect(lines.count { $0.hasSuffix("load a") } == (coalesces ? 1 : 500))
            #expect(lines.count { $0.contains("a@") } == 500)
        }
    }

    @Test func coalescing_errorIsShared() throws {
        let lines = try Self.lines(LoadingRules(ttl: .seconds(60)), reads: [0, 50, 150]) { $0 == 1 }
        #expect(lines == ["0 load a", "100 status(503)", "100 status(503)", "150 load a", "250 a@2"])
    }

    @Test func coalescing_cancelledLeaderDoesNotFailTheOthers() throws {
        let lines = try virtually { clock, diary in
            let loader = Self.loader(try LoadingRules(ttl: .seconds(60)), clock, diary)
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await withTaskGroup(of: Void.self) { first in
                        first.addTask { await Self.read("a", loader, diary) }
                        try? await diary.pause(60)
                        first.cancelAll()
                    }
                }
                group.addTask { await Self.read("a", loader, diary, after: 20) }
                group.addTask { await Self.read("a", loader, diary, after: 30) }
            }
        }
        #expect(lines == ["0 load a", "60 CancellationError()", "60 load a", "160 a@2", "160 a@2"])
    }

    @Test func refreshAhead_readerGetsTheOldValueAndOneLoadBegins() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(refreshAhead: 0.2))
        let lines = try Self.lines(rules, reads: [0, 850, 950, 960, 1040, 1060, 2300])
        #expect(
            lines == [
                // Stored at 100, soft end 900, hard end 1100.
                "0 load a", "100 a@1", "850 a@1", "950 a@1", "950 load a", "960 a@1", "1040 a@1", "1060 a@2",
                // Nobody read it between 1850 and 2050.
                "2300 load a", "2400 a@3",
            ])
    }

    @Test func caffeine_failedRefreshKeepsTheOldValue() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(refreshAhead: 0.5))
        let lines = try Self.lines(rules, reads: [0, 700, 900, 1050]) { $0 == 2 }
        #expect(
            lines == ["0 load a", "100 a@1", "700 a@1", "700 load a", "900 a@1", "900 load a", "1050 a@3"])
    }

    @Test func rfc5861_staleIsServedWithOneRevalidationThenBlocking() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(staleFor: .milliseconds(500)))
        let lines = try Self.lines(rules, reads: [0, 1200, 1250, 1350, 2850])
        #expect(
            lines == [
                "0 load a", "100 a@1", "1200 a@1", "1200 load a", "1250 a@1", "1350 a@2",
                // Stored at 1300: fresh to 2300, stale to 2800.
                "2850 load a", "2950 a@3",
            ])
    }

    @Test func withoutItsTaskNothingIsLoadedInTheBackground() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(refreshAhead: 0.5))
        let lines = try Self.lines(rules, reads: [0, 900, 1200], isRunning: false)
        #expect(lines == ["0 load a", "100 a@1", "900 a@1", "1200 load a", "1300 a@2"])
    }

    @Test func xfetch_chosenReaderLoadsBeforeTheEnd() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(early: 1))
        // With 100 ms a load, e^(-r/100): 0.368 with 100 ms left, 0.05 with 300 ms.
        let lines = try Self.lines(rules, reads: [0, 790, 1001, 1050], draw: 0.3)
        #expect(lines == ["0 load a", "100 a@1", "790 a@1", "1001 load a", "1050 a@1", "1101 a@2"])
    }

    @Test func xfetch_failedEarlyLoadServesWhatIsStillGood() throws {
        let rules = try LoadingRules(ttl: .seconds(1), freshness: FreshnessRules(early: 1))
        let lines = try Self.lines(rules, reads: [0, 990], draw: 0.3) { $0 == 2 }
        #expect(lines == ["0 load a", "100 a@1", "990 load a", "1090 a@1"])
    }

    /// What cache-aside gets wrong: a value read before a write is stored after it.
    @Test func loadThatBeganBeforeAnInvalidationIsNotKept() throws {
        let lines = try virtually { clock, diary in
            let loader = Self.loader(try LoadingRules(ttl: .seconds(60)), clock, diary)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await Self.read("a", loader, diary) }
                diary.later(50) { loader.invalidate("a") }
                // It does not share the old load.
                group.addTask { await Self.read("a", loader, diary, after: 60) }
                group.addTask { await Self.read("a", loader, diary, after: 200) }
            }
        }
        #expect(lines == ["0 load a", "60 load a", "100 not kept a", "100 a@1", "160 a@2", "200 a@2"])
    }

    @Test func invalidationByKeyPatternTagAndAll() throws {
        let lines = try virtually { clock, diary in
            let loader = Self.loader(try LoadingRules(ttl: .seconds(60)), clock, diary, took: 0)
            for key in ["orders:1", "orders:2", "order", "product:1"] { _ = try await loader.get(key) }
            #expect(loader.invalidate(matching: KeyPattern("orders:*")) == 2)
            #expect(!loader.invalidate("orders:1") && loader.invalidate("order"))
            for key in ["orders:1", "order"] { _ = try await loader.get(key) }
            #expect(loader.invalidate(tag: "o") == 2 && loader.invalidate(tag: "o") == 0)
            #expect(loader.count == 1 && loader.invalidateAll() == 1)
        }
        #expect(lines.count == 6)
    }

    /// The reads of the lesson: MISS, HIT, MISS, MISS (evicts user:1), MISS (evicts user:2).
    @Test func capacityOfTwo() throws {
        let lines = try virtually { clock, diary in
            let loader = Self.loader(try LoadingRules(ttl: nil), clock, diary, capacity: 2)
            for key in ["user:1", "user:1", "user:2", "user:3", "user:1"] { _ = try await loader.get(key) }
        }
        #expect(
            lines == [
                "0 load user:1", "100 load user:2", "200 load user:3", "300 evicted user:1", "300 load user:1",
                "400 evicted user:2",
            ])
    }

    @Test func realThreadsShareLoads() async throws {
        let loads = Locked(0)
        let loader = CachedLoader<Int, Int, ContinuousClock>(
            try LoadingRules(ttl: .seconds(3600)), clock: .continuous, random: { 0.5 }
        ) { key in
            loads.increment()
            await Task.yield()
            return key
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for call in 0..<4000 { group.addTask { try await loader.get(call % 40) == call % 40 } }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(loads.value == 40 && loader.count == 40)
    }
}
