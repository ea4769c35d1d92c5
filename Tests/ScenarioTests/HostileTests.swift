import Scenario
import Testing

/// Files made to hang, to crash or to reach the terminal.
@Suite struct HostileTests {
    private func repeated(_ text: String, bytes: Int = 1 << 20) -> String {
        String(repeating: text, count: bytes / text.utf8.count)
    }

    /// The first problem's message; the reading itself must neither hang nor trap.
    private func message(_ yaml: String) -> String? {
        do {
            _ = try ScenarioDocument(yaml: yaml, file: "hostile.yaml")
            return nil
        } catch {
            return error.problems.first?.message
        }
    }

    @Test func anAliasBombIsRefusedWhereItBegins() {
        var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for name in "bcdefghi" {
            let previous = Character(Unicode.Scalar(name.unicodeScalars.first!.value - 1)!)
            yaml += "\(name): &\(name) [\(Array(repeating: "*\(previous)", count: 9).joined(separator: ", "))]\n"
        }
        #expect(
            Shop.problems(yaml, file: "bomb.yaml") == """
                bomb.yaml:2:8: error: anchors (&name) and aliases (*name) cannot be used
                   2 | b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                     |        ^~
                   write the value out
                """)
    }

    @Test(arguments: [
        "[", "{", "[[], ", "{a: ", "{? ", "- ", "? ", "a: [", "[{", "- - \n", "&a ", "*a ", "!a ", "!!", "\"", "'",
        "|\n",
        "a:\n", "%", "#", "\r", "\u{85}", "---\n", "...\n", "- a\n", "a,", ": ", ":\n", "<<: ", "é", "🧨", "\\", ">-\n ",
    ])
    func muchOfAnythingIsAnswered(piece: String) {
        #expect(message(repeated(piece, bytes: 100_000)) != nil)
        #expect(message("a: " + repeated(piece, bytes: 4000)) != nil)
        #expect(message("[" + repeated(piece, bytes: 60_000) + "]") != nil)
    }

    @Test(arguments: ["[", "&a ", "x", "\"", "- "])
    func aMegabyteIsAnswered(piece: String) {
        #expect(message(repeated(piece)) != nil)
    }

    @Test(arguments: ["[", "{a: ", "{? a: ", "- ", "[[a], "])
    func deepNestingIsRefusedBeforeItEndsTheStack(piece: String) {
        for depth in [65, 500, 990, 2000] {
            #expect(message(String(repeating: piece, count: depth)) != nil)
        }
        let closed = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(message("a: \(closed)") == "more than 64 levels deep")
        let block = (0..<400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(message(block) == "more than 64 levels deep")
    }

    @Test func sizeIsLimited() {
        #expect(message(repeated("a", bytes: 1 << 20) + "a") == "the file is larger than 1 MiB")
        let bytes = [UInt8](repeating: 0x61, count: (1 << 20) + 1)
        #expect(throws: ScenarioError.self) { try ScenarioDocument(bytes: bytes, file: "a") }
        #expect(message((0..<30_000).map { "k\($0): 0\n" }.joined()) == "more than 20000 values")
        #expect(message(repeated("- a\n")) == "more than 20000 values")
    }

    @Test func bytesThatAreNotTextAreShownInTheirPlace() {
        let bytes = Array("a: b\nname: c".utf8) + [0xff, 0xfe] + Array("\n".utf8)
        do {
            _ = try ScenarioDocument(bytes: bytes, file: "bytes.yaml")
            Issue.record("read")
        } catch {
            #expect(
                error.description == """
                    bytes.yaml:2:8: error: this byte is not UTF-8 text
                       2 | name: c\u{fffd}
                         |        ^
                       save the file as UTF-8
                    """)
        }
    }

    @Test func theNameOfAFileCannotReachTheTerminalEither() {
        let shown = Shop.problems("a: [", file: "\u{1b}]0;x\u{7}.yaml")
        #expect(shown.hasPrefix("␛]0;x␇.yaml:1:5: error:"))
    }

    @Test func textThatRunsBackwardsIsRefused() {
        #expect(message("a: \u{202e}cba\n") == "the character U+202E cannot be used here")
        let escaped = Shop.places(Shop.changed("flow: report", to: "flow: \"\\u2066\""))
        #expect(escaped.first == "14:16 the character U+2066 cannot be used here")
    }

    @Test(arguments: [
        "from: 0h, to: 2562047h, step: 2000000h", "from: 0, to: 9223372036853, step: 5000000000000",
        "from: 0, to: 9223372036854775807, step: 1",
        "from: 0ns, to: 9223372036854775807ns, step: 9223372036854775806ns",
    ])
    func rangesThatEndBeyondAllNumbersAreRefused(range: String) {
        #expect(message(Shop.changed(adding: "controls:\n  - { set: backends.sql.queue, \(range) }\n")) != nil)
    }

    @Test func manyProblemsAreCountedAndNotAllShown() {
        let yaml = "duration: 1s\nbackends:\n" + (0..<5000).map { "  b\($0): 1\n" }.joined()
        let shown = Shop.problems(yaml)
        #expect(shown.hasSuffix("\nand 80 more"))
        #expect(shown.split(separator: "\n").count < 100)
    }

    @Test func longLinesAreShownInPart() {
        let yaml = Shop.changed("flow: report", to: "flow: \(repeated("é", bytes: 100_000))")
        for line in Shop.problems(yaml).split(separator: "\n") { #expect(line.unicodeScalars.count < 150) }
    }

    @Test func workGrowsWithTheFileAndNotWithItsSquare() {
        let head =
            "duration: 60s\nclients: { a: { flow: f, at: 0s } }\nbackends: { b: { latency: 1s } }\nflows:\n  f:\n"
        let branches = (0..<1500).map { "        - call: { to: b.c, as: v\($0), args: { x: \"$v0\" } }\n" }.joined()
        #expect(Shop.places(head + "    - parallel:\n" + branches).count == 100)
        let control = "  - { set: seed, values: [1, 2, 3, 4, 5, 6, 7, 8, 9] }\n"
        #expect(
            message(head + "    - call: b.c\ncontrols:\n" + String(repeating: control, count: 1000))
                == "too many values of controls and interventions for a scenario of this size")
    }

    @Test func wideCharactersKeepTheMarkUnderItsPlace() {
        let shown = Shop.problems(Shop.changed("flow: report, at: 0s", to: "flow: \"日本\", at: 0"))
        #expect(
            shown == """
                shop.yaml:14:16: error: there is no flow "日本"
                   14 |   web: { flow: "日本", at: 0 }
                      |                ^~~~~~
                   known: report
                shop.yaml:14:26: error: "0" needs a unit: expected a duration, such as 250ms
                   14 |   web: { flow: "日本", at: 0 }
                      |                            ^
                   write 0s
                """)
    }
}
