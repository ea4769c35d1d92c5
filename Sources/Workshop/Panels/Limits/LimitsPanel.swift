import Analysis
import TerminalKit
import Trace

/// Rate limiters and retry budgets: what is left, what comes back, the last decisions.
public struct LimitsPanel: Panel {
    public let kind = PanelKind.limits

    public init() {}

    /// Whether a retry has a budget shows only in what it says.
    public func hasSubject(in trace: Trace) -> Bool {
        if !trace.components(.limiter).isEmpty { return true }
        guard let budget = trace.names.find("budget"), !trace.components(.retry).isEmpty else { return false }
        return trace.events.prefix { $0.kind != .requestStarted }.contains {
            $0.kind == .layerConfigured && $0.detail == budget
        }
    }

    public func title(_ context: PanelContext) -> String { context.text("Limits", "Límites") }
    public func note(_ context: PanelContext) -> String { context.requestNote }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let layers = context.index.policies.flatMap(\.layers)
        let blocks = layers.compactMap { LimitsBlock(context, $0) }
        guard !blocks.isEmpty else {
            let text = context.text("There is no rate limit here.", "Aquí no hay ningún límite.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let shown = context.shown(in: blocks.map(\.layer))
        BlockGrid(context: context, blocks: blocks, shown: shown, comfortable: 40).draw(into: &frame, in: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
