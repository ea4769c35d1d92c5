import Resilience
import Simulation
import Testing
import Trace

/// Random clients of a cache before a store that is slow and now and then down.
@Suite struct CachedStorePropertyTests {
    /// A store that says what is in it, and fails for a while.
    final class Table: BackingStore {
        let diary: Diary
        let dice: Locked<Dice>
        let values = Locked<[Int: Int]>([:])
        let isDown = Locked(false)

        init(_ diary: Diary, _ dice: Dice) {
            self.diary = diary
            self.dice = Locked(dice)
        }

        func load(_ key: Int) async throws -> Int? {
            let value = values.value[key]
            try await work()
            return value
        }

        func store(_ value: Int, for key: Int) async throws {
            try await work()
            values.change { $0[key] = value }
        }

        func remove(_ key: Int) async throws {
            try await work()
            values.change { $0[key] = nil }
        }

        private func work() async throws {
            try await diary.pause(dice.change { $0.below(40) })
            if isDown.value { throw Failure(.refused) }
        }
    }

    /// Each key has one client, which knows what it has written: it always reads that, and in the end the store has it.
    /// Whatever is dirty at a time is exactly what the store lacks.
    @Test(arguments: UInt64(1)...60)
    func clientsReadTheirWritesAndNothingIsLost(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let rules = try WriteBackRules(
            flush: dice.oneIn(2) ? .every(.milliseconds(200)) : .after(.milliseconds(100)),
            batch: dice.oneIn(2) ? dice.within(1...3) : nil, retry: dice.oneIn(2) ? .milliseconds(50) : nil,
            maxDirty: dice.oneIn(3) ? 3 : nil)
        let strategies: [WriteStrategy] = [.back(rules), .through, .aside]
        let strategy = strategies[dice.below(3)]
        let loading = try LoadingRules(
            ttl: dice.oneIn(2) ? .milliseconds(150) : nil, coalesces: dice.oneIn(2),
            freshness: FreshnessRules(refreshAhead: dice.oneIn(2) ? 0.4 : nil, early: dice.oneIn(2) ? 1 : nil))
        let capacity = dice.oneIn(2) ? 2 : nil
        let (clients, start) = (6, dice)
        let lines = try virtually { clock, diary in
            let table = Table(diary, start)
            let draws = Locked(Dice(seed: seed + 1000))
            let cache = CachedStore(
                table, strategy, loading, capacity: capacity, clock: clock, random: { draws.change { $0.draw() } })
            let known = Locked<[Int: Int]>([:])
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await cache.run() }
                for time in stride(from: 300, to: 3000, by: 300) {
                    diary.later(time) { table.isDown.change { $0 = time % 600 == 0 && time < 2700 } }
                }
                await withTaskGroup(of: Void.self) { writers in
                    for client in 0..<clients {
                        writers.addTask {
                            await Self.use(cache, client, Dice(seed: seed * 100 + UInt64(client)), known, diary)
                        }
                    }
                }
                try? await diary.pause(3000)
                try? await cache.flush()
                group.cancelAll()
            }
            #expect(cache.dirty == 0)
            #expect(table.values.value == known.value, "seed \(seed)")
        }
        #expect(lines == [])
    }

    static func use(
        _ cache: CachedStore<Table, VirtualClock>, _ key: Int, _ seed: Dice, _ known: Locked<[Int: Int]>, _ diary: Diary
    ) async {
        var dice = seed
        for value in 1...60 {
            try? await diary.pause(dice.below(60))
            do {
                switch dice.below(5) {
                case 0, 1:
                    try await cache.write(key, value)
                    known.change { $0[key] = value }
                case 2 where dice.oneIn(3):
                    known.change { $0[key] = nil }
                    while true { if (try? await cache.remove(key)) != nil { break } }
                default:
                    let read = try await cache.read(key)
                    if read != known.value[key] {
                        diary.note("key \(key) is \(read as Any) and not \(known.value[key] as Any)")
                    }
                }
            } catch {}
        }
    }
}
