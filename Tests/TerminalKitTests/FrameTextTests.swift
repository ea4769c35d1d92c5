import TerminalKit
import Testing

@Suite struct FrameTextTests {
    var frame: Frame {
        var frame = Frame(size: Size(width: 12, height: 3))
        frame.draw(Box("Log"), in: frame.bounds, glyphs: .unicode)
        frame.write("等 ok ", x: 2, y: 1)
        frame.write("✗", x: 8, y: 1, style: Style(.fail, [.bold, .underline]))
        return frame
    }

    let text = """
        |╭ Log ─────╮|
        |│ 等 ok ✗  │|
        |╰──────────╯|
        styles:
         1: 1 border, 2-6 title, 7-12 border
         2: 1 border, 9 fail+bold+underline, 12 border
         3: 1-12 border

        """

    @Test func theForm() {
        #expect(frame.exportedText == text)
    }

    @Test func theFormReadsBack() throws {
        #expect(try Frame(exportedText: text) == frame)
        var withCursor = frame
        withCursor.cursor = Point(x: 4, y: 1)
        #expect(withCursor.exportedText.hasSuffix("cursor: 5,2\n"))
        #expect(try Frame(exportedText: withCursor.exportedText) == withCursor)
        let empty = Frame(size: Size(width: 0, height: 0))
        #expect(try Frame(exportedText: empty.exportedText) == empty)
    }

    @Test(arguments: [
        ("|ab|\n|abc|\nstyles:", "line 2: the row has 3 columns, the first one 2"),
        ("|ab|\n|ab\nstyles:", "line 2: expected `|` at the end of the row"),
        ("|", "line 1: expected `|` at the end of the row"),
        ("|ab|", "line 2: expected a row in bars, or `styles:`"), ("", "line 1: expected a row in bars, or `styles:`"),
        ("|ab|\nstyles:\n 2: 1 ok", "line 3: no row `2`"),
        ("|ab|\nstyles:\n 1: 1-3 ok", "line 3: expected `COLUMNS STYLE`"),
        ("|ab|\nstyles:\n 1: 0 ok", "line 3: expected `COLUMNS STYLE`"),
        ("|ab|\nstyles:\n 1: 2-1 ok", "line 3: expected"),
        ("|ab|\nstyles:\n 1: 1 okay", "line 3: unknown style `okay`"),
        ("|ab|\nstyles:\n 1: 1 ok+bald", "line 3: unknown style"),
        ("|ab|\nstyles:\ncursor: 1", "line 3: expected `cursor: COLUMN,ROW`"),
        ("|ab|\nstyles:\n\n", "line 3: expected `ROW"),
        ("styles:\n 1: 1 ok", "line 2: no row `1`"),
    ])
    func aBrokenTextIsALocatedError(_ text: String, _ expected: String) {
        let error = #expect(throws: FrameTextError.self) { try Frame(exportedText: text) }
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    }

    @Test func oneChangedCellChangesTheForm() {
        var changed = frame
        changed.restyle(Rect(x: 8, y: 1, width: 1, height: 1)) { _ in .text }
        #expect(changed.exportedText != text)
        changed = frame
        changed.write("x", x: 10, y: 1)
        #expect(changed.exportedText != text)
    }

    @Test func everyStyleHasANameThatReadsBack() {
        for role in Role.allCases {
            for bits in UInt8(0)..<32 {
                let style = Style(role, Attributes(rawValue: bits))
                #expect(Style(name: style.name) == style)
            }
        }
        for name in ["", "okay", "ok+", "+bold", "ok+Bold"] { #expect(Style(name: name) == nil) }
    }
}
