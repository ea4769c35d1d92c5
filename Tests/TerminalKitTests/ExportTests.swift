import Foundation
import Testing

@testable import TerminalKit

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct ExportTests {
    static let nasty = "<a href=\"x\"> & 'b' ]]> </text><script>"

    var frame: Frame {
        var frame = Frame(size: Size(width: 50, height: 6))
        frame.draw(Box("Log", note: "50 %", isFocused: true), in: frame.bounds, glyphs: .unicode)
        frame.write(Self.nasty, x: 2, y: 1, style: Style(.fail))
        frame.write("等級 año e\u{301} ⣿⠁ ░▒▓ ▁▄█ ▏▋ ━┃┨┄┊┿", x: 2, y: 2, style: Style(.ok, [.underline, .dim]))
        frame.write("reverse", x: 2, y: 3, style: Style(.text, .reverse))
        frame.cursor = Point(x: 3, y: 3)
        return frame
    }

    /// Gathers what a parser that is not ours finds in a picture.
    final class Reader: NSObject, XMLParserDelegate {
        var text = ""
        var title = ""
        var elements: Set<String> = []
        private var inside = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.insert(name)
            inside = name
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if inside == "text" { text += string }
            if inside == "title" { title += string }
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            inside = ""
        }
    }

    @Test(arguments: ColourDepth.allCases) func aPictureIsWellFormedAndHoldsTheText(_ depth: ColourDepth) {
        let picture = frame.svg(theme: .ensayo, depth: depth, title: "\(Self.nasty)\u{1B}\u{0}")
        let parser = XMLParser(data: Data(picture.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements.isSubset(of: ["svg", "title", "g", "rect", "path", "text"]))
        #expect(reader.title == "\(Self.nasty)\u{FFFD}\u{FFFD}")
        #expect(reader.text.replacing(" ", with: "").contains(Self.nasty.replacing(" ", with: "")))
        #expect(reader.text.contains("等級") && reader.text.contains("e\u{301}"))
        #expect(!picture.contains("href=\"x\"") && !picture.contains("nan"))
    }

    @Test func everyLineBlockAndDotHasAShape() {
        for character in "─│├┤┬┴┼╭╮╰╯━┃┄┊┨┿▁▂▃▄▅▆▇█▉▊▋▌▍▎▏░▒▓⠁⣿" {
            let shape = CellShape(character)
            #expect(shape.map { !($0.strokes(0, 0) + $0.fills(0, 0)).isEmpty } == true, "\(character)")
        }
        for character in "a ✓▶\u{2800}" { #expect(CellShape(character) == nil) }
    }

    @Test func coloursAreTheThemes() {
        var frame = Frame(size: Size(width: 4, height: 1))
        frame.write("fail", x: 0, y: 0, style: Style(.fail))
        let picture = frame.svg(theme: .ensayo, title: "t")
        #expect(picture.contains(##"textLength="36" fill="#ff7575" font-weight="bold">fail</text>"##))
        #expect(picture.contains(##"fill="#14161b""##))
        let reversed = frame.svg(theme: .ensayo, depth: .monochrome, title: "t")
        #expect(reversed.contains(##"width="36" height="18" fill="#d6d9de""##))
    }

    @Test(arguments: 1...30) func paintedBytesShowTheFrames(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let depth = ColourDepth.allCases[Int(seed) % 4]
        var painter = ANSIPainter(theme: .ensayo, depth: depth)
        var screen = Screen(size: Size(width: 0, height: 0))
        for _ in 0..<6 {
            let size = Bool.random(using: &random) ? Size(width: 20, height: 5) : Size(width: 11, height: 7)
            if screen.size != size { screen = Screen(size: size, previous: screen) }
            var frame = Frame(size: size)
            for _ in 0..<10 {
                let style = Style(
                    Role.allCases.randomElement(using: &random) ?? .text, Bool.random(using: &random) ? .bold : [])
                frame.write(
                    randomText(&random, upTo: 9), x: .random(in: -3...18, using: &random),
                    y: .random(in: 0...6, using: &random), style: style)
            }
            if Bool.random(using: &random) { frame.cursor = Point(x: 2, y: 1) }
            screen.feed(painter.paint(frame))
            #expect(screen.problem == nil)
            #expect(screen.cursor == frame.cursor)
            for y in 0..<size.height {
                for x in 0..<size.width where frame[x, y].width > 0 {
                    let cell = frame[x, y]
                    let shown = screen.cells[y * size.width + x]
                    #expect(shown.character == cell.character, "seed \(seed) at (\(x), \(y))")
                    #expect(shown.look == Screen.codes(Theme.ensayo.resolve(cell.style, depth: depth)), "(\(x), \(y))")
                }
            }
        }
    }

    @Test func nothingNewPaintsNothing() {
        var painter = ANSIPainter(theme: .ensayo, depth: .basic16)
        #expect(!painter.paint(frame).isEmpty)
        #expect(painter.paint(frame).isEmpty)
    }

    func lines(_ text: String) throws -> [Any] {
        try text.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    }

    var recording: Recording {
        var recording = Recording(title: "Two \"futures\" \\ \u{1B}")
        recording.show(frame, at: .zero)
        recording.mark("After the fault", at: .milliseconds(1500))
        var next = frame
        next.write("next", x: 2, y: 4)
        recording.show(next, at: .milliseconds(2250))
        recording.show(next, at: .milliseconds(2300))
        recording.show(Frame(size: Size(width: 9, height: 2)), at: .milliseconds(100))
        return recording
    }

    @Test func asciicastVersion2() throws {
        let lines = try lines(recording.asciicast(.v2, theme: .ensayo))
        let header = try #require(lines[0] as? [String: Any])
        #expect(header["version"] as? Int == 2)
        #expect(header["width"] as? Int == 50 && header["height"] as? Int == 6)
        #expect(header["title"] as? String == "Two \"futures\" \\ \u{1B}")
        let events = lines.dropFirst().compactMap { $0 as? [Any] }
        #expect(events.map { $0[1] as? String } == ["o", "m", "o", "r", "o"])
        #expect(events.map { $0[0] as? Double } == [0, 1.5, 2.25, 2.3, 2.3])
        #expect(events[1][2] as? String == "After the fault")
        #expect(events[3][2] as? String == "9x2")
        #expect((events[0][2] as? String)?.hasPrefix("\u{1B}[") == true)
    }

    /// A player that cannot change its size has room for every frame.
    @Test func theRecordingIsAsLargeAsItsLargestFrame() throws {
        var recording = Recording(title: "Sizes")
        for size in [Size(width: 20, height: 9), Size(width: 40, height: 5)] {
            recording.show(Frame(size: size), at: .zero)
        }
        let lines = try lines(recording.asciicast(.v2, theme: .ensayo))
        let header = try #require(lines[0] as? [String: Any])
        #expect(header["width"] as? Int == 40 && header["height"] as? Int == 9)
        let sizes = lines.dropFirst().compactMap { $0 as? [Any] }.filter { $0[1] as? String == "r" }
        #expect(sizes.map { $0[2] as? String } == ["20x9", "40x5"])
    }

    /// A page that defines the theme's variables shows the picture in its colours.
    @Test func picturesInPagesNameTheirColours() {
        var frame = Frame(size: Size(width: 12, height: 1))
        frame.write("fail", x: 0, y: 0, style: Style(.fail))
        frame.write("here", x: 5, y: 0, style: Style(.selection))
        let picture = frame.svg(variablesOf: .ensayo, title: "t")
        let names = Set(picture.matches(of: /var\((--[\w-]+)\)/).map { String($0.1) })
        #expect(names == ["--page", "--fail", "--selection", "--on-selection"])
        for name in names { #expect(Theme.ensayo.variables.contains("\(name): #")) }
    }

    @Test func asciicastVersion3CountsFromTheEventBefore() throws {
        let lines = try lines(recording.asciicast(.v3, theme: .ensayo))
        let header = try #require(lines[0] as? [String: Any])
        let terminal = try #require(header["term"] as? [String: Any])
        #expect(header["version"] as? Int == 3)
        #expect(terminal["cols"] as? Int == 50 && terminal["rows"] as? Int == 6)
        let events = lines.dropFirst().compactMap { $0 as? [Any] }
        #expect(events.map { $0[0] as? Double } == [0, 1.5, 0.75, 0.05, 0])
    }
}
