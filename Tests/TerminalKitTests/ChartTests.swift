import TerminalKit
import Testing

@Suite struct ChartTests {
    func places(_ values: [Double]) -> [LineChart.Place] {
        values.enumerated().map { LineChart.Place(Double($0.offset), $0.element) }
    }

    @Test func dotsAreNumberedAsUnicodeDoes() {
        let expected = "⠁⠈⠂⠐⠄⠠⡀⢀"
        for (index, character) in expected.enumerated() {
            var canvas = DotCanvas(cells: Size(width: 1, height: 1))
            canvas.point(index % 2, index / 2)
            #expect(drawn(canvas, 1, 1) == "|\(character)|")
        }
    }

    @Test func linesHaveBothEndsAndStayInside() {
        var canvas = DotCanvas(cells: Size(width: 4, height: 2))
        canvas.line(from: Point(x: 0, y: 7), to: Point(x: 7, y: 0))
        #expect(drawn(canvas, 4, 2) == "|  ⡠⠊|\n|⡠⠊  |")
        #expect(drawn(canvas, 4, 2, .ascii) == "|  _-|\n|_-  |")
        canvas = DotCanvas(cells: Size(width: 4, height: 1))
        canvas.line(from: Point(x: -1_000_000_000, y: 3), to: Point(x: 1_000_000_000, y: 3))
        canvas.column(0, from: -5, to: 99)
        #expect(drawn(canvas, 4, 1) == "|⣇⣀⣀⣀|")
        #expect(drawn(canvas, 4, 1, .ascii) == "||___|")
    }

    @Test func aLineOutsideLeavesNothing() {
        var canvas = DotCanvas(cells: Size(width: 4, height: 1))
        canvas.line(from: Point(x: -5, y: -5), to: Point(x: 20, y: -2))
        canvas.point(8, 0)
        canvas.point(0, 4)
        #expect(drawn(canvas, 4, 1) == "|    |")
    }

    @Test func clippedLinesAreThoseOfALargerCanvas() {
        var random = Seeded(state: 3)
        for _ in 0..<200 {
            let start = Point(x: .random(in: -40...60, using: &random), y: .random(in: -40...60, using: &random))
            let end = Point(x: .random(in: -40...60, using: &random), y: start.y)
            var small = DotCanvas(cells: Size(width: 5, height: 3))
            small.line(from: start, to: end)
            var large = DotCanvas(cells: Size(width: 60, height: 40))
            large.line(from: Point(x: start.x + 40, y: start.y + 40), to: Point(x: end.x + 40, y: end.y + 40))
            var frame = Frame(size: Size(width: 60, height: 40))
            frame.draw(large, in: frame.bounds, glyphs: .unicode)
            let part = (10..<13).map { y in (20..<25).map { String(frame[$0, y].character) }.joined() }
            var cut = Frame(size: Size(width: 5, height: 3))
            cut.draw(small, in: cut.bounds, glyphs: .unicode)
            #expect(cut.rows == part, "from \(start) to \(end)")
        }
    }

    @Test(arguments: [
        ([0.0, 437], 5, [0.0, 200, 400, 600]), ([3, 7], 3, [0, 5, 10]), ([0.02, 0.05], 5, [0, 0.02, 0.04, 0.06]),
        ([-4, 6], 3, [-5, 0, 5, 10]), ([], 3, [0, 0.5, 1]), ([500, 500], 3, [0, 500]), ([.nan, 1], 2, [0, 1]),
    ])
    func scalesEndAtRoundNumbers(_ values: [Double], _ count: Int, _ ticks: [Double]) {
        let axis = Axis(containing: values, ticks: count)
        #expect(axis.ticks.count == ticks.count)
        for (tick, expected) in zip(axis.ticks, ticks) { #expect(abs(tick - expected) < 1e-9) }
    }

    @Test func labelsHaveTheDecimalsThatTheTicksNeed() {
        let axis = Axis(0...0.2, ticks: 5)
        #expect(axis.ticks.map(axis.label) == ["0.00", "0.05", "0.10", "0.15", "0.20"])
        let whole = Axis(-1000...2000, ticks: 4)
        #expect(whole.ticks.map(whole.label) == ["-1000", "0", "1000", "2000"])
    }

    @Test func lineChart() {
        let chart = LineChart("p99 ms", [.init("all", places([0, 250, 500, 500, 500, 0]), style: .text)], xUnit: "s")
        #expect(
            drawn(chart, 30, 8) == """
                |p99 ms                        |
                |500 ┤        ⢀⠔⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⢆    |
                |    │      ⢀⠔⠁           ⠈⢆   |
                |    │    ⢀⠔⠁              ⠈⢆  |
                |    │  ⡠⠔⠁                 ⠈⢆ |
                |    │⡠⠊                     ⠈⢆|
                |  0 ┼────────────────────────┬|
                |     0                     5 s|
                """)
        #expect(
            drawn(chart, 30, 8, .ascii) == """
                |p99 ms                        |
                |500 +        _.''''''''''\\    |
                |    |      _.'           '\\   |
                |    |    _.'              '\\  |
                |    |  _.'                 '\\ |
                |    |_-                     '\\|
                |  0 +------------------------+|
                |     0                     5 s|
                """)
        #expect(drawn(chart, 12, 2) == "|   ⡠⠊⠉⠉⠉⠉⠱⡀ |\n|⡠⠔⠊       ⠈⢆|")
        #expect(drawn(chart, 1, 1) == "|⣿|")
    }

    @Test func severalLinesDifferInDashAndMarker() {
        let chart = LineChart(
            "",
            [
                .init("before", places([4, 4, 4]), style: Style(.before)),
                .init("after", places([2, 2, 2]), style: Style(.after)),
            ], yRange: 0...4)
        #expect(
            drawn(chart, 24, 5) == """
                |● before  ◆ after       |
                |4 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉●|
                |2 ┤⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉◆|
                |0 ┼──────────┬─────────┬|
                |   0         1         2|
                """)
    }

    @Test func histogram() {
        let columns = Columns([1, 4, 8, 2, 0], firstLabel: "80 ms", lastLabel: "400 ms", topLabel: "8")
        #expect(
            drawn(columns, 22, 4) == """
                |8         ███         |
                |      ▄▄▄ ███         |
                |  ▃▃▃ ███ ███ ▆▆▆     |
                |  80 ms         400 ms|
                """)
        #expect(
            drawn(columns, 22, 4, .ascii) == """
                |8         ###         |
                |      --- ###         |
                |  ::: ### ### +++     |
                |  80 ms         400 ms|
                """)
        #expect(drawn(columns, 2, 1) == "|█▁|")
        #expect(drawn(Columns([]), 5, 2) == "|     |\n|     |")
        #expect(drawn(Columns([4, 8, 99], maximum: 16), 3, 2) == "|  █|\n|▄██|")
    }

    @Test func decimalsHaveTheSignOfTheLanguage() {
        let axis = Axis(0...1, ticks: 3)
        #expect(axis.ticks.map { axis.label($0, ",") } == ["0,0", "0,5", "1,0"])
        let chart = LineChart("s", [.init("", places([0, 1]), style: .text)], decimalSign: ",")
        #expect(drawn(chart, 20, 7).contains("0,5") && !drawn(chart, 20, 7).contains("0.5"))
    }
}
