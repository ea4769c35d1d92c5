import Testing

@testable import Resilience

/// Thousands of random settings, waited by us and by Python's tenacity with the same draws.
@Suite struct BackoffOracleTests {
    enum Kind: String, CaseIterable {
        case exponential, randomExponential, exponentialJitter, incrementing, fixed, chain, random
    }

    struct Setting {
        var kind: Kind
        /// Milliseconds.
        var base, step, min, max: Int
        var factor: Double
        var waits: [Int]
        /// Whole numbers below 2^32: the draws times 2^32.
        var draws: [UInt64]

        init(_ kind: Kind, _ dice: inout Dice) {
            self.kind = kind
            // Round figures, so that caps and exact multiples meet.
            base = [1, 10, 500, 1000, dice.within(1...5000)][dice.below(5)]
            step = [0, base, dice.within(0...3000)][dice.below(3)]
            min = dice.oneIn(2) ? 0 : dice.within(0...2000)
            max = Swift.max(min, [base, 10_000, 60_000, 3_600_000, dice.within(1...2_000_000)][dice.below(5)])
            factor = [1, 1.5, 2, 2, 3, 10][dice.below(6)]
            waits = (0...dice.below(5)).map { _ in dice.within(0...5000) }
            let attempts = dice.oneIn(50) ? 1500 : dice.within(1...40)
            draws = (0..<attempts).map { _ in dice.oneIn(10) ? [0, 0xffff_ffff][dice.below(2)] : dice.next() >> 32 }
        }

        func backoff() throws -> Backoff {
            func ms(_ value: Int) -> Duration { .milliseconds(value) }
            switch kind {
            case .exponential:
                return try .tenacityExponential(multiplier: ms(base), factor: factor, min: ms(min), max: ms(max))
            case .randomExponential:
                return try .tenacityRandomExponential(multiplier: ms(base), factor: factor, min: ms(min), max: ms(max))
            case .exponentialJitter:
                return try .tenacityExponentialJitter(initial: ms(base), factor: factor, max: ms(max), jitter: ms(step))
            case .incrementing:
                return try Backoff(.linear(step: ms(step)), base: ms(Swift.min(base, max)), max: ms(max))
            case .fixed: return try Backoff(.constant, base: ms(base))
            case .chain: return try Backoff(.listed(waits.map(ms)))
            case .random: return try Backoff(.constant, base: ms(max), jitter: .full, least: ms(min))
            }
        }

        var line: String {
            let numbers = [base, kind == .incrementing ? Swift.min(base, max) : base, step, min, max]
            return "\(kind.rawValue) \(numbers.map(String.init).joined(separator: " ")) \(factor) "
                + waits.map(String.init).joined(separator: ",") + " "
                + draws.map { String($0) }.joined(separator: ",") + "\n"
        }
    }

    static let script = """
        import sys, types, random, tenacity.wait as wait
        draw = [0.0]
        random.random = lambda: draw[0]
        random.uniform = lambda low, high: low + (high - low) * draw[0]
        for line in sys.stdin:
            kind, base, start, step, least, most, factor, waits, draws = line.split()
            base, start, step, least, most = (int(x) / 1000 for x in (base, start, step, least, most))
            factor = float(factor)
            waits = [int(x) / 1000 for x in waits.split(",")]
            function = {
                "exponential": lambda: wait.wait_exponential(base, most, factor, least),
                "randomExponential": lambda: wait.wait_random_exponential(base, most, factor, least),
                "exponentialJitter": lambda: wait.wait_exponential_jitter(
                    max=most, exp_base=factor, jitter=step, multiplier=base),
                "incrementing": lambda: wait.wait_incrementing(start, step, most),
                "fixed": lambda: wait.wait_fixed(base),
                "chain": lambda: wait.wait_chain(*[wait.wait_fixed(x) for x in waits]),
                "random": lambda: wait.wait_random(least, most),
            }[kind]()
            answers = []
            for number, text in enumerate(draws.split(","), 1):
                draw[0] = int(text) / 2**32
                answers.append(repr(float(function(retry_state=types.SimpleNamespace(attempt_number=number)))))
            print(" ".join(answers))
        """

    @Test(.enabled(if: Python.isThere, "needs the Python that scripts/test prepares"), arguments: Kind.allCases)
    func tenacity_waitsAreTheSameForRandomSettings(kind: Kind) throws {
        var dice = Dice(seed: 29)
        let settings = (0..<800).map { _ in Setting(kind, &dice) }
        let lines = try Python.lines(Self.script, input: settings.map(\.line).joined())
        try #require(lines.count == settings.count)
        for (setting, line) in zip(settings, lines) {
            let theirs = line.split(separator: " ").compactMap { Double($0) }
            try #require(theirs.count == setting.draws.count)
            var sequence = try setting.backoff().makeSequence()
            for (number, pair) in zip(theirs, setting.draws).enumerated() {
                let ours = sequence.next(draw: Double(pair.1) * 0x1p-32).duration.milliseconds / 1000
                // Theirs are seconds in floating point, ours whole nanoseconds.
                guard abs(ours - pair.0) <= 1e-9 + pair.0 * 1e-12 else {
                    Issue.record("attempt \(number + 1): \(ours) is not \(pair.0) in \(setting.line)")
                    return
                }
            }
        }
    }
}
