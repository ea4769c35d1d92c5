import Analysis
import TerminalKit
import Trace

/// One request as a waterfall: what it did, one below the other, along a common scale of time.
public struct TracePanel: Panel {
    public let kind = PanelKind.trace

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("Trace", "Traza") }
    public func note(_ context: PanelContext) -> String {
        guard context.run.clocks.areSkewed, context.request != nil else { return context.requestNote }
        let clocks =
            context.showsTrueTimes
            ? context.text("true times", "horas reales") : context.text("as recorded", "según sus relojes")
        return "\(context.requestNote) \(context.glyphs.separator) \(clocks)"
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        WaterfallDrawing(context, request: request, rect: rect).draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        guard let request = context.request, context.hasStarted(request) else { return context.selection }
        let rows = WaterfallRow.rows(of: request, in: context.index, at: context.cursor, height: .max)
        let span = context.neighbour(of: context.selection.span, in: rows.map(\.first.id), step: step)
        return Selection(request: request.id, span: span)
    }
}
