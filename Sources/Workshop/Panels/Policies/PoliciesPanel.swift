import Analysis
import TerminalKit
import Trace

public struct PoliciesPanel: Panel {
    public let kind = PanelKind.policies

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.policy).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Policies", "Políticas") }
    public func note(_ context: PanelContext) -> String { "" }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        frame.write(context.text("No policy here.", "Aquí no hay políticas."), x: rect.x, y: rect.y, style: .muted, clip: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
