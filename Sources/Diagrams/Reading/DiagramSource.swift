/// The text of a diagram as scalars, with line feeds alone between lines, and where each line begins.
struct DiagramSource {
    let scalars: [Unicode.Scalar]
    private let lineStarts: [Int]
    /// Scalars that no diagram may hold, by their place: at most a few.
    let forbidden: [Int]

    private static let mostForbidden = 5

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        var starts = [0]
        var forbidden: [Int] = []
        var afterReturn = false
        for scalar in text.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            if scalar == "\n", afterReturn { continue }
            if scalar == "\u{feff}", scalars.isEmpty { continue }
            if scalar == "\n" || scalar == "\r" {
                scalars.append("\n")
                starts.append(scalars.count)
                continue
            }
            if !Self.isAllowed(scalar), forbidden.count < Self.mostForbidden { forbidden.append(scalars.count) }
            scalars.append(scalar)
        }
        self.scalars = scalars
        lineStarts = starts
        self.forbidden = forbidden
    }

    /// O(log n).
    func position(_ index: Int) -> Position {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return Position(line: low + 1, column: index - lineStarts[low] + 1)
    }

    /// No control characters but tab and line feed, and none that would turn the direction of a line around.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: true
        case 0..<0x20, 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: false
        default: true
        }
    }
}
