import Testing

@testable import TerminalKit

/// What letters of other alphabets become where a terminal knows ASCII only.
@Suite struct TranscriptionTests {
    @Test(arguments: [
        ("ńőłßŞÆ", "nolsSA"), ("Прага", "Praga"), ("Ελλάς", "Ellas"), ("жук", "zuk"), ("Ёлка", "Olka"),
        ("かな", "kana"), ("カフェ", "kahue"), ("한국", "hagu"), ("Ａｂ", "Ab"), ("ー", "--"),
    ])
    func lettersKeepTheirPlaces(text: String, expected: String) {
        var frame = Frame(size: Size(width: 20, height: 1))
        frame.write(text, x: 0, y: 0)
        #expect(frame.inASCII().rows[0].filter { $0 != " " } == expected)
        #expect(Text.width(Text.inASCII(text)) <= Text.width(text))
    }

    /// An ideograph is called by its number, and so is what is no letter.
    @Test(arguments: [("東京", "????"), ("😀", "??"), ("☃", "?")])
    func whatHasNoLikenessIsAQuestionMark(text: String, expected: String) {
        #expect(Text.inASCII(text) == expected)
    }
}
