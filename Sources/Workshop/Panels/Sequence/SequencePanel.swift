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
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        SequenceDrawing(context, request: request, rect: rect).draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        guard let request = context.request, context.hasStarted(request) else { return context.selection }
        let spans = context.index.spans(of: request.id)
            .filter { ($0.kind == .call || $0.kind == .cacheLookup) && context.cursor.includes($0.startEvent) }
        let span = context.neighbour(of: context.selection.span, in: spans.map(\.id), step: step)
        return Selection(request: request.id, span: span)
    }
}
