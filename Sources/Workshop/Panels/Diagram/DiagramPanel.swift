import Analysis
import TerminalKit
import Trace

/// The scenario's own diagram with what the run measured up to the cursor: what has not been sent is muted, the latest
/// message stands out and stays in view.
public struct DiagramPanel: Panel {
    public let kind = PanelKind.diagram

    /// From this height on, heads have boxes and notes have edges.
    private static let roomy = 30

    public init() {}

    /// A trace does not tell: only a scenario that is a diagram has one.
    public func hasSubject(in trace: Trace) -> Bool { false }

    public func title(_ context: PanelContext) -> String { context.text("Diagram", "Diagrama") }

    public func note(_ context: PanelContext) -> String {
        let title = context.run.diagram?.diagram.title ?? ""
        guard context.index.requestCount > 1, !context.requestNote.isEmpty else { return title }
        return title.isEmpty ? context.requestNote : "\(title) \(context.glyphs.separator) \(context.requestNote)"
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let diagram = context.run.diagram else {
            let text = context.text("This scenario has no diagram.", "Este escenario no tiene diagrama.")
            frame.write(
                Text.truncate(text, to: rect.width, ellipsis: context.glyphs.ellipsis), x: rect.x, y: rect.y,
                style: .muted, clip: rect)
            return
        }
        let size = Size(width: rect.width, height: rect.height)
        let drawing = drawing(of: diagram, context, in: size)
        let window = drawing.windowOnLatest(in: size)
        drawing.draw(
            into: &frame, in: rect, scrollX: window.x, scrollY: window.y + context.scroll)
        if drawing.layout.width - window.x > rect.width { markCuts(at: rect.maxX - 1, context, into: &frame, in: rect) }
    }

    private func drawing(of diagram: RunDiagram, _ context: PanelContext, in size: Size) -> DiagramDrawing {
        let style = DiagramStyle(
            glyphs: context.glyphs, language: context.language, width: size.width, isDense: size.height < Self.roomy)
        let request = context.request.flatMap { context.hasStarted($0) ? $0 : nil }
        let layout = diagram.layout(of: request, in: context.index, style: style)
        let now = context.cursor.time.nanoseconds - (request?.start ?? context.cursor.time).nanoseconds
        return DiagramDrawing(layout, now: now)
    }

    /// What goes on beyond the edge ends in a sign of it.
    private func markCuts(at x: Int, _ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        let glyphs = context.glyphs
        let whole: [Character] = [" ", glyphs.vertical, glyphs.heavyVertical]
        for y in rect.y..<rect.maxY where frame.bounds.contains(Point(x: x, y: y)) {
            guard !whole.contains(frame[x, y].character) else { continue }
            frame.write(String(glyphs.ellipsis), x: x, y: y, style: .muted, clip: rect)
        }
    }

    /// `2 more ▶`, and how to see them.
    public func overhang(_ context: PanelContext, in size: Size) -> String {
        guard size.width > 0, let diagram = context.run.diagram else { return "" }
        let drawing = drawing(of: diagram, context, in: size)
        let hidden = drawing.hiddenLifelines(width: size.width, scrollX: drawing.windowOnLatest(in: size).x)
        let more = context.text("more", "más")
        let left = hidden.left > 0 ? "\(context.glyphs.arrowLeft) \(hidden.left) \(more)" : ""
        let right = hidden.right > 0 ? "\(hidden.right) \(more) \(context.glyphs.arrowRight)" : ""
        let parts = [left, right].filter { !$0.isEmpty }
        guard !parts.isEmpty, !context.isZoomed else { return parts.joined(separator: "  ") }
        let keys = KeyMap.keys([.zoom], context.glyphs.repertoire)
        return (parts + ["\(keys) \(context.text("zoom", "ampliar"))"]).joined(separator: "  ")
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
