import Analysis
import TerminalKit
import Trace

/// Bulkheads: a cell for each slot and each place in the queue, how long calls have been there, who was turned away.
public struct BulkheadPanel: Panel {
    public let kind = PanelKind.bulkhead

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.bulkhead).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Bulkhead", "Mamparo") }

    public func note(_ context: PanelContext) -> String {
        let (layers, shown) = context.layers(.bulkhead)
        return layers.count == 1 ? context.trace.name(layers[shown].id) : context.requestNote
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (layers, shown) = context.layers(.bulkhead)
        guard !layers.isEmpty else {
            let text = context.text("There is no bulkhead here.", "Aquí no hay ningún mamparo.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let blocks = layers.compactMap { BulkheadBlock(context, $0, isAlone: layers.count == 1) }
        BlockGrid(context: context, blocks: blocks, shown: shown).draw(into: &frame, in: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
