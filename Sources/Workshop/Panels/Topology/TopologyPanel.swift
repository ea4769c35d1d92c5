import Analysis
import TerminalKit
import Trace

/// The system at the cursor: clients at the left, backends and caches at the right, calls on the lines between them.
public struct TopologyPanel: Panel {
    public let kind = PanelKind.topology

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("System", "Sistema") }
    public func note(_ context: PanelContext) -> String { context.requestNote }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let layout = TopologyLayout(context, in: rect)
        let traffic = TopologyTraffic(context)
        TopologyEdges(context: context, layout: layout, traffic: traffic).draw(into: &frame)
        TopologyNodes(context: context, layout: layout, traffic: traffic).draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
