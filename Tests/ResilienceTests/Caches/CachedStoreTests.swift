import Resilience
import Simulation
import Testing
import Trace

/// A store in memory whose calls take time and fail when told to.
final class Shelf: BackingStore {
    let diary: Diary
    let values = Locked<[String: Int]>([:])
    let isDown = Locked(false)
    let failure: FailureKind
    let took: Int

    init(_ diary: Diary, took: Int = 100, failure: FailureKind = .status(503)) {
        self.diary = diary
        self.took = took
        self.failure = failure
    }

    func load(_ key: String) async throws -> Int? {
        // What a read sees is what was there as it began.
        let value = values.value[key]
        diary.note("load \(key)")
        try await work()
        return value
    }

    func store(_ value: Int, for key: String) async throws {
        diary.note("store \(key)=\(value)")
        try await work()
        values.change { $0[key] = value }
    }

    func remove(_ key: String) async throws {
        diary.note("remove \(key)")
        try await work()
        values.change { $0[key] = nil }
    }

    private func work() async throws {
        if took > 0 { try await diary.pause(took) }
        if isDown.value { throw Failure(failure) }
    }
}

@Suite struct CachedStoreTests {
    typealias Cache = CachedStore<Shelf, VirtualClock>

    static func lines(
        _ strategy: WriteStrategy, ttl: Duration? = nil, capacity: Int? = nil, failure: FailureKind = .status(503),
        related: @escaping @Sendable (String) -> [String] = { _ in [] }, isRunning: Bool = true,
        _ work: @escaping @Sendable (Cache, Shelf, Diary) async throws -> Void
    ) throws -> [String] {
        try virtually { clock, diary in
            let shelf = Shelf(diary, failure: failure)
            let cache = CachedStore(
                shelf, strategy, try LoadingRules(ttl: ttl), capacity: capacity, clock: clock, random: { 0.5 },
                related: related)
            await withTaskGroup(of: Void.self) { group in
                if isRunning { group.addTask { await cache.run() } }
                do { try await work(cache, shelf, diary) } catch let failure as Failure {
                    diary.note("\(failure.kind)")
                } catch { diary.note("\(error)") }
                group.cancelAll()
            }
        }
    }

    static let back = Result { try WriteBackRules(flush: .every(.seconds(5)), retry: .seconds(1)) }

    @Test func writeThrough_storeFirstThenCacheThenRelatedKeys() throws {
        let lines = try Self.lines(.through, related: { _ in ["list"] }) { cache, shelf, diary in
            shelf.values.change { $0["list"] = 7 }
            _ = try await cache.read("list")
            try await cache.write("a", 1)
            diary.note("written, store has \(shelf.values.value["a"] ?? 0)")
            diary.note("a is \(try await cache.read("a") ?? 0)")
            _ = try await cache.read("list")
        }
        #expect(
            lines == ["0 load list", "100 store a=1", "200 written, store has 1", "200 a is 1", "200 load list"])
    }

    @Test func coherence_writeThroughReturnsOnlyAfterTheStoreSucceeds() throws {
        let lines = try Self.lines(.through) { cache, shelf, diary in
            try await cache.write("a", 1)
            shelf.isDown.change { $0 = true }
            try await cache.write("a", 2)
        }
        #expect(lines == ["0 store a=1", "100 store a=2", "200 status(503)"])
    }

    /// A write that may have been done all the same leaves nothing in the cache that could be wrong.
    @Test(arguments: [(FailureKind.timeout, 1), (.refused, 0)])
    func failedWriteDropsTheKeyUnlessItCannotHaveBegun(failure: FailureKind, loads: Int) throws {
        let lines = try Self.lines(.through, failure: failure) { cache, shelf, _ in
            try await cache.write("a", 1)
            shelf.isDown.change { $0 = true }
            try? await cache.write("a", 2)
            shelf.isDown.change { $0 = false }
            _ = try await cache.read("a")
        }
        #expect(lines.count { $0.contains("load") } == loads)
    }

    @Test func writeAround_cacheServesWhatItHas() throws {
        let lines = try Self.lines(.around) { cache, shelf, diary in
            shelf.values.change { $0["a"] = 1 }
            _ = try await cache.read("a")
            try await cache.write("a", 2)
            diary.note("a is \(try await cache.read("a") ?? 0)")
        }
        #expect(lines == ["0 load a", "100 store a=2", "200 a is 1"])
    }

    @Test func cacheAside_writerUpdatesTheStoreThenInvalidates() throws {
        let lines = try Self.lines(.aside) { cache, shelf, diary in
            shelf.values.change { $0["a"] = 1 }
            _ = try await cache.read("a")
            try await cache.write("a", 2)
            diary.note("a is \(try await cache.read("a") ?? 0)")
        }
        #expect(lines == ["0 load a", "100 store a=2", "200 load a", "300 a is 2"])
    }

    @Test func writeBack_returnsAtOnceAndFlushesLater() throws {
        let lines = try Self.lines(.back(Self.back.get())) { cache, _, diary in
            for value in 1...3 { try await cache.write("a", value) }
            try await cache.write("b", 1)
            diary.note("\(cache.dirty) dirty, a is \(try await cache.read("a") ?? 0)")
            try await diary.pause(6000)
            diary.note("\(cache.dirty) dirty")
        }
        #expect(lines == ["0 2 dirty, a is 3", "5000 store a=3", "5100 store b=1", "6000 0 dirty"])
    }

    @Test func writeBack_failedFlushIsTriedAgainAndTheNewerValueWins() throws {
        let lines = try Self.lines(.back(Self.back.get())) { cache, shelf, diary in
            shelf.isDown.change { $0 = true }
            try await cache.write("a", 1)
            try await diary.pause(5050)
            try await cache.write("a", 2)
            try await diary.pause(1000)
            shelf.isDown.change { $0 = false }
            try await diary.pause(2000)
            diary.note("\(shelf.values.value["a"] ?? 0), \(cache.dirty) dirty")
        }
        #expect(lines == ["5000 store a=1", "6100 store a=2", "8050 2, 0 dirty"])
    }

    @Test func writeBack_evictedDirtyKeyReachesTheStoreAndIsReadRight() throws {
        let lines = try Self.lines(.back(Self.back.get()), capacity: 1) { cache, shelf, diary in
            try await cache.write("a", 1)
            try await cache.write("b", 1)
            try await diary.pause(50)
            // Evicted, and on its way: the store would answer nothing.
            diary.note("a is \(try await cache.read("a") ?? 0)")
            try await diary.pause(500)
            diary.note("store has \(shelf.values.value.keys.sorted()), \(cache.dirty) dirty")
        }
        #expect(lines == ["0 store a=1", "50 a is 1", "100 store b=1", "550 store has [\"a\", \"b\"], 0 dirty"])
    }

    @Test func writeBack_dirtyValueIsServedWhenItsTimeIsOver() throws {
        let lines = try Self.lines(.back(Self.back.get()), ttl: .seconds(1)) { cache, _, diary in
            try await cache.write("a", 1)
            try await diary.pause(2000)
            diary.note("a is \(try await cache.read("a") ?? 0)")
        }
        #expect(lines == ["2000 a is 1"])
    }

    @Test func writeBack_shutdownFlushesEverything() throws {
        let lines = try Self.lines(.back(Self.back.get()), isRunning: false) { cache, shelf, diary in
            for key in ["b", "a", "c"] { try await cache.write(key, 1) }
            try await cache.flush()
            diary.note("\(cache.dirty) dirty")
            try await cache.write("a", 2)
            shelf.isDown.change { $0 = true }
            try await cache.flush()
        }
        #expect(
            lines == [
                "0 store b=1", "100 store a=1", "200 store c=1", "300 0 dirty", "300 store a=2", "400 status(503)",
            ])
    }

    @Test func coherence_removalsAreSynchronous() throws {
        let lines = try Self.lines(.back(Self.back.get())) { cache, shelf, diary in
            try await cache.write("a", 1)
            try await diary.pause(5050)
            try await cache.write("a", 2)
            // The write on its way comes first; the one that waits never comes.
            try await cache.remove("a")
            diary.note("removed, store has \(shelf.values.value.count), \(cache.dirty) dirty")
        }
        #expect(lines == ["5000 store a=1", "5100 remove a", "5200 removed, store has 0, 0 dirty"])
    }

    @Test func removedKeyIsNotThereWhileItsRemovalIsOnItsWay() throws {
        let lines = try Self.lines(.back(Self.back.get())) { cache, shelf, diary in
            shelf.values.change { $0["a"] = 1 }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await cache.remove("a") }
                try? await diary.pause(10)
                diary.note((try? await cache.read("a")) == .some(nil) ? "gone" : "still there")
            }
        }
        #expect(lines == ["0 remove a", "10 gone"])
    }

    @Test func writeBack_fullBufferMakesWritesWait() throws {
        let rules = try WriteBackRules(flush: .every(.seconds(60)), maxDirty: 2)
        let lines = try Self.lines(.back(rules)) { cache, _, diary in
            for key in ["a", "b", "a", "c"] { try await cache.write(key, 1) }
            diary.note("\(cache.dirty) dirty")
        }
        #expect(lines == ["0 store a=1", "100 store b=1", "200 1 dirty"])
    }

    @Test func writersOfOneKeyGoOneAfterTheOther() throws {
        let lines = try Self.lines(.through) { cache, shelf, diary in
            await withTaskGroup(of: Void.self) { group in
                for value in 1...3 { group.addTask { try? await cache.write("a", value) } }
                group.addTask { try? await cache.write("b", 1) }
            }
            diary.note("a is \(try await cache.read("a") ?? 0), store has \(shelf.values.value["a"] ?? 0)")
        }
        #expect(
            lines == ["0 store a=1", "0 store b=1", "100 store a=2", "200 store a=3", "300 a is 3, store has 3"])
    }
}
