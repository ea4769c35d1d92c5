import Diagrams
import TerminalKit

@testable import Workshop

/// A drawing of a diagram, and what can be found in it.
struct DrawnDiagram {
    let layout: DiagramLayout
    let frame: Frame

    init(_ measured: MeasuredDiagram, _ style: DiagramStyle) {
        layout = DiagramLayout(measured, style: style)
        var frame = Frame(size: Size(width: layout.width, height: layout.height))
        DiagramDrawing(layout).draw(into: &frame, in: frame.bounds)
        self.frame = frame
    }

    /// The row of the frame in which the body begins.
    var bodyTop: Int { layout.titleHeight + layout.headHeight }

    /// The characters of some cells of a row of the body.
    func text(_ columns: Range<Int>, _ row: Int) -> String {
        let y = bodyTop + row
        guard y >= 0, y < frame.size.height else { return "" }
        return columns.filter { layout.gutter + $0 >= 0 && layout.gutter + $0 < frame.size.width }
            .filter { frame[layout.gutter + $0, y].width > 0 }
            .reduce(into: "") { $0.append(frame[layout.gutter + $1, y].character) }
    }

    func character(_ column: Int, _ row: Int) -> Character { text(column..<(column + 1), row).first ?? " " }

    /// A text as a frame shows it.
    static func shown(_ text: String) -> String {
        var frame = Frame(size: Size(width: max(1, Text.width(text)), height: 1))
        let end = frame.write(text, x: 0, y: 0)
        return (0..<end).filter { frame[$0, 0].width > 0 }.reduce(into: "") { $0.append(frame[$1, 0].character) }
    }

    /// Everything written, by what it belongs to: the text and where it must stand.
    var texts: [(text: String, x: Int, row: Int)] {
        var texts: [(String, Int, Int)] = []
        for arrow in layout.figures.arrows.items {
            guard let label = arrow.label else { continue }
            let passages =
                layout.measured.passages.indices.contains(arrow.message) ? layout.measured.passages[arrow.message] : []
            let own = arrow.passage.map { [passages[$0]] } ?? passages
            let before = DiagramWords(style: layout.style).summary(own).before.width
            for (number, line) in label.lines.enumerated() {
                texts.append((line, label.x + (number == 0 ? before : 0), label.row + number))
            }
        }
        for frame in layout.figures.frames.items {
            for section in frame.sections {
                for (number, line) in section.lines.enumerated() {
                    texts.append((line, frame.left + 2, section.row + number))
                }
            }
        }
        for heading in layout.figures.headings.items {
            for (number, line) in heading.lines.enumerated() {
                texts.append((line, heading.left + 2, heading.rows.lowerBound + number))
            }
        }
        for note in layout.figures.notes.items {
            let hasEdges = note.rows.count > note.lines.count
            for (number, line) in note.lines.enumerated() {
                let room = note.width - DiagramMeasure.noteEdges - Text.width(line)
                texts.append((line, note.x + 2 + room / 2, note.rows.lowerBound + number + (hasEdges ? 1 : 0)))
            }
        }
        return texts
    }
}
