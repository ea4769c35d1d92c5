import TerminalKit

/// Frames that follow each other as a program's do, and as no program's do: edits, scrolled blocks, new screens.
public struct RandomFrames {
    private var generator: Numbers

    public init(seed: UInt64) { generator = Numbers(state: seed) }

    /// So many frames, each made from the one before. Where sizes are given in turn, each holds for a few frames.
    public mutating func sequence(_ count: Int, sizes: [Size]) -> [Frame] {
        var frames: [Frame] = []
        for number in 0..<count {
            let size = sizes[number * sizes.count / count]
            if let last = frames.last, last.size == size, generator.below(6) > 0 {
                frames.append(change(last))
            } else {
                frames.append(fresh(size))
            }
        }
        return frames
    }

    /// A full screen of which bands move up and down, and nothing else changes.
    public mutating func scrolling(_ count: Int, size: Size) -> [Frame] {
        var frames = [fresh(size)]
        for number in 1..<max(1, count) {
            var frame = frames[number - 1]
            scroll(&frame, from: frames[number - 1])
            frames.append(frame)
        }
        return frames
    }

    private mutating func fresh(_ size: Size) -> Frame {
        var frame = Frame(size: size)
        if generator.below(3) == 0 { frame.fill(frame.bounds, style: style()) }
        for _ in 0..<(size.width * size.height / 24) { scribble(&frame) }
        placeCursor(&frame)
        return frame
    }

    private mutating func change(_ last: Frame) -> Frame {
        var frame = last
        for _ in 0...generator.below(4) {
            switch generator.below(8) {
            case 0: scroll(&frame, from: last)
            case 1: shift(&frame, from: last)
            case 2: frame.fill(block(frame), with: pick(["─", "█", "░", "x", "⣿", " "]), style: style())
            case 3:
                let look = style()
                frame.restyle(block(frame)) { _ in look }
            case 4: frame.fill(block(frame))
            default: for _ in 0...generator.below(12) { scribble(&frame) }
            }
        }
        placeCursor(&frame)
        return frame
    }

    private mutating func scribble(_ frame: inout Frame) {
        let text = (0...generator.below(9)).map { _ in pick(Self.samples) }.joined()
        let place = Point(x: generator.below(frame.size.width + 4) - 4, y: generator.below(frame.size.height))
        frame.write(text, x: place.x, y: place.y, style: style())
    }

    /// Moves a band of rows up or down: what scrolling a list does.
    private mutating func scroll(_ frame: inout Frame, from last: Frame) {
        let top = generator.below(frame.size.height)
        let bottom = top + generator.below(frame.size.height - top)
        let distance = generator.below(7) - 3
        for y in top...bottom {
            let source = y + distance
            if (top...bottom).contains(source) {
                copy(from: last, x: 0, y: source, to: &frame, x: 0, y: y)
            } else {
                frame.fill(Rect(x: 0, y: y, width: frame.size.width, height: 1))
            }
        }
    }

    /// Moves the rest of a row left or right: what typing does.
    private mutating func shift(_ frame: inout Frame, from last: Frame) {
        let y = generator.below(frame.size.height)
        let x = generator.below(frame.size.width)
        copy(from: last, x: x, y: y, to: &frame, x: x + generator.below(7) - 3, y: y)
    }

    private func copy(from source: Frame, x start: Int, y row: Int, to frame: inout Frame, x: Int, y: Int) {
        var column = x
        for place in start..<source.size.width where source[place, row].width > 0 {
            let cell = source[place, row]
            column = frame.write(String(cell.character), x: column, y: y, style: cell.style)
        }
    }

    private mutating func placeCursor(_ frame: inout Frame) {
        let point = Point(x: generator.below(frame.size.width), y: generator.below(frame.size.height))
        frame.cursor = generator.below(2) == 0 ? point : nil
    }

    private mutating func block(_ frame: Frame) -> Rect {
        let x = generator.below(frame.size.width)
        let y = generator.below(frame.size.height)
        let width = 1 + generator.below(frame.size.width - x)
        return Rect(x: x, y: y, width: width, height: 1 + generator.below(min(6, frame.size.height - y)))
    }

    private mutating func style() -> Style {
        let attributes = generator.below(3) == 0 ? Attributes(rawValue: UInt8(generator.below(32))) : []
        return Style(pick(Role.allCases), attributes)
    }

    private mutating func pick<T>(_ values: [T]) -> T { values[generator.below(values.count)] }

    /// Letters, accents (composed and not), marks, box, block, braille, arrows, wide ones, and what becomes `�`.
    private static let samples = [
        "a", "Order", "1500 ms", " ", "   ", "--------", "||", "~", "señal", "größer", "Ω", "ж", "e\u{301}",
        "n\u{303}o", "q\u{323}\u{307}", "a\u{301}\u{302}\u{303}\u{304}", "─", "────", "│", "╭╮", "╰╯", "├┤┬┴┼", "━┃",
        "█", "▏▎▍▌▋▊▉", "▁▂▃▄▅▆▇", "░▒▓", "⣿", "⠁⡀⢠", "→", "←↑↓", "▶", "✓✗", "◆", "日", "日本語", "분산", "Ａ", "🚀", "。",
        "🇪🇸", "👩‍🔬", "\u{1B}[31m", "\t", "\u{200B}", "❤️",
    ]
}

/// SplitMix64: the same frames on every machine.
struct Numbers {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, count)))
    }
}
