import Analysis
import TerminalKit
import Trace

/// One request as a sequence diagram whose rows are time.
public struct SequencePanel: Panel {
    public let kind = PanelKind.sequence

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("Sequence", "Secuencia") }
    public func note(_ context: PanelContext) -> String { context.requestNote }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        // Before the first request the stage is set for it.
        let request = context.request ?? context.index.request(RequestID(1))
        guard let request, context.hasStarted(request) || rect.height > 2 else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let drawing = SequenceDrawing(context, request: request, rect: rect)
        guard context.hasStarted(request) else {
            drawing.drawHeader(into: &frame)
            let y = rect.y + drawing.columns.headerHeight
            frame.write(context.noRequestText, x: rect.x, y: y, style: .muted, clip: rect)
            return
        }
        drawing.draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        guard let request = context.request, context.hasStarted(request) else { return context.selection }
        let spans = context.index.spans(of: request.id)
            .filter { ($0.kind == .call || $0.kind == .cacheLookup) && context.cursor.includes($0.startEvent) }
        let span = context.neighbour(of: context.selection.span, in: spans.map(\.id), step: step)
        return Selection(request: request.id, span: span)
    }
}
