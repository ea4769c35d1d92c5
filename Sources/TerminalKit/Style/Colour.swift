/// A colour as a terminal takes it.
public enum Colour: Hashable, Sendable {
    /// The terminal's own.
    case `default`
    /// One of the palette: 0-7 basic, 8-15 bright, 16-231 a 6x6x6 cube, 232-255 greys.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// What a terminal needs to paint a cell.
public struct ResolvedStyle: Hashable, Sendable {
    public var foreground: Colour
    public var background: Colour
    public var attributes: Attributes

    public init(foreground: Colour = .default, background: Colour = .default, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

extension Colour {
    /// The palette's names for 0-15.
    public static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
        "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]

    /// The colour that shows best for this one at a depth.
    public func nearest(at depth: ColourDepth) -> Colour {
        switch depth {
        case .truecolour: self
        case .indexed256:
            if case .rgb(let red, let green, let blue) = self {
                .indexed(Self.nearest(red, green, blue, among: 16...255))
            } else {
                self
            }
        case .basic16: nearestBasic
        case .monochrome: .default
        }
    }

    private var nearestBasic: Colour {
        if case .indexed(let index) = self, index < 16 { return self }
        guard let (red, green, blue) = components else { return .default }
        return .indexed(Self.nearest(red, green, blue, among: 0...15))
    }

    /// Red, green and blue of a colour that has them: not the terminal's own. For 0-15, as xterm shows them.
    public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .default: nil
        case .rgb(let red, let green, let blue): (red, green, blue)
        case .indexed(let index): Self.palette(index)
        }
    }

    /// xterm's palette.
    private static func palette(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        switch index {
        case 0..<16: return basic[Int(index)]
        case 16..<232:
            let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
            let place = Int(index) - 16
            return (steps[place / 36], steps[place / 6 % 6], steps[place % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
    }

    private static let basic: [(red: UInt8, green: UInt8, blue: UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// The first one of least distance, with channels weighted as the eye sees them.
    private static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, among range: ClosedRange<UInt8>) -> UInt8 {
        func square(_ one: UInt8, _ other: UInt8) -> Int { (Int(one) - Int(other)) * (Int(one) - Int(other)) }
        var best = (index: range.lowerBound, distance: Int.max)
        for index in range {
            let other = palette(index)
            let distance = 3 * square(red, other.red) + 6 * square(green, other.green) + square(blue, other.blue)
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }
}
