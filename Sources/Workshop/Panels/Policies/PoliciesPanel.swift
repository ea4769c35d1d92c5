import Analysis
import TerminalKit
import Trace

/// Policies: their layers, outermost first, what comes to each and what each decides.
public struct PoliciesPanel: Panel {
    public let kind = PanelKind.policies

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.policy).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Policies", "Políticas") }

    public func note(_ context: PanelContext) -> String {
        context.isZoomed ? MetricsPanel().note(context) : context.requestNote
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let policies = context.index.policies
        guard !policies.isEmpty else {
            let text = context.text("There is no policy here.", "Aquí no hay ninguna política.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let stacks = PolicyStack.all(context)
        let selected = selectedPolicy(context).flatMap { id in policies.firstIndex { $0.id == id } } ?? 0
        let scrolled = selected + min(max(context.scroll, -policies.count), policies.count)
        let shown = min(max(scrolled, 0), policies.count - 1)
        let others = [context.peer, context.earlier].compactMap { $0 }.flatMap { PolicyStack.all(context, in: $0) }
        let most = (stacks + others).map(\.mostWork).max() ?? 0
        let blocks = stacks.map { stack in
            PolicyBlock(
                context: context, stack: stack, all: stacks, mostWork: most,
                isSelected: selectedPolicy(context) == stack.state.id)
        }
        BlockGrid(context: context, blocks: blocks, shown: shown, comfortable: 56).draw(into: &frame, in: rect)
    }

    /// The one of the selected event, else the first that the selected request passes.
    private func selectedPolicy(_ context: PanelContext) -> NameID? {
        if let event = context.selection.event.flatMap({ context.trace[$0] }) {
            let policy = context.index.policies.first { policy in
                policy.id == event.component || policy.layers.contains { $0.id == event.component }
            }
            if let policy { return policy.id }
        }
        guard let request = context.selection.request else { return nil }
        return context.index.spans(of: request)
            .first { $0.kind == .guard && context.cursor.includes($0.startEvent) }?.component
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
