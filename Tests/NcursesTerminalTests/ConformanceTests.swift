import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// For every frame: headless = read back from ncurses = an emulator that takes in the bytes.
@Suite("What ncurses paints is the frame")
struct ConformanceTests {
    static let sizes = [
        Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 61, height: 16),
        Size(width: 160, height: 48), Size(width: 2, height: 1), Size(width: 80, height: 24),
    ]

    @Test(
        "the emulator stops at what it does not know",
        .enabled(if: Tools.python != nil, "no Python with pyte: run scripts/test, or set ENSAYO_PYTHON"),
        arguments: ["[5y", "[?2026h", "[31;73m", "[38:2::1:2:3m", "Z"])
    func emulatorIsStrict(sequence: String) throws {
        let python = try #require(Tools.python)
        let outcome = try Program.run(python, [Tools.emulator, "capture", "80", "24"], input: "a\u{1B}\(sequence)b")
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("unknown"))
    }

    @Test("sequences of frames, with resizes", arguments: TerminalKind.all, [1, 2] as [UInt64])
    func sequences(kind: TerminalKind, seed: UInt64) throws {
        var random = RandomFrames(seed: seed)
        try expectSame(random.sequence(24, sizes: Self.sizes), on: kind, "seed \(seed)")
    }

    @Test("pairs of frames: the second over the first", arguments: [TerminalKind.xterm256, .linux, .direct])
    func pairs(kind: TerminalKind) throws {
        var random = RandomFrames(seed: 7)
        let frames = (0..<150).flatMap { _ in random.sequence(2, sizes: [Size(width: 24, height: 5)]) }
        try expectSame(frames, on: kind, "pairs")
    }

    @Test("bands that scroll", arguments: [TerminalKind.xterm256, .tmux256, .linux])
    func scrolling(kind: TerminalKind) throws {
        var random = RandomFrames(seed: 9)
        let frames = random.scrolling(60, size: Size(width: 80, height: 24))
        try expectSame(frames, on: kind, "scrolling")
        // The test is about terminals that move lines by themselves.
        let scrolls = try Regex("\u{1B}\\[\\d*[STLM]|\u{1B}M")
        let bytes = String(decoding: try Painting(frames, on: kind).bytes, as: UTF8.self)
        #expect(bytes.matches(of: scrolls).count > 10)
    }

    @Test("golden frames of the lessons", arguments: Goldens.all)
    func goldens(golden: Goldens.File) throws {
        let frames = try FrameFile.read(golden.text)
        guard !frames.isEmpty else { return }
        for kind in [TerminalKind.xterm256, .linux, .vt100] { try expectSame(frames, on: kind, golden.name) }
    }

    @Test("one role or attribute after the other", arguments: TerminalKind.all)
    func everyStyle(kind: TerminalKind) throws {
        let frames = Role.allCases.map { role in
            var frame = Frame(size: Size(width: 80, height: 32))
            for bits in 0..<32 {
                let style = Style(role, Attributes(rawValue: UInt8(bits)))
                frame.write("\(role) ñ日─ \(bits)", x: 1, y: bits, style: style)
            }
            return frame
        }
        try expectSame(frames, on: kind, "styles")
    }

    @Test("fewer colours and characters on demand", arguments: [ColourDepth.basic16, .monochrome])
    func forced(depth: ColourDepth) throws {
        var random = RandomFrames(seed: 3)
        let frames = random.sequence(6, sizes: [Size(width: 80, height: 24)])
        try expectSame(frames, on: .xterm256, options: ["depth=\(depth)", "repertoire=ascii"], "\(depth)")
        let painting = try Painting(frames, on: .xterm256, options: ["depth=\(depth)", "repertoire=ascii"])
        #expect(painting.abilities.depth == depth)
        #expect(painting.bytes.allSatisfy { $0 < 0x80 })
    }

    @Test("a locale without UTF-8 gets ASCII, and no other byte")
    func asciiLocale() throws {
        var random = RandomFrames(seed: 4)
        let frames = random.sequence(6, sizes: [Size(width: 80, height: 24)])
        try expectSame(frames, on: .xterm256, environment: ["LC_ALL": "C"], "LC_ALL=C")
        let painting = try Painting(frames, on: .xterm256, environment: ["LC_ALL": "C"])
        #expect(painting.bytes.allSatisfy { $0 < 0x80 })
    }

    @Test("a frame larger or smaller than the terminal shows what both have")
    func otherSize() throws {
        let window = Size(width: 40, height: 10)
        var large = Frame(size: Size(width: 50, height: 12))
        for y in 0..<12 { large.write(String(repeating: "日", count: 25), x: 1, y: y, style: Style(.ok)) }
        var small = Frame(size: Size(width: 20, height: 4))
        small.write("small", x: 0, y: 0)
        small.cursor = Point(x: 5, y: 0)
        var cropped = Frame(size: window)
        for y in 0..<10 { cropped.write(String(repeating: "日", count: 25), x: 1, y: y, style: Style(.ok)) }
        var padded = Frame(size: window)
        padded.write("small", x: 0, y: 0)
        padded.cursor = small.cursor
        let painting = try Painting([large, small, large], on: .xterm256, options: ["window=40x10"])
        for (screen, frame) in zip(painting.readback, [cropped, padded, cropped]) {
            #expect(screen.difference(from: PaintedScreen(frame, on: painting.abilities, shown: false)) == nil)
        }
        guard Tools.python != nil else { return }
        for (screen, frame) in zip(try painting.emulated(), [cropped, padded, cropped]) {
            #expect(screen.difference(from: PaintedScreen(frame, on: painting.abilities, shown: true)) == nil)
        }
    }

    @Test("more colours than pairs: the nearest one, never another text")
    func fewPairs() throws {
        var random = RandomFrames(seed: 5)
        let frames = random.sequence(6, sizes: [Size(width: 80, height: 24)])
        let painting = try Painting(frames, on: .narrow)
        for (screen, frame) in zip(painting.readback, frames) {
            let expected = PaintedScreen(frame, on: painting.abilities, shown: false)
            let texts = [screen, expected].map { $0.rows.map { $0.prefix { $0 != "\u{1F}" } } }
            #expect(texts[0] == texts[1])
        }
    }

    @Test("one cell changed is seen by every observer")
    func oneCell() throws {
        var random = RandomFrames(seed: 6)
        let frames = random.sequence(3, sizes: [Size(width: 80, height: 24)])
        let painting = try Painting(frames, on: .xterm256)
        let observers = [painting.readback] + (Tools.python == nil ? [] : [try painting.emulated()])
        var otherText = frames[2]
        otherText.write(frames[2][40, 12].character == "#" ? "@" : "#", x: 40, y: 12, style: frames[2][40, 12].style)
        var otherColour = frames[2]
        otherColour.write("#", x: 40, y: 12, style: Style(.ok))
        var thirdColour = otherColour
        thirdColour.write("#", x: 40, y: 12, style: Style(.fail))
        for screens in observers {
            for frame in [otherText, otherColour, thirdColour] {
                #expect(screens[2].difference(from: PaintedScreen(frame, on: painting.abilities, shown: false)) != nil)
            }
        }
    }

    @Test("a frame equal to the one before sends nothing")
    func nothingTwice() throws {
        var random = RandomFrames(seed: 8)
        let frame = random.sequence(1, sizes: [Size(width: 80, height: 24)])[0]
        let once = try Painting([frame], on: .xterm256)
        let thrice = try Painting([frame, frame, frame], on: .xterm256)
        #expect(once.bytes == thrice.bytes)
    }
}

/// The golden frames of the repository.
enum Goldens {
    struct File: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var testDescription: String { name }
    }

    static let all: [File] = {
        let lessons = Tools.root.appendingPathComponent("Lessons")
        let files = FileManager.default.enumerator(at: lessons, includingPropertiesForKeys: nil)?.allObjects ?? []
        return files.compactMap { $0 as? URL }
            .filter { ["golden", "replay"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
            .compactMap { url in
                (try? String(contentsOf: url, encoding: .utf8)).map { File(name: url.lastPathComponent, text: $0) }
            }
    }()
}
