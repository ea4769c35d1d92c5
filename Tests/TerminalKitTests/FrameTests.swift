import Testing

@testable import TerminalKit

@Suite struct FrameTests {
    func frame(_ width: Int, _ height: Int = 1) -> Frame { Frame(size: Size(width: width, height: height)) }

    func text(_ frame: Frame) -> String { frame.rows.joined(separator: "\n") }

    @Test func writingReturnsTheColumnAfterTheText() {
        var frame = frame(10)
        #expect(frame.write("año", x: 2, y: 0) == 5)
        #expect(text(frame) == "  año     ")
        #expect(frame.write("等a", x: 8, y: 0) == 11)
        #expect(text(frame) == "  año   等")
        #expect(frame.write("等", x: 0, y: 5) == 2, "a row outside changes nothing but still counts")
    }

    @Test(arguments: [
        "\u{1B}", "\u{7}", "\r\n", "\t", "\u{9B}", "\u{7F}", "👩‍💻", "🇪🇸", "❤️", "👍🏽", "\u{202E}", "\u{200D}", "\u{AD}",
        "\u{E000}",
        "\u{378}", "e\u{301}\u{301}\u{301}\u{301}\u{301}", "\u{301}", "\u{FE0F}", "\u{1100}\u{1161}", "\u{1F1EA}", "䷀",
        "\u{2028}",
    ])
    func whatNoTerminalShowsAlikeBecomesTheReplacement(_ character: String) {
        var frame = frame(3)
        #expect(frame.write(character + "x", x: 0, y: 0) == 2)
        #expect(text(frame) == "\u{FFFD}x ")
    }

    @Test func marksStayWithTheirBase() {
        var frame = frame(4)
        frame.write("e\u{301}q\u{307}\u{323}等", x: 0, y: 0)
        #expect(text(frame) == "e\u{301}q\u{307}\u{323}等")
        #expect(frame[1, 0].character.unicodeScalars.count == 3)
    }

    @Test func halfAWideCharacterLeavesABlank() {
        var frame = frame(4)
        frame.write("等等", x: 0, y: 0)
        frame.write("x", x: 1, y: 0)
        #expect(text(frame) == " x等")
        frame.write("y", x: 2, y: 0)
        #expect(text(frame) == " xy ")
        frame.write("等", x: 3, y: 0)
        #expect(text(frame) == " xy ")
        frame.write("等等", x: -1, y: 0)
        #expect(text(frame) == " 等 ")
        frame.write("等等", x: 0, y: 0, clip: Rect(x: 1, y: 0, width: 2, height: 1))
        #expect(text(frame) == "    ")
    }
}
