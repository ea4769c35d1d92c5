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

    /// `proportion_confint(mean * n, n, 2 * norm.sf(t.ppf(0.975, count - 1)), 'wilson')` of statsmodels 0.15.0, with
    /// `n = count * mean * (1 - mean) / variance`.
    @Test(arguments: [
        ([0.98, 1, 0.995, 0.97, 1], 0.9563776676991588, 0.997295188181435),
        ([0.5, 0.4, 0.9, 0.1], 0.125828977619642, 0.8504564375500065),
        ([0, 0, 0, 0.01, 0, 0, 0, 0, 0, 0.2], 0.0032148782900892903, 0.1248510484521062),
        ([1, 1, 0, 1], 0.13068958274671794, 0.9835703241564465),
        ([0.99, 0.98, 1, 1, 0.97, 0.96, 1, 1, 1, 1, 0.93, 1], 0.9632236465299953, 0.9946204714343179),
    ])
    func theMeanOfSharesHasTheIntervalOfStatsmodels(shares: [Double], low: Double, high: Double) throws {
        let interval = try #require(ConfidenceInterval(meanShare: spread(shares)))
        #expect(abs(interval.low - low) < 1e-9)
        #expect(abs(interval.high - high) < 1e-9)
    }

    @Test func sharesWithoutVariationSayWhatTheyCan() throws {
        #expect(ConfidenceInterval(meanShare: spread([1, 1, 1])) == ConfidenceInterval(share: 3, of: 3))
        #expect(ConfidenceInterval(meanShare: spread([0, 0, 0])) == ConfidenceInterval(share: 0, of: 3))
        #expect(ConfidenceInterval(meanShare: spread([0.25, 0.25])) == ConfidenceInterval(low: 0.25, high: 0.25))
        #expect(ConfidenceInterval(meanShare: spread([0.5])) == nil)
    }

    /// Runs of 200 requests, one in five of which has an outage: the mean is in the interval about as often as claimed,
    /// and more often than in Student's, which takes both sides for alike.
    @Test func theIntervalOfSharesCoversTheirMean() throws {
        var random = SeededGenerator(11)
        let mean = 0.8 * 0.999 + 0.2 * 0.8
        var (wilson, student) = (0, 0)
        for _ in 0..<400 {
            let shares = (0..<30).map { _ in
                let chance = Double.random(in: 0..<1, using: &random) < 0.2 ? 0.8 : 0.999
                return Double((0..<200).count { _ in Double.random(in: 0..<1, using: &random) < chance }) / 200
            }
            let interval = try #require(ConfidenceInterval(meanShare: spread(shares)))
            #expect(interval.low >= 0 && interval.high <= 1)
            if interval.low <= mean, mean <= interval.high { wilson += 1 }
            let plain = try #require(ConfidenceInterval(mean: spread(shares)))
            if plain.low <= mean, mean <= plain.high { student += 1 }
        }
        #expect((370...396).contains(wilson), "\(wilson) of 400")
        #expect(wilson >= student, "\(wilson), Student's t \(student)")
    }

    private func spread(_ numbers: [Double]) -> Spread {
        var spread = Spread()
        for number in numbers { spread.add(number) }
        return spread
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
