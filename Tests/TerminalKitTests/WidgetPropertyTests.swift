import TerminalKit
import Testing

@Suite struct WidgetPropertyTests {
    /// One of each widget, with text of the kinds that go wrong.
    func widgets(_ random: inout Seeded, isASCII: Bool = false) -> [any Widget] {
        var texts: [String] = []
        for _ in 0..<8 {
            texts.append(randomText(&random, upTo: 10).filter { !isASCII || $0.isASCII && $0 > "\u{1F}" })
        }
        var numbers: [Double] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let odd: [Double] = [.nan, .infinity, 0, -3, 1e300, .leastNonzeroMagnitude]
            let plain = Double.random(in: 0...100, using: &random)
            numbers.append(Bool.random(using: &random) ? plain : odd.randomElement(using: &random) ?? 0)
        }
        let styled = StyledText(texts[0], Style(.ok)) + StyledText(texts[1], Style(.fail, .bold))
        let places = numbers.enumerated().map { LineChart.Place(Double($0.offset), $0.element) }
        let hints = texts.map { KeyHint($0, texts[2], importance: $0.count % 3) }
        var dots = DotCanvas(cells: Size(width: 9, height: 4))
        dots.line(from: Point(x: -3, y: 40), to: Point(x: 30, y: -9))
        return [
            Box(texts[0], note: texts[1], footnote: texts[2], isFocused: numbers.count % 2 == 0),
            Rule(texts[0], note: texts[1]), Paragraph(styled, offset: numbers.count - 3, hanging: 2),
            KeyValues(texts.map { .init($0, styled) }),
            Table(
                texts.prefix(4).map { .init($0, .right, importance: $0.count, minimum: $0.count % 2 == 0 ? 3 : nil) },
                rows: texts.map { [styled, StyledText($0)] }, selected: numbers.count % 9),
            ChoiceList(texts.map { .init(styled, note: StyledText($0)) }, selected: numbers.count % 11),
            Bar(numbers.first ?? 0), Sparkline(numbers),
            KeyHints(hints), Dialog(texts[0], styled, hints: hints, textWidth: 20), dots,
            Timeline(
                0...10, cursor: numbers.last ?? 4, ticks: numbers, marks: numbers,
                faults: [1...3, -4 ... -2, 9...99], startLabel: texts[0], endLabel: texts[1]),
            LineChart(
                texts[0], [.init(texts[1], places, style: .text), .init(texts[2], places.reversed(), style: .muted)],
                xUnit: texts[3], cursor: 5),
            Columns(numbers, firstLabel: texts[0], lastLabel: texts[1], topLabel: texts[2]),
        ]
    }

    @Test(arguments: 1...25) func noWidgetLeavesItsPlaceAtAnySize(_ seed: UInt64) {
        var random = Seeded(state: seed)
        for widget in widgets(&random) {
            for size in [(0, 0), (1, 1), (2, 2), (3, 1), (7, 3), (16, 2), (30, 9)] {
                var frame = Frame(size: Size(width: 34, height: 13))
                frame.fill(frame.bounds, with: "~", style: Style(.bar))
                let area = Rect(
                    x: .random(in: -2...6, using: &random), y: .random(in: -2...6, using: &random),
                    width: size.0, height: size.1)
                frame.draw(widget, in: area, glyphs: Bool.random(using: &random) ? .unicode : .ascii)
                if let flaw = flaw(in: frame) { Issue.record("seed \(seed), \(type(of: widget)) in \(area): \(flaw)") }
                for y in 0..<13 {
                    for x in 0..<34 where !area.contains(Point(x: x, y: y)) && frame[x, y] != Cell("~", Style(.bar)) {
                        Issue.record("seed \(seed), \(type(of: widget)) in \(area): wrote at (\(x), \(y))")
                        return
                    }
                }
            }
        }
    }

    @Test func theASCIISetIsASCII() {
        var random = Seeded(state: 5)
        for _ in 0..<20 {
            for widget in widgets(&random, isASCII: true) {
                var frame = Frame(size: Size(width: 40, height: 8))
                frame.draw(widget, in: frame.bounds, glyphs: .ascii)
                #expect(frame.rows.allSatisfy { $0.utf8.count == 40 }, "\(type(of: widget)): \(frame.rows)")
            }
        }
    }

    @Test(arguments: GlyphRepertoire.allCases) func everyGlyphTakesOneColumn(_ repertoire: GlyphRepertoire) {
        let glyphs = repertoire.glyphs
        var all = Mark.allCases.map { glyphs[$0] } + glyphs.eighths + glyphs.heights + glyphs.markers
        for child in Mirror(reflecting: glyphs).children {
            if let character = child.value as? Character { all.append(character) }
            if let text = child.value as? String { #expect(Text.width(text) == 2) }
        }
        #expect(all.count > 60)
        for character in all {
            #expect(Text.width(String(character)) == 1 && character.unicodeScalars.count == 1, "\(character)")
            #expect(repertoire == .unicode || character.isASCII, "\(character)")
        }
        #expect(glyphs.heights.count == 8)
        #expect(Set(glyphs.markers).count == glyphs.markers.count)
    }

    @Test(arguments: GlyphRepertoire.allCases) func marksOfOutcomesDiffer(_ repertoire: GlyphRepertoire) {
        let outcomes: [Mark] = [.ok, .failed, .timedOut, .retried, .hedged, .cached, .rejected, .lost]
        #expect(Set(outcomes.map { repertoire.glyphs[$0] }).count == outcomes.count)
    }
}
