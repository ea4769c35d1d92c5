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
        let style = DiagramStyle(
            glyphs: context.glyphs, language: context.language, width: rect.width,
            isDense: rect.height < Self.roomy)
        let request = context.request.flatMap { context.hasStarted($0) ? $0 : nil }
        let layout = diagram.layout(of: request, in: context.index, style: style)
        let now = context.cursor.time.nanoseconds - (request?.start ?? context.cursor.time).nanoseconds
        let drawing = DiagramDrawing(layout, now: now)
        let window = drawing.windowOnLatest(in: Size(width: rect.width, height: rect.height))
        drawing.draw(
            into: &frame, in: rect, scrollX: window.x, scrollY: window.y + context.scroll)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
