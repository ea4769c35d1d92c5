import TerminalKit
import Testing

@Suite struct FramePropertyTests {
    /// Writes, fills and restyles at random places, in and out of the frame.
    func scribble(_ frame: inout Frame, _ random: inout Seeded) {
        func rect() -> Rect {
            Rect(
                x: .random(in: -5...22, using: &random), y: .random(in: -3...8, using: &random),
                width: .random(in: 0...12, using: &random), height: .random(in: 0...6, using: &random))
        }
        let style = Style(Role.allCases.randomElement(using: &random) ?? .text, .bold)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: frame.fill(rect(), with: Bool.random(using: &random) ? "░" : "等", style: style)
        case 1: frame.restyle(rect()) { _ in style }
        default:
            frame.write(
                randomText(&random, upTo: 15), x: .random(in: -8...22, using: &random),
                y: .random(in: -1...7, using: &random), style: style,
                clip: Bool.random(using: &random) ? rect() : nil)
        }
    }

    @Test(arguments: 1...40) func randomWritesLeaveOnlyCellsThatCanBePainted(_ seed: UInt64) {
        var random = Seeded(state: seed)
        var frame = Frame(
            size: Size(width: .random(in: 0...20, using: &random), height: .random(in: 0...6, using: &random)))
        for step in 0..<60 {
            scribble(&frame, &random)
            if let flaw = flaw(in: frame) {
                Issue.record("seed \(seed), step \(step): \(flaw)")
                return
            }
        }
    }

    @Test(arguments: 1...20) func paintingTheDifferenceGivesTheNewFrame(_ seed: UInt64) {
        var random = Seeded(state: seed)
        var old = Frame(size: Size(width: 20, height: 6))
        for _ in 0..<20 { scribble(&old, &random) }
        var new = old
        for _ in 0..<3 { scribble(&new, &random) }
        var painted = old
        for run in new.diff(from: old) {
            #expect(new[run.columns.lowerBound, run.y].width != 0, "a run starts with half a character")
            for x in run.columns where new[x, run.y].width != 0 {
                painted.write(String(new[x, run.y].character), x: x, y: run.y, style: new[x, run.y].style)
            }
        }
        #expect(painted == new)
        #expect(new.diff(from: new).isEmpty)
    }

    @Test(arguments: 1...20) func theTextFormReadsBackAsTheSameFrame(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        var frame = Frame(
            size: Size(width: .random(in: 1...20, using: &random), height: .random(in: 1...12, using: &random)))
        for _ in 0..<20 { scribble(&frame, &random) }
        if seed % 2 == 0 { frame.cursor = Point(x: 0, y: 0) }
        #expect(try Frame(exportedText: frame.exportedText) == frame)
    }

    @Test func aClipIsNeverLeft() {
        var random = Seeded(state: 7)
        let clip = Rect(x: 3, y: 1, width: 6, height: 2)
        var frame = Frame(size: Size(width: 12, height: 4))
        for _ in 0..<200 {
            frame.write(
                randomText(&random, upTo: 12), x: .random(in: -5...12, using: &random),
                y: .random(in: 0...3, using: &random), clip: clip)
        }
        for y in 0..<4 {
            for x in 0..<12 where !clip.contains(Point(x: x, y: y)) { #expect(frame[x, y] == .blank) }
        }
    }
}
