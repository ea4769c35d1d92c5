import Diagrams
import TerminalKit

/// A whole sequence diagram as text: for standard output, files and tests.
public struct DiagramText: Sendable {
    /// Rows drawn at a time.
    private static let window = 256

    public let layout: DiagramLayout

    public init(_ measured: MeasuredDiagram, style: DiagramStyle = DiagramStyle()) {
        layout = DiagramLayout(measured, style: style)
    }

    /// Its rows from the top, without blanks at their ends. In ASCII style every character is ASCII.
    public var lines: [String] {
        var lines: [String] = []
        lines.reserveCapacity(layout.height)
        forEachWindow { frame in
            for y in 0..<frame.size.height { lines.append(Self.line(y, of: frame)) }
        }
        return lines
    }

    /// ``lines``, each with a line feed.
    public var text: String { lines.reduce(into: "") { $0 += $1 + "\n" } }

    /// The whole as one frame: for pictures and golden files.
    ///
    /// - Parameter longest: rows at most; a frame of a very long diagram takes a lot of memory.
    public func frame(longest: Int = 10_000) -> Frame {
        var frame = Frame(size: Size(width: layout.width, height: min(layout.height, longest)))
        DiagramDrawing(layout).draw(into: &frame, in: frame.bounds)
        return layout.style.glyphs.repertoire == .ascii ? frame.inASCII() : frame
    }

    /// The first window has the heads; the others follow without, row after row.
    private func forEachWindow(_ body: (Frame) -> Void) {
        guard layout.width > 0 else { return }
        var first = 0
        while first < layout.height {
            let rows = min(Self.window, layout.height - first)
            var frame = Frame(size: Size(width: layout.width, height: rows))
            DiagramDrawing(layout).drawRows(first..<(first + rows), into: &frame)
            body(layout.style.glyphs.repertoire == .ascii ? frame.inASCII() : frame)
            first += rows
        }
    }

    /// A row without the blanks at its end.
    private static func line(_ y: Int, of frame: Frame) -> String {
        var end = frame.size.width
        while end > 0, frame[end - 1, y].width == 1, frame[end - 1, y].character == " " { end -= 1 }
        var line = ""
        line.reserveCapacity(end * 3)
        for x in 0..<end where frame[x, y].width > 0 { line.append(frame[x, y].character) }
        return line
    }
}
