import Analysis
import TerminalKit
import Trace

@testable import Workshop

/// What a panel draws, as text, one line a row, blanks at the ends of lines and empty lines at the end cut off.
func drawn(_ panel: any Panel, _ context: PanelContext, width: Int, height: Int) -> String {
    var frame = Frame(size: Size(width: width, height: height))
    panel.draw(context, into: &frame, in: frame.bounds)
    let lines = (0..<height).map { y in
        let line = (0..<width).filter { frame[$0, y].width > 0 }.map { frame[$0, y].character }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
    return lines.reversed().drop(while: \.isEmpty).reversed().joined(separator: "\n")
}

extension PanelContext {
    /// A context at a moment of a run, in milliseconds.
    init(
        _ trace: Trace, at milliseconds: Double, _ language: Language = .english, _ glyphs: Glyphs = .unicode,
        selection: Selection = Selection()
    ) {
        let run = RunView(trace)
        self.init(
            run: run, cursor: trace.cursor(at: .milliseconds(milliseconds)), selection: selection, language: language,
            glyphs: glyphs)
    }
}
