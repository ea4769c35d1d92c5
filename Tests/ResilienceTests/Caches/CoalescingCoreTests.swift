import Testing

@testable import Resilience

@Suite struct CoalescingCoreTests {
    typealias Core = CoalescingCore<String, Int>
    var core = Core()

    /// The load that the caller leads, or waits for.
    mutating func lead(_ key: String, _ waiter: Int) throws -> Core.Flight {
        guard case .leads(let flight) = core.join(key, waiter) else { throw Unexpected() }
        return flight
    }

    struct Unexpected: Error {}

    @Test mutating func singleflight_duplicatesShareOneCall() throws {
        let flight = try lead("a", 1)
        #expect(core.join("a", 2) == .joined(flight))
        #expect(core.join("a", 3) == .joined(flight))
        let other = try lead("b", 4)
        #expect(core.land(flight) == Core.Landing(waiters: [2, 3], isShared: true, isForgotten: false))
        #expect(core.land(other) == Core.Landing(waiters: [], isShared: false, isForgotten: false))
        #expect(core.inFlight == 0)
    }

    @Test mutating func singleflight_sharedIsTrueAlsoWhenTheDuplicateLeft() throws {
        let flight = try lead("a", 1)
        _ = core.join("a", 2)
        let left = [core.leave(2, flight), core.leave(2, flight)]
        #expect(left == [true, false])
        #expect(core.land(flight) == Core.Landing(waiters: [], isShared: true, isForgotten: false))
    }

    @Test mutating func singleflight_keyIsRemovedWhenTheCallReturns() throws {
        let first = try lead("a", 1)
        _ = core.land(first)
        #expect(try lead("a", 2) != first)
    }

    @Test mutating func singleflight_forgetMakesTheNextCallRunAfresh() throws {
        let old = try lead("a", 1)
        _ = core.join("a", 2)
        core.forget("a")
        let new = try lead("a", 3)
        #expect(core.join("a", 4) == .joined(new))
        #expect(core.land(old) == Core.Landing(waiters: [2], isShared: true, isForgotten: true))
        // The end of the old call leaves the new one alone.
        #expect(core.join("a", 5) == .joined(new))
        #expect(core.land(new) == Core.Landing(waiters: [4, 5], isShared: true, isForgotten: false))
    }

    @Test mutating func forgettingByPatternReachesLoadsThatNobodyJoins() throws {
        let alone = core.leadAlone("orders:1")
        let orders = try lead("orders:1", 1)
        let product = try lead("product:1", 2)
        core.forget { $0.hasPrefix("orders:") }
        let ends = [core.land(alone), core.land(orders), core.land(product)]
        #expect(ends.map(\.isForgotten) == [true, true, false])
    }

    @Test mutating func refreshIsOnlyBegunOnce() throws {
        let begun = core.lead("a")
        let refresh = try #require(begun)
        #expect(core.lead("a") == nil)
        #expect(core.join("a", 1) == .joined(refresh))
        let alone = core.leadAlone("a")
        #expect(core.join("a", 2) == .joined(refresh))
        #expect(core.land(alone).waiters == [])
        #expect(core.land(refresh).waiters == [1, 2])
    }

    @Test mutating func cancelledLeaderHandsOverToWhoHasWaitedLongest() throws {
        let flight = try lead("a", 1)
        _ = core.join("a", 2)
        _ = core.join("a", 3)
        #expect(core.handOver(flight) == 2)
        #expect(core.join("a", 4) == .joined(flight))
        #expect(core.handOver(flight) == 3)
        #expect(core.land(flight).waiters == [4])
        let lonely = try lead("a", 5)
        #expect(core.handOver(lonely) == nil)
        #expect(core.inFlight == 0)
    }

    /// Whatever happens, every caller gets exactly one result, and no two loads that can be joined run at once.
    @Test func everyCallerIsAnsweredOnce() {
        for seed in UInt64(1)...200 {
            var dice = Dice(seed: seed)
            var core = Core()
            var leading: [Core.Flight: (key: String, leader: Int)] = [:]
            var order: [Core.Flight] = []
            var waiting: Set<Int> = []
            var answered: [Int] = []
            for caller in 0..<200 {
                let key = "\(dice.below(3))"
                switch dice.below(8) {
                case 0: core.forget(key)
                case 1, 2:
                    guard !order.isEmpty else { break }
                    let flight = order.remove(at: dice.below(order.count))
                    let landing = core.land(flight)
                    answered += [leading.removeValue(forKey: flight)?.leader ?? -1] + landing.waiters
                    waiting.subtract(landing.waiters)
                case 3:
                    guard let flight = order.randomElement(using: &dice) else { break }
                    if let next = core.handOver(flight) {
                        leading[flight]?.leader = next
                        waiting.remove(next)
                    } else {
                        leading[flight] = nil
                        order.removeAll { $0 == flight }
                    }
                default:
                    switch core.join(key, caller) {
                    case .leads(let flight):
                        leading[flight] = (key, caller)
                        order.append(flight)
                    case .joined(let flight):
                        #expect(leading[flight]?.key == key)
                        waiting.insert(caller)
                    }
                }
                #expect(core.inFlight == order.count)
            }
            for flight in order {
                answered += [leading[flight]?.leader ?? -1] + core.land(flight).waiters
            }
            #expect(answered.count == Set(answered).count, "seed \(seed)")
            #expect(waiting.isSubset(of: answered) && core.inFlight == 0, "seed \(seed)")
        }
    }

    /// Which tags a load has is known when it ends.
    @Test func aTagThatIsForgottenConcernsOnlyLoadsThatTurnOutToHaveIt() {
        var core = CoalescingCore<String, Int>()
        guard case .leads(let flight) = core.join("a", 1) else { return #expect(Bool(false), "it should lead") }
        core.forget(tagged: "t")
        #expect(core.isForgotten(flight, tags: ["s", "t"]))
        #expect(!core.isForgotten(flight, tags: ["s"]))
        #expect(!core.isForgotten(flight))
        // Whoever comes now wants what is newer.
        guard case .leads(let newer) = core.join("a", 2) else { return #expect(Bool(false), "it should lead") }
        #expect(!core.isForgotten(newer, tags: ["t"]))
    }

    /// What is meant may depend on what was asked before: the order must not be the dictionary's.
    @Test func loadsAreAskedForInTheOrderInWhichTheyBegan() {
        var core = CoalescingCore<String, Int>()
        let keys = (0..<50).map { "key-\($0)" }
        for (number, key) in keys.enumerated() { _ = core.join(key, number) }
        var asked: [String] = []
        core.forget { key in
            asked.append(key)
            return asked.count.isMultiple(of: 2)
        }
        #expect(asked == keys)
        asked = []
        core.forget { key in
            asked.append(key)
            return false
        }
        #expect(asked == stride(from: 0, to: 50, by: 2).map { keys[$0] })
    }
}
