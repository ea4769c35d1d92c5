import Analysis
import TerminalKit
import Trace

public struct BulkheadPanel: Panel {
    public let kind = PanelKind.bulkhead

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.bulkhead).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Bulkhead", "Mamparo") }
    public func note(_ context: PanelContext) -> String { "" }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        frame.write(context.text("No bulkhead here.", "Aquí no hay mamparos."), x: rect.x, y: rect.y, style: .muted, clip: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
