import TerminalKit

/// ncurses' colours come in numbered pairs, a limited number of them, each set up before its first use.
struct ColourPairs {
    struct Pair: Hashable {
        var foreground: Colour
        var background: Colour
    }

    private let limit: Int32
    private let setUp: (Int32, Pair) -> Bool
    private var numbers: [Pair: Int32] = [:]
    /// In the order of their numbers; pair 0 is the terminal's own colours.
    private var known = [Pair(foreground: .default, background: .default)]

    /// - Parameters:
    ///   - limit: How many pairs the terminal has, with pair 0.
    ///   - setUp: Gives a number its colours; `false` when the terminal refuses.
    init(limit: Int32, setUp: @escaping (Int32, Pair) -> Bool) {
        self.limit = limit
        self.setUp = setUp
        numbers[known[0]] = 0
    }

    /// The number of a pair; of the nearest one known when no number is left.
    mutating func number(_ pair: Pair) -> Int32 {
        if let number = numbers[pair] { return number }
        let next = Int32(known.count)
        let number = next < limit && setUp(next, pair) ? next : nearest(to: pair)
        if number == next { known.append(pair) }
        numbers[pair] = number
        return number
    }

    private func nearest(to pair: Pair) -> Int32 {
        var best = (number: 0, distance: Int.max)
        for (number, other) in known.enumerated() {
            let distance =
                Self.distance(pair.foreground, other.foreground) + Self.distance(pair.background, other.background)
            if distance < best.distance { best = (number, distance) }
        }
        return Int32(best.number)
    }

    /// The terminal's own colour is far from every other: nobody knows which it is.
    private static func distance(_ one: Colour, _ other: Colour) -> Int {
        guard one != other else { return 0 }
        guard let one = one.components, let other = other.components else { return 3 * 256 }
        return abs(Int(one.red) - Int(other.red)) + abs(Int(one.green) - Int(other.green))
            + abs(Int(one.blue) - Int(other.blue))
    }
}
