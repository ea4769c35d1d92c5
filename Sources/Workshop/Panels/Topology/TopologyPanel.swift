import Analysis
import TerminalKit
import Trace

/// The system at the cursor: clients at the left, backends and caches at the right, balancers and calls on the lines
/// between them.
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
        guard layout.extent.total > layout.extent.visible, let node = layout.nodes.last else { return }
        let shown = layout.extent.range
        let text = context.leftOutText(before: shown.lowerBound, after: layout.extent.total - shown.upperBound)
        frame.write(text, x: node.rect.x, y: rect.maxY - 1, style: .muted, clip: rect)
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        let extent = TopologyLayout(context, in: Rect(size)).extent
        return extent.total > extent.visible ? extent : nil
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
