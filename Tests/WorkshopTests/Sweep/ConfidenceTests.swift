import Testing

@testable import Workshop

/// Intervals beside those of SciPy 1.17.1.
@Suite struct ConfidenceTests {
    /// `scipy.stats.t.ppf(0.975, freedom)`
    @Test(arguments: [
        (1, 12.706204736174694), (2, 4.302652729749461), (3, 3.1824463052837078), (4, 2.7764451051977934),
        (5, 2.5705818356363146), (9, 2.262157162798205), (10, 2.228138851986274), (19, 2.0930240544083087),
        (29, 2.045229642132703), (49, 2.0095752371292392), (99, 1.9842169515864174), (199, 1.9719565442517533),
        (200, 1.9718962236339088), (499, 1.9647293909876886), (999, 1.9623414611334493),
        (9999, 1.960201263621357),
    ])
    func studentTIsThatOfSciPy(freedom: Int, value: Double) {
        #expect(abs(ConfidenceInterval.studentT(freedom: freedom) - value) < 1e-9)
    }

    /// `scipy.stats.binomtest(part, whole).proportion_ci(method='wilson')`
    @Test(arguments: [
        (8, 10, 0.4901624715366418, 0.9433178485456248), (0, 10, 0, 0.27753279986288926),
        (10, 10, 0.7224672001371109, 1), (50, 50, 0.9286524008666412, 1),
        (1, 3, 0.06149194472039626, 0.7923403991979523), (475, 500, 0.9272318388284524, 0.9659062547561506),
        (3, 1000, 0.0010207838811386186, 0.008783014053503173),
    ])
    func wilsonIsThatOfSciPy(part: Int, whole: Int, low: Double, high: Double) throws {
        let interval = try #require(ConfidenceInterval(share: part, of: whole))
        #expect(abs(interval.low - low) < 1e-12)
        #expect(abs(interval.high - high) < 1e-12)
    }

    @Test func aShareOfNothingHasNoInterval() {
        #expect(ConfidenceInterval(share: 0, of: 0) == nil)
        #expect(ConfidenceInterval(share: 3, of: 2) == nil)
        #expect(ConfidenceInterval(mean: Spread()) == nil)
    }

    /// The mean and the variance of many numbers, whatever their size, as two passes over them give.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func spreadIsThatOfTwoPasses(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let offset = Double.random(in: -1e9...1e9, using: &random)
        let numbers = (0..<Int.random(in: 2...500, using: &random)).map { _ in
            offset + Double.random(in: -1...1, using: &random)
        }
        var spread = Spread()
        for number in numbers { spread.add(number) }
        let mean = numbers.reduce(0) { $0 + ($1 - offset) } / Double(numbers.count)
        let squares = numbers.reduce(0) { $0 + ($1 - offset - mean) * ($1 - offset - mean) }
        let variance = squares / Double(numbers.count - 1)
        #expect(abs(spread.mean - offset - mean) < 1e-6)
        #expect(abs(try #require(spread.variance) - variance) < 1e-6)
        #expect(spread.least == numbers.min() && spread.most == numbers.max() && spread.count == numbers.count)
    }
}
