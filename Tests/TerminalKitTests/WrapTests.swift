import TerminalKit
import Testing

@Suite struct WrapTests {
    func wrapped(_ text: String, _ width: Int, hanging: Int = 0) -> String {
        Text.wrap(text, to: width, hanging: hanging).map { $0 + "|" }.joined(separator: "\n")
    }

    @Test func spanishText() {
        #expect(
            wrapped("El panel necesita tres respuestas. ¿Por qué esperar? Ningún dato depende de otro.", 22) == """
                El panel necesita tres|
                respuestas. ¿Por qué|
                esperar? Ningún dato|
                depende de otro.|
                """)
    }

    @Test func aWordLongerThanALineIsCut() {
        #expect(
            wrapped("a electroencefalografista b", 10) == """
                a|
                electroenc|
                efalografi|
                sta b|
                """)
    }

    @Test func lineFeedsBreakAndEmptyLinesStay() {
        #expect(wrapped("one\n\n  two three\r\nfour", 8) == "one|\n|\n  two|\nthree|\nfour|")
        #expect(wrapped("", 8) == "|")
        #expect(wrapped("one\n", 8) == "one|\n|")
    }

    @Test func hyphensAndDashesEndAWordButSignsDoNot() {
        #expect(wrapped("closed-loop users", 8) == "closed-|\nloop|\nusers|")
        #expect(wrapped("minus -63 %", 8) == "minus|\n-63 %|")
        #expect(wrapped("aa bb—cc", 6) == "aa bb—|\ncc|")
    }

    @Test func noBreakSpacesHold() {
        #expect(wrapped("waits 500\u{A0}ms each", 9) == "waits|\n500 ms|\neach|")
    }

    @Test func wideCharactersBreakAnywhereAndNeverInHalf() {
        #expect(wrapped("等級制度a", 5) == "等級|\n制度a|")
        #expect(Text.wrap("等等", to: 1) == ["等", "等"])
        #expect(Text.wrap("等等", to: 0).isEmpty)
    }

    @Test func linesAfterTheFirstHangUnderIt() {
        #expect(
            wrapped("▸ Before you go on: how long would it take", 20, hanging: 2) == """
                ▸ Before you go on:|
                  how long would it|
                  take|
                """)
        #expect(wrapped("ab cd", 2, hanging: 5) == "ab|\n c|\n d|")
    }

    @Test func stylesStayWithTheirText() {
        let text = StyledText("calls to ") + StyledText("cosmos", Style(.fail)) + StyledText(" fail fast")
        let lines = text.wrapped(to: 12)
        #expect(lines.map(\.plain) == ["calls to", "cosmos fail", "fast"])
        #expect(lines[1].spans == [Span("cosmos", Style(.fail)), Span(" fail")])
    }

    @Test(arguments: 1...100) func noLineIsTooLongAndNoWordIsLost(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let text = randomText(&random, upTo: 60)
        let width = Int.random(in: 2...12, using: &random)
        let lines = Text.wrap(text, to: width)
        for line in lines { #expect(Text.width(line) <= width, "\(line)") }
        var all = Frame(size: Size(width: 200, height: 1))
        all.write(String(text.map { $0.isNewline ? " " : $0 }), x: 0, y: 0)
        let joined = lines.joined().filter { $0 != " " }
        #expect(joined == all.rows.joined().filter { $0 != " " })
    }

    @Test func cuttingStyledText() {
        let text = StyledText("sql ", .muted) + StyledText("500 ms", Style(.ok))
        #expect(text.truncated(to: 8).spans == [Span("sql ", .muted), Span("500…", Style(.ok))])
        #expect(text.truncated(to: 4).spans == [Span("sql…", .muted)])
        #expect(text.truncated(to: 10) == text)
        #expect(text.truncated(to: 0).isEmpty)
    }
}
