import Resilience
import Testing

/// Random schedules: what no bulkhead may ever do.
@Suite struct BulkheadPropertyTests {
    static func rules(_ dice: inout Dice) throws -> BulkheadRules {
        let algorithms = ConcurrencyLimitRules.Algorithm.allCases
        let adaptive =
            dice.oneIn(2)
            ? nil
            : try ConcurrencyLimitRules(
                algorithms[dice.below(4)], initial: dice.within(1...5), min: 1, max: dice.within(5...9))
        let shedding: [BulkheadRules.Shedding?] = [nil, .codel(), .facebook()]
        return try BulkheadRules(
            concurrent: adaptive?.initial ?? dice.within(1...4), queue: dice.within(1...6),
            whenFull: BulkheadRules.WhenFull.allCases[dice.below(3)],
            maxWait: dice.oneIn(2) ? .milliseconds(dice.within(0...300)) : nil,
            order: BulkheadRules.Order.allCases[dice.below(3)], shedding: shedding[dice.below(3)], adaptive: adaptive)
    }

    /// Where a call can be.
    enum Place: Equatable { case queued, inside, gone }

    /// Follows every call from outside.
    struct Watch {
        var places: [Int: Place] = [:]
        var since: [Int: Double] = [:]
        var problems: [String] = []

        mutating func move(_ call: Int, from: Place?, to: Place) {
            if places[call] != from { problems.append("call \(call) goes to \(to) and was \(places[call] as Any)") }
            places[call] = to
        }

        mutating func saw(_ releases: [BulkheadRelease<Int>]) {
            for release in releases {
                switch release {
                case .start(let call): move(call, from: .queued, to: .inside)
                case .shed(let call, _): move(call, from: .queued, to: .gone)
                }
            }
        }

        func count(_ place: Place) -> Int { places.values.count { $0 == place } }
    }

    @Test func nobodyIsLostAndNeverTooManyInside() throws {
        for seed in UInt64(1)...300 {
            var dice = Dice(seed: seed)
            let rules = try Self.rules(&dice)
            let bulkhead = BulkheadStand(rules)
            var watch = Watch()
            var time = 0.0
            for call in 0..<250 {
                time += [0, 0, 1, 3, 20, 110][dice.below(6)]
                let limit = bulkhead.core.limit
                switch dice.below(10) {
                case 0: watch.saw(bulkhead.tick(at: time))
                case 1:
                    let other = dice.below(call + 1)
                    if bulkhead.abandon(other, at: time) { watch.move(other, from: .queued, to: .gone) }
                case 2...4:
                    let inside = watch.places.filter { $0.value == .inside }.keys.sorted()
                    guard !inside.isEmpty else { break }
                    watch.move(inside[dice.below(inside.count)], from: .inside, to: .gone)
                    let took = Duration.milliseconds(dice.within(1...6000))
                    watch.saw(bulkhead.leave(took: took, wasDropped: dice.oneIn(9), at: time))
                default: enter(call, rules, bulkhead, &watch, &dice, at: time)
                }
                let (inside, queued) = (watch.count(.inside), watch.count(.queued))
                if inside != bulkhead.core.inFlight || queued != bulkhead.core.queued {
                    watch.problems.append("\(inside) inside and \(queued) queued")
                }
                // A limit that falls sends nobody out.
                if inside > max(limit, bulkhead.core.limit), inside > bulkhead.core.limit, limit >= inside {
                    watch.problems.append("\(inside) inside of \(bulkhead.core.limit)")
                }
                if rules.adaptive == nil, inside > rules.concurrent { watch.problems.append("\(inside) inside") }
                if rules.whenFull != .wait, queued > rules.queue { watch.problems.append("\(queued) queued") }
                if queued > 0, inside < bulkhead.core.limit { watch.problems.append("there is room, and some wait") }
            }
            #expect(watch.problems == [], "seed \(seed)")
        }
    }

    private func enter(
        _ call: Int, _ rules: BulkheadRules, _ bulkhead: BulkheadStand, _ watch: inout Watch, _ dice: inout Dice,
        at time: Double
    ) {
        let inside = watch.count(.inside)
        let timeLeft = dice.oneIn(5) ? Duration.milliseconds(dice.below(100)) : nil
        switch bulkhead.enter(call, timeLeft: timeLeft, at: time) {
        case .entered:
            watch.move(call, from: nil, to: .inside)
            if inside >= bulkhead.core.limit { watch.problems.append("let in where there was no room") }
        case .queued: watch.move(call, from: nil, to: .queued)
        case .queuedShedding(let oldest):
            watch.move(oldest, from: .queued, to: .gone)
            watch.move(call, from: nil, to: .queued)
        case .rejected:
            watch.move(call, from: nil, to: .gone)
            if inside < bulkhead.core.limit, timeLeft != .zero { watch.problems.append("turned away, and room") }
        }
    }

    /// Patience ends when it is said to, and in order.
    @Test func nobodyWaitsLongerThanItMay() throws {
        for seed in UInt64(1)...50 {
            var dice = Dice(seed: seed)
            let bulkhead = BulkheadStand(
                try BulkheadRules(concurrent: 1, queue: 50, maxWait: .milliseconds(100), order: .lifo))
            var time = 0.0
            var since: [Int: Double] = [:]
            _ = bulkhead.enter(-1)
            for call in 0..<300 {
                let next = time + Double(dice.below(9))
                // As a driver does: looks whenever somebody's patience ends.
                while let left = bulkhead.timeToTick(at: time), time + left / .milliseconds(1) <= next {
                    time += left / .milliseconds(1)
                    for case .shed(let other, .waited) in bulkhead.tick(at: time) {
                        #expect(abs(time - (since[other] ?? 0) - 100) < 1e-6)
                    }
                }
                time = next
                if bulkhead.enter(call, at: time) == .queued {
                    since[call] = time
                    #expect(bulkhead.core.timeLeft(of: call, at: BulkheadStand.instant(time)) == .milliseconds(100))
                }
                if dice.oneIn(3) {
                    for case .start(let other) in bulkhead.leave(at: time) {
                        #expect(time - (since[other] ?? 0) <= 100)
                    }
                    _ = bulkhead.enter(1000 + call, at: time)
                    since[1000 + call] = time
                }
            }
        }
    }
}
