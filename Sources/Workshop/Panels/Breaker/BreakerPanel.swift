import Analysis
import TerminalKit
import Trace

public struct BreakerPanel: Panel {
    public let kind = PanelKind.breaker

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.breaker).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Breaker", "Cortacircuitos") }
    public func note(_ context: PanelContext) -> String { "" }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        frame.write(context.text("No circuit breaker here.", "Aquí no hay cortacircuitos."), x: rect.x, y: rect.y, style: .muted, clip: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
