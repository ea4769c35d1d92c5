import Histogram
import Testing

@testable import Analysis

@Suite struct WaveletMatrixTests {
    @Test(arguments: 0..<40) func findsWhatSortingFinds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let largest = UInt32.random(in: 0...(seed % 3 == 0 ? 3 : 60_000), using: &generator)
        let numbers = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
            UInt32.random(in: 0...largest, using: &generator)
        }
        let matrix = WaveletMatrix(numbers)
        for _ in 0..<50 {
            let low = Int.random(in: 0..<numbers.count, using: &generator)
            let high = Int.random(in: low + 1...numbers.count, using: &generator)
            let rank = Int.random(in: 0..<high - low, using: &generator)
            #expect(matrix.number(rank: rank, in: low..<high) == numbers[low..<high].sorted()[rank])
        }
    }

    @Test func lengthsAtTheEdgeOfAWordAreWhole() {
        for count in [1, 63, 64, 65, 127, 128, 129] {
            let numbers = (0..<count).map { UInt32($0 * 7 % 11) }
            let matrix = WaveletMatrix(numbers)
            for rank in 0..<count { #expect(matrix.number(rank: rank, in: 0..<count) == numbers.sorted()[rank]) }
        }
    }
}

@Suite struct HdrLayoutTests {
    /// Two values share a code exactly when an HdrHistogram counts them together, and codes grow with values.
    @Test func codesAreTheBucketsOfAnHdrHistogram() {
        let histogram = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
        var generator = SeededGenerator(seed: 7)
        var values: [Int64] = [0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 4096, 500_000_000, 1_500_000_000, .max / 4]
        for _ in 0..<2000 {
            values.append(Int64.random(in: 0...(1 << Int64.random(in: 0...60, using: &generator)), using: &generator))
        }
        values.sort()
        for (one, other) in zip(values, values.dropFirst()) {
            let areTogether = histogram.valuesAreEquivalent(UInt64(one), UInt64(other))
            #expect((HdrLayout.code(one) == HdrLayout.code(other)) == areTogether)
            #expect(HdrLayout.code(one) <= HdrLayout.code(other))
            #expect(
                HdrLayout.highestValue(code: HdrLayout.code(one))
                    == Int64(histogram.highestEquivalentForValue(UInt64(one))))
        }
    }
}
