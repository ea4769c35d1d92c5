import TerminalKit
import Testing

/// What a person types into a line, and what is seen of it.
@Suite struct TextFieldTests {
    private func field(_ text: String, _ keys: Key...) -> TextField {
        var field = TextField(text, limit: 12)
        for key in keys { _ = field.press(key) }
        return field
    }

    @Test func charactersGoWhereTheCursorIs() {
        let field = field("ac", .left, .character("b"))
        #expect(field.text == "abc")
        #expect(field.cursor == 2)
    }

    @Test(arguments: [
        ([Key.backspace], "sagas and "), ([.home, .delete], "agas and q"), ([.control("w")], "sagas and "),
        ([.control("u")], ""), ([.home, .control("w")], "sagas and q"), ([.end, .delete], "sagas and q"),
        ([.left, .left, .control("w")], "sagas  q"),
    ])
    func keysEdit(keys: [Key], left: String) {
        var field = TextField("sagas and q")
        for key in keys { _ = field.press(key) }
        #expect(field.text == left)
    }

    @Test func noMoreThanTheLimitIsTaken() {
        #expect(field("twelve chars", .character("!")).text == "twelve chars")
    }

    @Test func otherKeysAreLeftToTheScreen() {
        var field = TextField("a")
        for key in [Key.enter, .escape, .tab, .up, .control("c")] {
            let isTaken = field.press(key)
            #expect(!isTaken)
        }
    }

    @Test func thePartRoundTheCursorIsShown() {
        var frame = Frame(size: Size(width: 6, height: 1))
        frame.draw(TextField("circuit breaker"), in: frame.bounds, glyphs: .unicode)
        #expect(frame.rows == ["eaker "])
        #expect(frame[5, 0].style.role == .selection)
    }

    @Test func wideCharactersCountTwice() {
        var frame = Frame(size: Size(width: 6, height: 1))
        frame.draw(TextField("日本語"), in: frame.bounds, glyphs: .unicode)
        #expect(frame.rows[0].hasPrefix("本語"))
    }
}
