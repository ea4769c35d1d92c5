import Glibc
import Simulation
import Testing

@Suite struct MathsTests {
    /// The distance in steps between neighbouring numbers.
    private func ulps(_ mine: Double, _ theirs: Double) -> Double {
        if mine == theirs || (mine.isNaN && theirs.isNaN) { return 0 }
        guard mine.isFinite, theirs.isFinite else { return .infinity }
        return abs(mine - theirs) / theirs.ulp
    }

    /// The largest distance over numbers of every size, and the number at which it is.
    private func worst(_ range: ClosedRange<Double>, _ measure: (Double) -> Double) -> (Double, at: Double) {
        let stream = RandomStream(seed: 3, component: "maths", purpose: "arguments")
        var worst = (0.0, at: 0.0)
        for index: UInt64 in 0..<30_000 {
            let x = range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform(at: index)
            let distance = measure(x)
            if distance > worst.0 { worst = (distance, x) }
        }
        return worst
    }

    @Test(arguments: [0.5...2.0, 0.99...1.01, 1e-300...1e-290, 0...Double.leastNormalMagnitude, 0...1, 1...1e300])
    func logAgreesWithTheCLibrary(range: ClosedRange<Double>) {
        let worst = worst(range) { ulps(Maths.log($0), Glibc.log($0)) }
        #expect(worst.0 <= 1, "at \(worst.at)")
    }

    @Test(arguments: [-1.0...1, -50...50, -708...709, -1e-9...1e-9])
    func expAgreesWithTheCLibrary(range: ClosedRange<Double>) {
        let worst = worst(range) { ulps(Maths.exp($0), Glibc.exp($0)) }
        #expect(worst.0 <= 1, "at \(worst.at)")
    }

    @Test(arguments: [(0.3, 1.0), (1.5, 3.0), (-0.5, 2.0), (-2.0, 8.0), (7.3, 4.0), (-25.0, 12.0)])
    func powAgreesWithTheCLibrary(exponent: Double, scale: Double) {
        let near = worst(0...scale) { ulps(Maths.pow($0, exponent), Glibc.pow($0, exponent)) }
        #expect(near.0 <= 1, "at \(near.at)")
        let tiny = worst(0...1e-10) { ulps(Maths.pow($0, exponent), Glibc.pow($0, exponent)) }
        #expect(tiny.0 <= 4, "at \(tiny.at)")
    }

    @Test func specialValuesFollowTheCStandard() {
        let values: [Double] = [
            0, 1, -1, 0.5, 2, 710, -746, -745.2, 1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude,
        ]
        for x in values {
            #expect(ulps(Maths.log(x), Glibc.log(x)) <= 1, "log(\(x))")
            #expect(ulps(Maths.exp(x), Glibc.exp(x)) <= 1, "exp(\(x))")
            for y in values where x >= 0 || y == 0 {
                #expect(ulps(Maths.pow(x, y), Glibc.pow(x, y)) <= 1, "pow(\(x), \(y))")
            }
        }
        #expect(Maths.pow(-8, 1.0 / 3).isNaN)
    }

    /// Part of every trace: these must be the same bits on every machine.
    @Test func knownBits() {
        var digest: UInt64 = 0
        let stream = RandomStream(seed: 1, component: "maths", purpose: "bits")
        for index: UInt64 in 0..<10_000 {
            let x = stream.uniform(at: index) * 20
            for value in [Maths.log(x), Maths.exp(x), Maths.pow(x, 1.7), Normal.quantile(x / 20 + 1e-18)] {
                digest = (digest ^ value.bitPattern) &* 0x100_0000_01b3
            }
        }
        #expect(digest == 17_083_028_581_514_355_234)
    }

    @Test func normalQuantilesInvertTheDistribution() {
        func probability(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
        for x in stride(from: -8.0, through: 5.0, by: 0.037) {
            let again = Normal.quantile(probability(x))
            #expect(abs(again - x) < 1e-9 * max(1, abs(x)) + 1e-16 / exp(-x * x / 2), "\(x)")
        }
        #expect(Normal.quantile(0.5) == 0)
        #expect(abs(Normal.quantile(0.975) - 1.959963984540054) < 1e-15)
        #expect(abs(Normal.quantile(1e-300) + 37.0471) < 1e-4)
    }
}
