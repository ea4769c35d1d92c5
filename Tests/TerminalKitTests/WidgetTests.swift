import TerminalKit
import Testing

/// What widgets look like, in both sets of characters and at sizes that are too small.
@Suite struct WidgetTests {
    @Test func panel() {
        let panel = Box("Sequence", note: "request 1", footnote: "1/2")
        #expect(
            drawn(panel, 36, 3) == """
                |╭ Sequence ──────────── request 1 ─╮|
                |│                                  │|
                |╰──────────────────────────── 1/2 ─╯|
                """)
        #expect(
            drawn(panel, 36, 3, .ascii) == """
                |+ Sequence ------------ request 1 -+|
                ||                                  ||
                |+---------------------------- 1/2 -+|
                """)
        #expect(drawn(panel, 22, 2) == "|╭ Sequence ──────────╮|\n|╰────────────── 1/2 ─╯|")
        #expect(drawn(panel, 9, 2) == "|╭ Sequ… ╮|\n|╰─ 1/2 ─╯|")
        #expect(drawn(panel, 2, 2) == "|╭╮|\n|╰╯|")
        #expect(drawn(panel, 1, 1) == "| |")
    }

    @Test func aFocusedPanelShowsItWithoutColour() {
        #expect(drawn(Box("Log", isFocused: true), 14, 2) == "|╭▸Log ───────╮|\n|╰────────────╯|")
        #expect(drawn(Box("Log", isFocused: true), 14, 2, .ascii) == "|+>Log -------+|\n|+------------+|")
    }

    @Test func aPanelHidesWhatIsUnderIt() {
        var frame = Frame(size: Size(width: 6, height: 3))
        frame.fill(frame.bounds, with: "x")
        frame.draw(Box(), in: Rect(x: 1, y: 0, width: 4, height: 3), glyphs: .unicode)
        #expect(frame.rows == ["x╭──╮x", "x│  │x", "x╰──╯x"])
    }

    @Test func rule() {
        #expect(drawn(Rule("Breaker", note: "closed"), 30, 1) == "|├ Breaker ────────── closed ─┤|")
        #expect(drawn(Rule("Breaker", ends: .plain), 14, 1) == "|─ Breaker ────|")
    }

    @Test func paragraphScrollsAndCounts() {
        let text: StyledText = "The dashboard needs three answers. First it asks for them one after another."
        #expect(
            drawn(Paragraph(text, offset: 1), 20, 3) == """
                |three answers. First|
                |it asks for them one|
                |after another.      |
                """)
        let size = Size(width: 20, height: 2)
        #expect(Paragraph(text).scroll(in: size).indicator == "1/2")
        #expect(Paragraph(text, offset: 2).scroll(in: size).indicator == "2/2")
        #expect(Paragraph(text, offset: 99).scroll(in: size).offset == 2)
        #expect(Paragraph(text).scroll(in: Size(width: 20, height: 4)).indicator == "")
        #expect(drawn(Paragraph("ab cd", alignment: .right), 4, 2) == "|  ab|\n|  cd|")
    }

    @Test func keysAndValues() {
        let pairs = KeyValues([.init("requests", "10"), .init("in flight", "2")])
        #expect(drawn(pairs, 16, 2) == "|requests   10   |\n|in flight  2    |")
        #expect(drawn(KeyValues(pairs.pairs, alignment: .right), 16, 2) == "|requests      10|\n|in flight      2|")
    }

    @Test func tableDropsAndCutsColumns() {
        let table = Table(
            [
                .init("backend", importance: 2, minimum: 5), .init("p50", .right, importance: 1),
                .init("p99", .right, importance: 2), .init("note", minimum: 4),
            ],
            rows: [["sql", "500 ms", "501 ms", "steady"], ["cosmos-eu", "80 ms", "1980 ms"]], selected: 1)
        #expect(
            drawn(table, 40, 3) == """
                |backend       p50      p99  note        |
                |sql        500 ms   501 ms  steady      |
                |cosmos-eu   80 ms  1980 ms              |
                """)
        #expect(
            drawn(table, 28, 3) == """
                |back…     p50      p99  note|
                |sql    500 ms   501 ms  ste…|
                |cosm…   80 ms  1980 ms      |
                """)
        #expect(
            drawn(table, 20, 3) == """
                |backend        p99  |
                |sql         501 ms  |
                |cosmos-eu  1980 ms  |
                """)
        #expect(drawn(table, 3, 1) == "|ba…|")
    }

    @Test func theSelectedRowIsAlwaysInSight() {
        let rows = (1...20).map { [StyledText("row \($0)")] }
        let table = Table([.init("name")], rows: rows, selected: 11)
        #expect(drawn(table, 7, 4) == "|name   |\n|row 11 |\n|row 12 |\n|row 13 |")
        #expect(table.scroll(height: 4).indicator == "4/7")
    }

    @Test func choices() {
        let list = ChoiceList(
            (1...5).map { .init(StyledText("Lesson \($0)"), note: StyledText("\($0)/9", .muted)) }, selected: 3)
        #expect(
            drawn(list, 24, 3) == """
                |  Lesson 3          3/9 |
                |▸ Lesson 4          4/9 |
                |  Lesson 5          5/9 |
                """)
        #expect(drawn(list, 10, 1, .ascii) == "|> Lesson~ |")
    }

    @Test(arguments: [
        (0.0, "░░░░░"), (0.5, "██▌░░"), (1, "█████"), (0.001, "▏░░░░"), (0.999, "████▉"), (-3, "░░░░░"), (7, "█████"),
        (.nan, "░░░░░"), (.infinity, "█████"),
    ])
    func bar(_ fraction: Double, _ expected: String) {
        #expect(drawn(Bar(fraction), 5, 1) == "|\(expected)|")
    }

    @Test func barInASCII() {
        #expect(drawn(Bar(0.5), 4, 1, .ascii) == "|##..|")
        #expect(drawn(Bar(0.01), 4, 1, .ascii) == "|#...|")
        #expect(drawn(Bar(0.99), 4, 1, .ascii) == "|###.|")
    }

    @Test func sparkline() {
        let line = Sparkline([0, 1, 2, 3, 4, 5, 6, 7])
        #expect(drawn(line, 8, 1) == "|▁▂▃▄▅▆▇█|")
        #expect(drawn(line, 8, 1, .ascii) == "| .:-=+*#|")
        #expect(drawn(line, 10, 1) == "|  ▁▂▃▄▅▆▇█|")
        #expect(drawn(line, 3, 1) == "|▆▇█|")
        #expect(drawn(Sparkline([1, nil, 1, .nan], maximum: 2), 4, 1) == "|▅ ▅ |")
        #expect(drawn(Sparkline([0, 0]), 2, 1) == "|▁▁|")
    }

    @Test func keyHintsDropTheLeastImportant() {
        let hints = KeyHints([
            KeyHint("space", "play", importance: 2), KeyHint("[ ]", "mark"), KeyHint("n", "next step", importance: 3),
            KeyHint("?", "keys", importance: 9),
        ])
        #expect(drawn(hints, 48, 1) == "|space play   [ ] mark   n next step   ? keys    |")
        #expect(drawn(hints, 36, 1) == "|space play   n next step   ? keys   |")
        #expect(drawn(hints, 20, 1) == "|n next step   ? keys|")
        #expect(drawn(hints, 8, 1) == "|? keys  |")
        #expect(drawn(hints, 1, 1) == "|?|")
    }

    @Test func dialog() {
        let dialog = Dialog(
            "Reset", "Forget all changes and start again?", hints: [KeyHint("enter", "reset"), KeyHint("esc", "keep")],
            textWidth: 24)
        #expect(
            drawn(dialog, 36, 8) == """
                |                                    |
                |    ╭▸Reset ───────────────────╮    |
                |    │ Forget all changes and   │    |
                |    │ start again?             │    |
                |    │                          │    |
                |    │ enter reset   esc keep   │    |
                |    ╰──────────────────────────╯    |
                |                                    |
                """)
        #expect(
            drawn(dialog, 20, 4) == """
                |╭▸Reset ───────────╮|
                |│ Forget all       │|
                |│ enter reset      │|
                |╰──────────── 1/3 ─╯|
                """)
    }

    @Test func timeline() {
        let line = Timeline(
            0...60, cursor: 30, ticks: [10, 50], marks: [15, 45], faults: [20...40], startLabel: "0", endLabel: "60 s")
        #expect(drawn(line, 50, 1) == "|0 ├━━━━━━━┿━━◆━━▲▰▰▰▰▰▰●▱▱▱▱▱▱▱┄┄◆┄┄┼┄┄┄┄┄┄┄┤ 60 s|")
        #expect(drawn(line, 50, 1, .ascii) == "|0 +=======+==*==!%%%%%%O///////..*..+.......+ 60 s|")
        #expect(drawn(line, 12, 1) == "|├━━◆▲▰●▱◆┼┄┤|")
        #expect(drawn(Timeline(0...0, cursor: 5), 6, 1) == "|├●┄┄┄┤|")
        #expect(drawn(Timeline(0...9, cursor: 99, faults: [-5 ... -1, 12...15]), 6, 1) == "|├━━━●┤|")
    }
}
