import TerminalKit

/// A terminal that knows what ``ANSIPainter`` may send, and says so when it gets anything else.
struct Screen {
    struct Shown: Hashable {
        var character: Character = " "
        var look: [String] = ["0"]
    }

    let size: Size
    var cells: [Shown]
    var cursor: Point?
    var problem: String?
    private var place = Point(x: 0, y: 0)
    private var look = ["0"]

    /// Keeps the cursor of the screen before a change of size.
    init(size: Size, previous: Screen? = nil) {
        self.size = size
        cells = Array(repeating: Shown(), count: size.width * size.height)
        cursor = previous?.cursor
    }

    static func codes(_ look: ResolvedStyle) -> [String] {
        var codes = ["0"]
        let attributes: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        codes += attributes.filter { look.attributes.contains($0.0) }.map(\.1)
        for (colour, base) in [(look.foreground, 30), (look.background, 40)] {
            switch colour {
            case .default: break
            case .indexed(let index) where index < 8: codes.append("\(base + Int(index))")
            case .indexed(let index) where index < 16: codes.append("\(base + 52 + Int(index))")
            case .indexed(let index): codes += ["\(base + 8)", "5", "\(index)"]
            case .rgb(let red, let green, let blue): codes += ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
            }
        }
        return codes
    }

    mutating func feed(_ bytes: String) {
        var rest = bytes[...]
        while let character = rest.popFirst() {
            guard character == "\u{1B}" else {
                put(character)
                continue
            }
            let end = rest.firstIndex { $0.isLetter } ?? rest.startIndex
            control(String(rest[..<end]), rest[end])
            rest = rest[rest.index(after: end)...]
        }
    }

    private mutating func put(_ character: Character) {
        guard place.x < size.width, place.y < size.height, place.x >= 0, place.y >= 0 else {
            problem = "\(character) outside at \(place)"
            return
        }
        cells[place.y * size.width + place.x] = Shown(character: character, look: look)
        place.x += Text.width(String(character))
    }

    private mutating func control(_ arguments: String, _ end: Character) {
        switch (arguments, end) {
        case ("[2", "J"): cells = Array(repeating: Shown(), count: cells.count)
        case ("[?25", "l"): cursor = nil
        case ("[?25", "h"): cursor = place
        case (_, "m"): look = arguments.dropFirst().split(separator: ";").map(String.init)
        case (_, "H"):
            let numbers = arguments.dropFirst().split(separator: ";").compactMap { Int($0) }
            if numbers.count == 2 { place = Point(x: numbers[1] - 1, y: numbers[0] - 1) } else { problem = arguments }
        default: problem = "\(arguments)\(end)"
        }
    }
}
