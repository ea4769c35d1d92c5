import Glibc
import Simulation
import Testing

@Suite struct DistributionTests {
    private static let draws = 40_000

    private func samples(_ distribution: Distribution) -> [Double] {
        var stream = RandomStream(seed: 7, component: "test", purpose: "samples")
        return (0..<Self.draws).map { _ in distribution.sample(&stream) }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var distribution: Distribution
        var mean: Double
        var deviation: Double
        /// The probability of a value at or below x.
        var cumulative: @Sendable (Double) -> Double
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "uniform", distribution: .uniform(from: 2, to: 8), mean: 5, deviation: 3.0.squareRoot()) {
            min(max(($0 - 2) / 6, 0), 1)
        },
        Case(name: "normal", distribution: .normal(mean: 10, deviation: 2), mean: 10, deviation: 2) {
            0.5 * erfc(-($0 - 10) / 8.0.squareRoot())
        },
        Case(name: "exponential", distribution: .exponential(mean: 3), mean: 3, deviation: 3) { 1 - exp(-$0 / 3) },
        // The logarithm has mean log 2 and deviation log(4) / 2.3263...; the moments follow.
        Case(
            name: "lognormal", distribution: .lognormal(p50: 2, p99: 8), mean: 2 * exp(sigma * sigma / 2),
            deviation: 2 * exp(sigma * sigma / 2) * (exp(sigma * sigma) - 1).squareRoot()
        ) { 0.5 * erfc(-log($0 / 2) / sigma / 2.0.squareRoot()) },
        Case(
            name: "pareto", distribution: .pareto(minimum: 2, shape: 5), mean: 2.5,
            deviation: (4.0 * 5 / (16 * 3)).squareRoot()
        ) { 1 - pow(2 / $0, 5) },
        Case(
            name: "weibull", distribution: .weibull(scale: 2, shape: 1.5), mean: 2 * tgamma(1 + 1 / 1.5),
            deviation: 2 * (tgamma(1 + 2 / 1.5) - pow(tgamma(1 + 1 / 1.5), 2)).squareRoot()
        ) { 1 - exp(-pow($0 / 2, 1.5)) },
    ]
    static let sigma = log(4.0) / 2.3263478740408408

    @Test(arguments: cases) func momentsAreThoseOfTheFormulas(_ item: Case) {
        let values = samples(item.distribution)
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        #expect(abs(mean - item.mean) < 4 * item.deviation / count.squareRoot())
        #expect(abs(variance.squareRoot() / item.deviation - 1) < 0.03)
    }

    /// Kolmogorov-Smirnov: the largest gap to the formula, at one in ten thousand.
    @Test(arguments: cases) func everyQuantileIsThatOfTheFormula(_ item: Case) {
        let values = samples(item.distribution).sorted()
        let count = Double(values.count)
        var gap = 0.0
        for (index, value) in values.enumerated() {
            let expected = item.cumulative(value)
            gap = max(gap, Double(index + 1) / count - expected, expected - Double(index) / count)
        }
        #expect(gap * count.squareRoot() < 2.23)
    }

    @Test func percentilesOfALognormalAreThoseGiven() {
        let values = samples(.lognormal(p50: 180, p99: 900)).sorted()
        #expect(abs(values[values.count / 2] / 180 - 1) < 0.02)
        #expect(abs(values[values.count * 99 / 100] / 900 - 1) < 0.04)
    }

    @Test func fixedAndEmpiricalGiveTheirOwnValues() {
        #expect(Set(samples(.fixed(4))) == [4])
        let counts = Dictionary(grouping: samples(.empirical([1, 5, 5, 9])), by: { $0 }).mapValues(\.count)
        #expect(counts.keys.sorted() == [1, 5, 9])
        #expect(abs(Double(counts[5] ?? 0) / Double(Self.draws) - 0.5) < 0.01)
        #expect(samples(.empirical([])).allSatisfy { $0 == 0 })
    }

    @Test func bimodalIsSlowOnceInN() {
        let slow = samples(.bimodal(fast: .fixed(1), slow: .fixed(100), oneIn: 50)).count { $0 == 100 }
        #expect(abs(Double(slow) / Double(Self.draws) * 50 - 1) < 0.1)
        #expect(samples(.bimodal(fast: .fixed(1), slow: .fixed(2), oneIn: 1)).allSatisfy { $0 == 2 })
        #expect(samples(.bimodal(fast: .fixed(1), slow: .fixed(2), oneIn: .infinity)).allSatisfy { $0 == 1 })
    }

    @Test func aBimodalBranchChoosesForItself() {
        let inner = Distribution.bimodal(fast: .fixed(2), slow: .fixed(3), oneIn: 4)
        let values = samples(.bimodal(fast: inner, slow: inner, oneIn: 2))
        #expect(abs(Double(values.count { $0 == 3 }) / Double(Self.draws) * 4 - 1) < 0.05)
        let fastOnly = samples(.bimodal(fast: inner, slow: .fixed(1), oneIn: 2))
        #expect(abs(Double(fastOnly.count { $0 == 3 }) / Double(Self.draws) * 8 - 1) < 0.05)
    }

    /// Two runs that differ in one number can be compared draw by draw.
    @Test func slowingOneDrawInMoreLeavesTheOthersAlone() {
        func values(_ oneIn: Double) -> [Double] {
            samples(.bimodal(fast: .exponential(mean: 1), slow: .exponential(mean: 100), oneIn: oneIn))
        }
        let changed = zip(values(100), values(50)).count { $0 != $1 }
        #expect(abs(Double(changed) / Double(Self.draws) - 0.01) < 0.002)
    }

    @Test(arguments: [0.0, 0.8, 1.2]) func zipfRanksComeAsOftenAsTheirPower(exponent: Double) {
        let count = 50
        let values = samples(.zipf(count, exponent: exponent))
        let weights = (1...count).map { pow(Double($0), -exponent) }
        let total = weights.reduce(0, +)
        let zipf = Zipf(count: count, exponent: exponent)
        var chi = 0.0
        for rank in 1...count {
            let expected = weights[rank - 1] / total
            #expect(abs(zipf.probability(rank) - expected) < 1e-12)
            let seen = Double(values.count { $0 == Double(rank) })
            let mean = expected * Double(Self.draws)
            chi += (seen - mean) * (seen - mean) / mean
        }
        // 49 degrees of freedom: mean 49, deviation 9.9.
        #expect(abs(chi - 49) < 4 * 9.9)
        #expect(zipf.rank(0) == 1 && zipf.rank(1) == count)
    }

    @Test func timesAreWholeAndNeverNegative() {
        let draw = Draw(bits: 0)
        #expect(Distribution.fixed(-5).nanoseconds(draw) == 0)
        #expect(Distribution.fixed(.nan).nanoseconds(draw) == 0)
        #expect(Distribution.fixed(.infinity).nanoseconds(draw) == .max)
        #expect(Distribution.fixed(1e19).nanoseconds(draw) == .max)
        #expect(Distribution.fixed(2.5).nanoseconds(draw) == 3)
        #expect(Distribution.normal(mean: 1, deviation: 9).nanoseconds(draw) == 0)
    }

    @Test func eachSampleTakesOneDraw() {
        for distribution in Self.cases.map(\.distribution) + [.zipf(9, exponent: 1), .fixed(1), .empirical([1])] {
            var stream = RandomStream(seed: 1, component: "a", purpose: "b")
            _ = distribution.sample(&stream)
            #expect(stream.index == 1)
        }
    }
}
