import Diagrams
import TerminalKit
import Testing

@testable import Workshop

/// What holds for every drawing, whatever the diagram.
@Suite struct DiagramPropertyTests {
    static let seeds = (0..<80).map(UInt64.init)

    private func styles(_ seed: UInt64) -> [DiagramStyle] {
        DiagramMode.allCases.map { mode in
            DiagramStyle(
                mode: mode, glyphs: seed % 3 == 0 ? .ascii : .unicode, language: seed % 2 == 0 ? .english : .spanish,
                width: [30, 80, 140][Int(seed % 3)], isDense: seed % 5 == 0)
        }
    }

    private func drawings(_ seed: UInt64) -> [DrawnDiagram] {
        let measured = Rehearsal.measured(RandomDrawing.diagram(seed: seed), hop: Int64(seed % 4) * 3_000_000)
        return styles(seed).map { DrawnDiagram(measured, $0) }
    }

    /// No line runs through a text, and none is cut: each stands in the drawing as it was laid out.
    @Test(arguments: seeds) func everyTextIsWhole(seed: UInt64) {
        for drawn in drawings(seed) {
            for (text, x, row) in drawn.texts {
                let shown = DrawnDiagram.shown(text)
                let found = drawn.text(x..<(x + Text.width(text)), row)
                #expect(found == shown, "\(drawn.layout.style.mode) row \(row) column \(x)")
            }
        }
    }

    /// Every word of the diagram is somewhere in its drawing.
    @Test(arguments: seeds) func noWordIsLost(seed: UInt64) {
        let diagram = RandomDrawing.diagram(seed: seed)
        let lines = DiagramText(MeasuredDiagram(diagram), style: DiagramStyle(width: [24, 80][Int(seed % 2)])).lines
        let tokens = Set(lines.joined(separator: " ").split { " │┃╂".contains($0) })
        let characters = Set(lines.joined())
        for word in words(diagram.statements) + (diagram.title ?? "").split(whereSeparator: \.isWhitespace) {
            if word.allSatisfy({ Text.width(String($0)) == 1 }) {
                // The labels of blocks stand in brackets.
                let forms = [word, "[\(word)", "\(word)]", "[\(word)]"]
                #expect(forms.contains(where: tokens.contains), "\(word)")
            } else {
                // A word of wide characters may be broken anywhere.
                #expect(word.allSatisfy(characters.contains), "\(word)")
            }
        }
    }

    private func words(_ statements: [Statement]) -> [Substring] {
        statements.flatMap { statement -> [Substring] in
            switch statement {
            case .message(let message): message.text.split(whereSeparator: \.isWhitespace)
            case .note(let note): note.text.split(whereSeparator: \.isWhitespace)
            case .block(let block):
                block.sections.flatMap { section in
                    (block.kind == .rect ? [] : section.label.split(whereSeparator: \.isWhitespace))
                        + words(section.statements)
                }
            default: []
            }
        }
    }

    /// A lifeline is seen in each of its rows, but where a text or a box stands on it.
    @Test(arguments: seeds) func lifelinesGoOn(seed: UInt64) {
        for drawn in drawings(seed) {
            let glyphs = drawn.layout.style.glyphs
            let line: Set<Character> = [
                glyphs.vertical, glyphs.cross, glyphs.heavyVertical, glyphs.dottedVertical, glyphs.teeLeft,
                glyphs.teeRight, glyphs.callStart, glyphs.answerStart, "┠", "╂", glyphs[.lost], "#", "|", ":",
            ]
            let covered = self.covered(drawn)
            for life in drawn.layout.figures.lifelines {
                for row in life.rows where !covered.contains(Point(x: life.x, y: row)) {
                    let found = drawn.character(life.x, row)
                    #expect(line.contains(found), "\(found) in column \(life.x) row \(row)")
                }
            }
        }
    }

    /// The cells of texts, notes and heads, and the blanks that keep lines away from texts.
    private func covered(_ drawn: DrawnDiagram) -> Set<Point> {
        var covered: Set<Point> = []
        for (text, x, row) in drawn.texts {
            for column in (x - 3)..<(x + Text.width(text) + 10) { covered.insert(Point(x: column, y: row)) }
        }
        for note in drawn.layout.figures.notes.items {
            for row in note.rows {
                for column in note.x..<(note.x + note.width) { covered.insert(Point(x: column, y: row)) }
            }
        }
        for head in drawn.layout.figures.heads.items {
            let x = drawn.layout.figures.lifelines[head.column].x - drawn.layout.heads[head.column].anchor
            for row in head.rows {
                for column in x..<(x + drawn.layout.heads[head.column].width) {
                    covered.insert(Point(x: column, y: row))
                }
            }
        }
        return covered
    }

    /// Nothing is written beyond the width and the height that the layout says; every column and row is used.
    @Test(arguments: seeds) func itIsAsWideAsItMust(seed: UInt64) {
        for drawn in drawings(seed) where drawn.layout.width > 0 {
            let layout = drawn.layout
            var roomy = Frame(size: Size(width: layout.width + 40, height: layout.height + 5))
            DiagramDrawing(layout).draw(into: &roomy, in: roomy.bounds)
            for y in 0..<roomy.size.height {
                for x in 0..<roomy.size.width where x >= layout.width || y >= layout.height {
                    #expect(roomy[x, y].character == " ", "\(x), \(y)")
                }
            }
        }
    }

    /// A window shows what the whole drawing has at that place.
    @Test(arguments: seeds) func aWindowIsAPieceOfTheWhole(seed: UInt64) {
        var random = SeededGenerator(seed)
        for drawn in drawings(seed) where drawn.layout.height > 30 {
            let layout = drawn.layout
            let size = Size(width: Int.random(in: 20...60, using: &random), height: 24)
            let farthest = DiagramDrawing(layout).farthestScroll(in: size)
            let x = Int.random(in: 0...farthest.x, using: &random)
            let y = Int.random(in: 0...farthest.y, using: &random)
            var window = Frame(size: size)
            DiagramDrawing(layout).draw(into: &window, in: window.bounds, scrollX: x, scrollY: y)
            let top = max(0, layout.titleHeight - y) + layout.headHeight
            guard top + 2 <= size.height else { continue }
            let first = max(0, y - layout.titleHeight)
            for row in top..<size.height {
                for column in (layout.gutter + 1)..<(size.width - 1) where column + x < layout.width - 1 {
                    let here = window[column, row]
                    let there = drawn.frame[column + x, drawn.bodyTop + first + row - top]
                    // A wide character of which the edge shows one half is a blank.
                    if here.width == 1, there.width == 1 { #expect(here == there, "\(column), \(row)") }
                }
            }
        }
    }

    /// No size and no moment makes it trap or draw outside its place.
    @Test(arguments: seeds.prefix(40)) func itStaysInItsPlace(seed: UInt64) {
        for drawn in drawings(seed) {
            var random = SeededGenerator(seed)
            for _ in 0..<12 {
                let place = Rect(
                    x: 3, y: 2, width: Int.random(in: 0...50, using: &random),
                    height: Int.random(in: 0...20, using: &random))
                var frame = Frame(size: Size(width: place.width + 6, height: place.height + 4))
                frame.fill(frame.bounds, with: "@")
                let now = Bool.random(using: &random) ? nil : Int64.random(in: -5...100_000_000, using: &random)
                DiagramDrawing(drawn.layout, now: now).draw(
                    into: &frame, in: place, scrollX: Int.random(in: -5...200, using: &random),
                    scrollY: Int.random(in: -5...200, using: &random))
                let outside = frame.cells.indices.filter { index in
                    let point = Point(x: index % frame.size.width, y: index / frame.size.width)
                    return !place.contains(point) && frame.cells[index] != Cell("@")
                }
                #expect(outside.isEmpty, "\(place)")
            }
        }
    }

    /// In ASCII every character is ASCII, but those of the texts, which the terminal makes so.
    @Test(arguments: seeds.prefix(60)) func asciiIsASCII(seed: UInt64) {
        let measured = Rehearsal.measured(RandomDrawing.diagram(seed: seed), hop: 2_000_000)
        for mode in DiagramMode.allCases {
            let text = DiagramText(measured, style: DiagramStyle(mode: mode, glyphs: .ascii)).text
            #expect(text.utf8.allSatisfy { $0 < 128 })
        }
    }
}
