import Testing

@testable import Resilience

@Suite struct BackoffPropertyTests {
    /// Any backoff at all, with settings that often lie at their limits.
    static func any(_ dice: inout Dice) -> Backoff? {
        func duration() -> Duration {
            switch dice.below(8) {
            case 0: return .zero
            case 1: return .nanoseconds(dice.within(1...1000))
            case 2: return .seconds(Int64.max)
            case 3: return .nanoseconds(Int64.max)
            default: return .microseconds(dice.within(1...10_000_000))
            }
        }
        let factor = [1, 1.0000001, 1.5, 2, 1e6, .greatestFiniteMagnitude][dice.below(6)]
        let shapes: [Backoff.Shape] = [
            .none, .constant, .linear(step: duration()), .exponential(factor: factor), .exponentialLessOne,
            .listed([duration(), duration()]), .decorrelated, .decorrelatedGrowing, .decorrelatedV2,
        ]
        let jitters: [Backoff.Jitter] = [
            .none, .proportional(dice.draw()), .proportional(1), .full, .equal, .added(duration()),
        ]
        return try? Backoff(
            shapes[dice.below(shapes.count)], base: duration(), max: dice.oneIn(2) ? duration() : nil,
            cap: dice.oneIn(2) ? .beforeJitter : .afterJitter,
            jitter: dice.oneIn(3) ? .none : jitters[dice.below(jitters.count)],
            least: dice.oneIn(3) ? duration() : .zero, unit: dice.oneIn(3) ? .milliseconds(1) : .nanoseconds(1))
    }

    @Test func everyWaitLiesWithinItsSpanAndTheCap() {
        var (dice, seen) = (Dice(seed: 7), 0)
        for _ in 0..<6000 {
            guard let backoff = Self.any(&dice) else { continue }
            seen += 1
            var sequence = backoff.makeSequence()
            for _ in 0..<80 {
                let draw = [0, 0.5, 1 - 0x1p-53, dice.draw()][dice.below(4)]
                let wait = sequence.next(draw: draw)
                let isWithin = wait.floor <= wait.duration && wait.duration <= wait.ceiling
                let isCapped =
                    backoff.cap == .beforeJitter || backoff.max.map { wait.ceiling <= $0 } ?? true
                let isLongEnough = wait.floor >= min(backoff.least, .longest) && wait.floor >= .zero
                guard isWithin, isCapped, isLongEnough, wait.ceiling <= .longest else {
                    Issue.record("\(wait) of \(backoff)")
                    return
                }
            }
        }
        #expect(seen > 2000)
    }

    @Test func drawsOutsideTheirRangeAreTakenAsTheNearest() throws {
        let backoff = try Backoff(.constant, base: .seconds(1), jitter: .full)
        for (draw, expected) in [(-1.0, 0), (.nan, 0), (1, 1000), (2, 1000), (.infinity, 1000)] {
            var sequence = backoff.makeSequence()
            #expect(sequence.next(draw: draw).duration == .milliseconds(expected))
        }
    }

    @Test func aMillionRetriesGrowToTheLongestWaitAndStayThere() throws {
        for backoff in [
            try Backoff(.exponential(factor: 1e300), base: .seconds(1)),
            try Backoff(.decorrelatedV2, base: .seconds(1)),
            try Backoff(.linear(step: .seconds(Int64.max)), base: .seconds(1)),
            try Backoff(.exponentialLessOne, base: .nanoseconds(1)),
        ] {
            var sequence = backoff.makeSequence()
            for _ in 0..<20_000 { _ = sequence.next(draw: 0.5) }
            #expect(sequence.next(draw: 0.5).duration == .longest)
        }
        var million = try Backoff(.exponential(factor: 2), base: .seconds(1), max: .seconds(60)).makeSequence()
        for _ in 0..<1_000_000 { _ = million.next(draw: 0) }
        #expect(million.next(draw: 0).duration == .seconds(60))
    }

    @Test func impossibleSettingsAreErrors() {
        let impossible: [(String, () throws -> Backoff)] = [
            ("base", { try Backoff(.constant, base: .seconds(-1)) }),
            ("max", { try Backoff(.constant, base: .seconds(2), max: .seconds(1)) }),
            ("max", { try Backoff(.constant, max: .seconds(1), least: .seconds(2)) }),
            ("least", { try Backoff(.constant, least: .seconds(-1)) }),
            ("unit", { try Backoff(.constant, unit: .zero) }),
            ("step", { try Backoff(.linear(step: .seconds(-1))) }),
            ("factor", { try Backoff(.exponential(factor: 0.99)) }),
            ("factor", { try Backoff(.exponential(factor: .nan)) }),
            ("factor", { try Backoff(.exponential(factor: .infinity)) }),
            ("waits", { try Backoff(.listed([])) }),
            ("waits", { try Backoff(.listed([.seconds(-1)])) }),
            ("jitter", { try Backoff(.constant, jitter: .proportional(1.01)) }),
            ("jitter", { try Backoff(.constant, jitter: .proportional(-0.01)) }),
            ("jitter", { try Backoff(.constant, jitter: .proportional(.nan)) }),
            ("jitter", { try Backoff(.constant, jitter: .added(.seconds(-1))) }),
            ("jitter", { try Backoff(.decorrelated, base: .seconds(1), jitter: .full) }),
            ("cap", { try .awsFull(base: .seconds(2), cap: .seconds(1)) }),
            ("max", { try .waitAndRetryDecorrelated(min: .seconds(2), max: .seconds(1)) }),
        ]
        for (setting, make) in impossible {
            #expect { try make() } throws: { ($0 as? PolicyError)?.setting == setting }
        }
    }
}
