import Analysis
import TerminalKit
import Trace

public struct LimitsPanel: Panel {
    public let kind = PanelKind.limits

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.limiter).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Limits", "Límites") }
    public func note(_ context: PanelContext) -> String { "" }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        frame.write(context.text("No limit here.", "Aquí no hay límites."), x: rect.x, y: rect.y, style: .muted, clip: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
