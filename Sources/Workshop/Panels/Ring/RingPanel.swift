import Analysis
import TerminalKit
import Trace

/// Who owns which part of the key space, as a ring or a table, and the keys that moved.
public struct RingPanel: Panel {
    public let kind = PanelKind.ring

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool {
        trace.events.contains { $0.kind == .sectorOwned }
    }

    public func title(_ context: PanelContext) -> String { context.text("Key space", "Espacio de claves") }

    public func note(_ context: PanelContext) -> String {
        state(context).map { state in
            [context.trace.name(state.balancer), context.algorithm(state.algorithm)].compactMap(\.self)
                .joined(separator: " \(context.glyphs.separator) ")
        } ?? ""
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let state = state(context), !state.owners.isEmpty else {
            let text = context.text(
                "No balancer divides the keys here.", "Aquí ningún balanceador reparte las claves.")
            var lines = FittingLines()
            lines.add(StyledText(text, .muted), 2)
            if let state = state(context), state.moved > 0 {
                for line in RingDrawing(context: context, state: state).movement { lines.add(line, 1) }
            }
            lines.draw(in: rect, into: &frame, ellipsis: context.glyphs.ellipsis)
            return
        }
        RingDrawing(context: context, state: state).draw(into: &frame, in: rect)
    }

    /// The balancer that the panel is about, if it divides the keys; else the first one that does.
    func state(_ context: PanelContext) -> BalancerState? {
        let (balancers, shown) = context.balancers
        guard !balancers.isEmpty else { return nil }
        let order = [balancers[shown]] + balancers
        let states = order.lazy.compactMap { BalancerState(context.index, $0.id, at: context.readyCursor) }
        return states.first { !$0.owners.isEmpty } ?? states.first
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
