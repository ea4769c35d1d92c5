import CNcurses
import TerminalKit
import Testing

/// The kit's widths against the C library's, by which ncurses places what follows.
@Suite("Widths agree with wcwidth", .enabled(if: text_use_locale(), "no UTF-8 locale"))
struct WidthTests {
    @Test("every scalar that a frame accepts")
    func scalars() {
        var accepted = 0
        for value in UInt32(0x20)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar))
            let painted = painted(text)
            guard painted.character == Character(scalar) else { continue }
            accepted += 1
            #expect(Int32(painted.width) == text_width(value), "U+\(String(value, radix: 16, uppercase: true))")
        }
        #expect(accepted > 50_000)
    }

    @Test("every mark that a frame accepts on a letter takes no column")
    func marks() {
        var accepted = 0
        for value in UInt32(0x300)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var text = "a"
            text.unicodeScalars.append(scalar)
            guard text.count == 1, painted(text).character == Character(text) else { continue }
            accepted += 1
            #expect(text_width(value) == 0, "U+\(String(value, radix: 16, uppercase: true))")
        }
        #expect(accepted > 500)
    }

    @Test("every glyph of both sets, one column each", arguments: GlyphRepertoire.allCases)
    func glyphs(repertoire: GlyphRepertoire) {
        let glyphs = repertoire.glyphs
        var all = Mark.allCases.map { glyphs[$0] }
        for child in Mirror(reflecting: glyphs).children {
            switch child.value {
            case let character as Character: all.append(character)
            case let characters as [Character]: all += characters
            case let text as String: all += Array(text)
            default: break
            }
        }
        #expect(all.count > 50)
        for glyph in all {
            #expect(glyph.unicodeScalars.count == 1)
            #expect(glyph.unicodeScalars.allSatisfy { text_width($0.value) == 1 }, "\(glyph)")
            #expect(painted(String(glyph)).character == glyph)
            if repertoire == .ascii { #expect(glyph.isASCII) }
        }
    }

    private func painted(_ text: String) -> Cell {
        var frame = Frame(size: Size(width: 2, height: 1))
        frame.write(text, x: 0, y: 0)
        return frame[0, 0]
    }
}
