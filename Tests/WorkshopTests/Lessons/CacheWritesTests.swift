import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 9 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct CacheWritesTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("cache-writes") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// The database first, then the cache: 100 ms and 1 ms. Each save is written, and a crash takes nothing.
    @Test func writeThroughIsSafeAndSlow() throws {
        #expect(try taught.value("safe_latency").amount == 101)
        #expect(try taught.value("safe_writes").amount == taught.value("saves").amount)
        #expect(try taught.value("lost_through").amount == 0)
        let trace = try taught.index("one-safe").trace
        let kinds: [EventKind] = [.cacheWritten, .callFinished, .cacheStored]
        let order = trace.events.filter { kinds.contains($0.kind) }.map(\.kind)
        #expect(Array(order.prefix(3)) == kinds)
    }

    @Test func writeBackFlushesEveryFiveSeconds() throws {
        let trace = try taught.index("back").trace
        let flushes = trace.events.filter { $0.kind == .backgroundStarted && trace.name($0.detail) == "flush" }
        #expect(flushes.map(\.time) == stride(from: 5.0, through: 30, by: 5).map { .seconds($0) })
    }

    @Test(arguments: ["back", "small"])
    func everySaveIsWrittenOrReplaced(scenario: String) throws {
        let saves = try taught.value("\(scenario)_saves").amount
        let replaced = try taught.value(scenario == "back" ? "coalesced" : "small_coalesced").amount
        #expect(try saves == taught.value("\(scenario)_writes").amount + replaced)
    }

    /// Exactly the dirty keys are lost, counted from the writes and flushes themselves.
    @Test(arguments: ["crash", "outage", "balance"])
    func aCrashTakesExactlyTheDirtyKeys(scenario: String) throws {
        let trace = try taught.index(scenario).trace
        let crash = try #require(trace.events.firstIndex { $0.kind == .cacheEmptied })
        // The place of the last write of each dirty key, and where each flush began.
        var (dirty, starts): ([NameID: Int], [SpanID: Int]) = ([:], [:])
        for (place, event) in trace.events[..<crash].enumerated() {
            switch event.kind {
            case .cacheDirtied: dirty[event.detail] = place
            case .backgroundStarted: starts[event.span] = place
            case .cacheFlushed where event.outcome.isSuccess:
                // What was written since the flush began is not what has reached the database.
                let start = try #require(starts[event.span])
                if let last = dirty[event.detail], last < start { dirty[event.detail] = nil }
            default: break
            }
        }
        let lost = trace.events.filter { $0.kind == .cacheLost }.map(\.detail)
        #expect(Set(lost) == Set(dirty.keys) && lost.count == dirty.count && lost.count > 10)
        #expect(try taught.figure("cache.quick.lost of \(scenario)", in: "crash").amount == Double(lost.count))
    }

    @Test func anOrderlyRestartLosesNothing() throws {
        #expect(try taught.value("lost_restart").amount == 0)
        let trace = try taught.index("restart").trace
        #expect(trace.events.contains { $0.kind == .cacheEmptied && trace.name($0.detail) == "restart" })
    }

    @Test func flushingMoreOftenLosesLessAndWritesMore() throws {
        var (lost, writes) = (0.0, Double.infinity)
        for every in ["500ms", "1s", "2s", "5s", "10s"] {
            let run = "of crash with caches.quick.flush.every = \(every)"
            let nowLost = try taught.figure("cache.quick.lost \(run)", in: "how-often").amount
            let nowWrites = try taught.figure("backend.sql.calls \(run)", in: "how-often").amount
            #expect(nowLost > lost && nowWrites < writes, "\(every)")
            (lost, writes) = (nowLost, nowWrites)
        }
    }

    /// A dirty key that is evicted reaches the database at once.
    @Test func anEvictedDirtyKeyIsWritten() throws {
        let trace = try taught.index("small").trace
        let evicted = trace.events.indices.filter { trace.events[$0].kind == .cacheEvicted }
        let flushes = trace.events.filter { $0.kind == .backgroundStarted && trace[$0.cause]?.kind == .cacheEvicted }
        #expect(evicted.count == 179 && flushes.count > 100)
        for flush in flushes {
            let key = try #require(trace[flush.cause]).detail
            let written = try #require(
                trace.events.first { $0.kind == .cacheFlushed && $0.span == flush.span })
            #expect(written.detail == key && written.outcome.isSuccess)
            #expect(trace[flush.cause]?.time == flush.time)
        }
    }

    @Test func anOutageOfTheDatabaseIsNotNoticedUntilTheCacheDies() throws {
        #expect(try taught.value("outage_failed").amount == 0)
        #expect(try taught.value("outage_lost").amount > taught.value("lost").amount)
    }

    /// What is still out of date was asked for before the write and stored after it, or fell between the two writes.
    @Test(arguments: ["aside", "through"])
    func whoeverTellsTheCacheHasFewStaleHits(writes: String) throws {
        #expect(try taught.value("stale_\(writes)").amount < 0.05 * taught.value("stale").amount)
        let setting = Setting(path: "caches.beside.writes", value: writes)
        let trace = try taught.runs.index("around", [setting], seedOffset: 0).trace
        let stale = trace.events.filter { $0.kind == .cacheStaleServed }
        #expect(!stale.isEmpty)
        for event in stale {
            let hit = try #require(trace[event.cause])
            let stored = try #require(trace[hit.cause])
            let written = event.time.nanoseconds - event.value
            #expect(stored.time.nanoseconds >= written || event.value <= 1_000_000)
        }
    }

    @Test func aListIsWrongUnlessTheWriteDropsIt() throws {
        #expect(try taught.value("forgotten_stale").amount > 0.9 * taught.value("forgotten_hits").amount)
        #expect(try taught.value("list_stale").amount <= 1)
        let trace = try taught.index("related").trace
        let write = try #require(trace.events.first { $0.kind == .cacheWritten })
        let kinds: [EventKind] = [.cacheWritten, .callFinished, .cacheStored, .cacheInvalidated]
        let order = trace.events.filter { $0.request == write.request && kinds.contains($0.kind) }.map(\.kind)
        #expect(order == kinds)
    }

    @Test(arguments: [
        ("how-long", "1ms", "101ms"), ("fewer", "half", "few"), ("crash", "dirty", "all"),
        ("small", "written", "lost"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// Too many writes on one side, too much to lose on the other.
    @Test(arguments: [
        ("500ms", "back", false), ("1s", "back", false), ("2s", "back", true), ("3s", "back", true),
        ("5s", "back", false), ("10s", "back", false), ("2s", "through", false),
    ])
    func theChallengeHasTwoBorders(every: String, writes: String, isPassed: Bool) throws {
        let settings = ["caches.quick.flush.every": every, "caches.quick.writes": writes]
        #expect(try taught.grade(settings, in: "balance").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
