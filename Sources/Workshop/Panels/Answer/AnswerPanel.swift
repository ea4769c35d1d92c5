import Analysis
import TerminalKit
import Trace

/// The answer of a request as its user sees it: which parts are fresh, made up, old or missing.
public struct AnswerPanel: Panel {
    public let kind = PanelKind.answer

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool {
        !trace.components(.policy).isEmpty
    }

    public func title(_ context: PanelContext) -> String { context.text("Answer", "Respuesta") }
    public func note(_ context: PanelContext) -> String { context.requestNote }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        AnswerDrawing(context, request: request).draw(in: rect, into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
