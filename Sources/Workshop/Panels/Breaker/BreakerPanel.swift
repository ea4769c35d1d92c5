import Analysis
import TerminalKit
import Trace

/// Circuit breakers: the states and how it came to the one that holds, the results that decide what comes next.
///
/// One of several is large, the others have a line each.
public struct BreakerPanel: Panel {
    public let kind = PanelKind.breaker

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.breaker).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Breaker", "Cortacircuitos") }

    public func note(_ context: PanelContext) -> String {
        let (layers, shown) = context.layers(.breaker)
        return layers.isEmpty ? "" : context.trace.name(layers[shown].id)
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (layers, shown) = context.layers(.breaker)
        guard !layers.isEmpty, let state = BreakerState(context.index, layers[shown].id, at: context.cursor)
        else {
            let text = context.text("There is no circuit breaker here.", "Aquí no hay ningún cortacircuitos.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let others = layers.indices.filter { $0 != shown }.map { layers[$0] }
        let sheet = BreakerSheet(context: context, layer: layers[shown], state: state, others: others)
        let diagram = sheet.diagram
        var rest = rect
        if rect.width >= diagram.minimumWidth, rect.height >= BreakerDiagram.height + 4 {
            if !others.isEmpty, rect.height >= BreakerDiagram.height + 7 {
                let heading = StyledText("\(context.glyphs[.selected]) ", Style(.accent)) + sheet.heading
                frame.write(heading, x: rect.x, y: rest.cutTop(1).y, clip: rect)
            }
            diagram.draw(in: rest.cutTop(BreakerDiagram.height), into: &frame)
            if rest.height >= 6 { _ = rest.cutTop(1) }
            sheet.lines(width: rect.width, isCompact: false)
                .draw(in: rest, into: &frame, ellipsis: context.glyphs.ellipsis)
        } else {
            sheet.lines(width: rect.width, isCompact: true)
                .draw(in: rest, into: &frame, ellipsis: context.glyphs.ellipsis)
        }
    }

    /// The change of a breaker before or after the selected event; with none so far, another request.
    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        let changes = context.index.layers(.breaker)
            .flatMap { context.run.policies.changes(of: $0.id) }
            .filter { $0.kind != .layerConfigured && context.cursor.includes($0.event) }
            .map(\.event).sorted()
        guard let selected = context.neighbour(of: context.selection.event, in: changes, step: step),
            let event = context.trace[selected]
        else { return context.selectionOfRequest(movedBy: step) }
        // A change of state belongs to the request of the result that brought it about, if one did.
        let request = [event, context.trace[event.cause]].compactMap(\.?.request).first { $0 != .none }
        return Selection(request: request, event: selected)
    }
}
