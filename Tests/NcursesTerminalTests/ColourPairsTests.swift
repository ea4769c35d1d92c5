import TerminalKit
import Testing

@testable import NcursesTerminal

@Suite("Colour pairs")
struct ColourPairsTests {
    private func pair(_ foreground: UInt8, _ background: Colour = .default) -> ColourPairs.Pair {
        ColourPairs.Pair(foreground: .indexed(foreground), background: background)
    }

    @Test("each is set up once, from 1 on; the terminal's own are pair 0")
    func numbers() {
        var made: [Int32] = []
        var pairs = ColourPairs(limit: 300) { number, _ in
            made.append(number)
            return true
        }
        #expect(pairs.number(ColourPairs.Pair(foreground: .default, background: .default)) == 0)
        for _ in 0..<2 {
            for colour in UInt8.min...255 { #expect(pairs.number(pair(colour)) == Int32(colour) + 1) }
        }
        #expect(made == Array(1...256))
    }

    @Test("when no number is left, the nearest colours are taken, and nothing is set up")
    func exhausted() {
        var made: [Int32] = []
        var pairs = ColourPairs(limit: 3) { number, _ in
            made.append(number)
            return true
        }
        #expect(pairs.number(pair(1)) == 1)
        #expect(pairs.number(pair(4)) == 2)
        #expect(pairs.number(pair(9)) == 1)
        #expect(pairs.number(pair(12)) == 2)
        #expect(pairs.number(ColourPairs.Pair(foreground: .default, background: .indexed(0))) == 0)
        #expect(made == [1, 2])
    }

    @Test("a pair that the terminal refuses is none")
    func refused() {
        var pairs = ColourPairs(limit: 10) { _, _ in false }
        #expect(pairs.number(pair(1)) == 0)
        #expect(pairs.number(pair(2)) == 0)
    }

    @Test("a terminal without pairs has its own colours")
    func none() {
        var pairs = ColourPairs(limit: 0) { _, _ in true }
        #expect(pairs.number(pair(1)) == 0)
    }
}
