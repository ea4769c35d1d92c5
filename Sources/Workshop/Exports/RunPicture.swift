import Analysis
import TerminalKit
import Trace

/// Panels of a run at a moment, drawn on a frame of their own: for pictures outside the workshop.
///
///     bar           what is run, its seed and digest, the moment
///     picture       the first panel gets most of the room
///     row           the others share the rest
///     numbers       the metrics, all the way across
public struct RunPicture: Sendable {
    public var run: RunView
    public var panels: [PanelKind]
    public var size: Size
    /// `nil`: the end of the run.
    public var time: VirtualTime?
    public var request: RequestID?
    /// How far back rates and percentiles look; `nil`: ten seconds, or the whole of a short run.
    public var window: Duration?
    public var language = Language.english
    public var glyphs = Glyphs.unicode
    public var hasBar = true

    public init(of run: RunView, panels: [PanelKind], size: Size) {
        self.run = run
        self.panels = panels
        self.size = size
    }

    /// Shows what a step of a lesson shows: its request and its window, where it stops.
    public mutating func show(_ stage: Stage) {
        time = stage.stop
        request = stage.request.map { RequestID(UInt32($0)) }
        window = stage.window
    }

    /// The panels of a run that nobody chose any for.
    public static let usualPanels: [PanelKind] = [.sequence, .topology, .metrics]

    /// The smallest picture in which these panels can be read.
    public static func smallestSize(_ panels: [PanelKind]) -> Size {
        Size(width: 40, height: 8 + (panels.count > 1 ? 6 : 0))
    }

    public var frame: Frame {
        var frame = Frame(size: size)
        var area = frame.bounds
        if hasBar { drawBar(in: area.cutTop(1), on: &frame) }
        for (kind, rect) in places(in: area) { frame.drawPanel(kind, context, in: rect) }
        return glyphs.repertoire == .ascii ? frame.inASCII() : frame
    }

    private var cursor: Cursor { run.trace.cursor(at: min(time ?? run.trace.end, run.trace.end)) }

    var context: PanelContext {
        PanelContext(
            run: run, cursor: cursor, selection: Selection(request: request),
            window: window ?? LessonState.window(of: run), language: language, glyphs: glyphs)
    }

    func places(in area: Rect) -> [(PanelKind, Rect)] {
        var rest = area
        var places: [(PanelKind, Rect)] = []
        var pictures = panels
        if panels.count > 1, panels[0] != .metrics, let place = pictures.firstIndex(of: .metrics) {
            pictures.remove(at: place)
            places.append((.metrics, rest.cutBottom(size.height >= 36 ? 9 : 4)))
        }
        guard let first = pictures.first else { return places }
        if pictures.count > 1 {
            var row = rest.cutBottom(rest.height * 2 / 5)
            for place in 1..<pictures.count {
                places.append((pictures[place], row.cutLeft(row.width / (pictures.count - place))))
            }
        }
        return [(first, rest)] + places
    }

    private func drawBar(in area: Rect, on frame: inout Frame) {
        frame.fill(area, style: Style(.bar))
        let separator = " \(glyphs.separator) "
        let name = run.trace.scenario.isEmpty ? "" : run.trace.scenario + separator
        let moment = NumberText(language, glyphs.repertoire).moment(cursor.time)
        let right = "#\(run.trace.seed)\(separator)\(run.digest) "
        frame.write(
            Text.truncate(" \(name)\(moment)", to: area.width - Text.width(right) - 1, ellipsis: glyphs.ellipsis),
            x: area.x, y: area.y, style: Style(.bar, .bold))
        frame.write(right, x: max(area.x, area.maxX - Text.width(right)), y: area.y, style: Style(.bar))
    }
}
