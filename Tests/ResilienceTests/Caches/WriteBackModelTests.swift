import Simulation
import Testing
import Trace

@testable import Resilience

/// The core against a naive list of everything that was written, with flushes that take time, fail, and crashes.
@Suite struct WriteBackModelTests {
    struct Write: Equatable {
        var key: Int
        var value: Int
        var at: Int
    }

    /// What a cache with write-back owes, kept in the plainest way.
    struct Naive {
        var store: [Int: Int] = [:]
        /// What was acknowledged and is not in the store: the newest value of each key.
        var owed: [Int: Int] = [:]
        /// Since when each of them is owed.
        var since: [Int: Int] = [:]

        mutating func arrived(_ key: Int, _ value: Int) {
            store[key] = value
            if owed[key] == value { (owed[key], since[key]) = (nil, nil) }
        }
    }

    static func rules(_ dice: inout Dice) throws -> WriteBackRules {
        try WriteBackRules(
            flush: dice.oneIn(2) ? .every(.seconds(dice.within(1...20))) : .after(.seconds(dice.within(1...20))),
            batch: dice.oneIn(2) ? dice.within(1...4) : nil, retry: dice.oneIn(2) ? .seconds(dice.within(1...5)) : nil,
            maxDirty: dice.oneIn(4) ? dice.within(1...5) : nil)
    }

    /// Nothing that the store has is ever lost; a crash loses exactly what was acknowledged and is not there.
    @Test func exactlyTheDirtyKeysAreLost() throws {
        for seed in UInt64(1)...400 {
            var dice = Dice(seed: seed)
            var core = WriteBackCore<Int, Int, VirtualTime>(try Self.rules(&dice), at: .zero)
            var naive = Naive()
            var flights: [[WriteBackEntry<Int, Int>]] = []
            var (time, value) = (0, 0)
            for _ in 0..<300 {
                time += [0, 0, 1, 3, 20][dice.below(5)]
                let now = VirtualTime.seconds(Double(time))
                switch dice.below(14) {
                case 0:
                    // The writes on their way arrive before the crash, or never.
                    let lost = core.crash()
                    #expect(Dictionary(uniqueKeysWithValues: lost.map { ($0.key, $0.value) }) == naive.owed)
                    (naive.owed, naive.since, flights) = ([:], [:], [])
                case 1...3:
                    let batch = core.take(at: now)
                    #expect(batch.count <= core.rules.batch ?? .max)
                    if !batch.isEmpty { flights.append(batch) }
                case 4...6:
                    guard !flights.isEmpty else { break }
                    let batch = flights.remove(at: dice.below(flights.count))
                    if dice.oneIn(3) {
                        core.failed(batch, at: now)
                    } else {
                        for entry in batch { naive.arrived(entry.key, entry.value) }
                        core.flushed(batch)
                    }
                case 7: core.hurry(dice.below(8))
                case 8: core.change(try Self.rules(&dice), at: now)
                case 9: if let entry = core.take(dice.below(8)) { flights.append([entry]) }
                default:
                    value += 1
                    let key = dice.below(8)
                    guard core.write(key, value, at: now) != .full else { break }
                    naive.owed[key] = value
                    naive.since[key] = naive.since[key] ?? time
                }
                #expect(Dictionary(uniqueKeysWithValues: core.dirty.map { ($0.key, $0.value) }) == naive.owed)
                #expect(core.count == naive.owed.count)
                let flying = flights.flatMap { $0.map(\.key) }
                #expect(flying.count == Set(flying).count, "two writes of one key on their way, seed \(seed)")
            }
            // The store comes up again: everything arrives, and nothing older than what is there.
            core.hurryAll()
            while true {
                for batch in flights {
                    for entry in batch { naive.arrived(entry.key, entry.value) }
                    core.flushed(batch)
                }
                flights = [core.take(at: .seconds(Double(time) + 1e6))]
                if flights == [[]] { break }
            }
            #expect(core.isEmpty && naive.owed.isEmpty, "seed \(seed)")
        }
    }

    /// Coherence: the loss window is at most the delay and one flush; writes coalesced are the puts but for the
    /// distinct keys of each delay.
    @Test func coherence_lossWindowAndCoalescedWrites() throws {
        for seed in UInt64(1)...100 {
            var dice = Dice(seed: seed)
            let (delay, flushTime) = (dice.within(1...9), dice.within(0...4))
            let flush: WriteBackRules.Flush = dice.oneIn(2) ? .every(.seconds(delay)) : .after(.seconds(delay))
            var core = WriteBackCore<Int, Int, VirtualTime>(try WriteBackRules(flush: flush), at: .zero)
            var naive = Naive()
            var landing: [(at: Int, batch: [WriteBackEntry<Int, Int>])] = []
            var (puts, coalesced, flushed) = (0, 0, 0)
            for time in 0..<500 {
                let now = VirtualTime.seconds(Double(time))
                while let first = landing.first, first.at <= time {
                    landing.removeFirst()
                    for entry in first.batch { naive.arrived(entry.key, entry.value) }
                    for entry in first.batch where naive.owed[entry.key] != nil { naive.since[entry.key] = nil }
                    core.flushed(first.batch)
                }
                let batch = core.take(at: now)
                flushed += batch.count
                if !batch.isEmpty { landing.append((time + flushTime, batch)) }
                for _ in 0..<dice.below(4) {
                    puts += 1
                    let key = dice.below(4)
                    if core.write(key, puts, at: now) == .coalesced { coalesced += 1 }
                    naive.owed[key] = puts
                    naive.since[key] = naive.since[key] ?? time
                }
                let oldest = naive.since.values.min() ?? time
                // One flush more, where a key is written again while it is being flushed.
                #expect(time - oldest <= delay + 2 * flushTime, "seed \(seed)")
                if flushTime == 0 { #expect(time - oldest <= delay, "seed \(seed)") }
            }
            let waiting = core.dirty.count { !core.isFlying($0.key) || core.take($0.key) != nil }
            #expect(puts - coalesced >= flushed + waiting && puts - coalesced <= flushed + core.count, "seed \(seed)")
        }
    }
}
