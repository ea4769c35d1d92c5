import Analysis
import TerminalKit
import Trace

/// What retries do: one row a request, its attempts and the waits between them along a common line of time.
public struct RetriesPanel: Panel {
    public let kind = PanelKind.retries

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.retry).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Retries", "Reintentos") }

    public func note(_ context: PanelContext) -> String {
        let lists = lists(context)
        guard lists.count == 1, let list = lists.first else { return "" }
        return counts(list, context)
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let all = context.index.layers(.retry)
        let lists = lists(context)
        guard !lists.isEmpty else {
            let text =
                all.isEmpty
                ? context.text("Nothing is retried here.", "Aquí no se reintenta nada.")
                : context.text("No attempt yet.", "Aún no hay intentos.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        // Several retries, perhaps one inside another, stand below each other.
        let count = max(1, min(lists.count, rect.height / (lists.count > 2 ? 4 : 6)))
        var y = rect.y
        var plans: [(drawing: RetryDrawing, plan: RetryDrawing.Plan)] = []
        for (line, list) in lists.prefix(count).enumerated() {
            let rows = (rect.maxY - y) / (count - line)
            var area = Rect(x: rect.x, y: y, width: rect.width, height: rows)
            y += rows
            if lists.count > 1 {
                var heading = StyledText(context.trace.name(list.layer.id), Style(.text, .bold))
                heading.append("  " + counts(list, context), .muted)
                let top = area.cutTop(1)
                frame.write(
                    heading.truncated(to: top.width, ellipsis: context.glyphs.ellipsis), x: top.x, y: top.y, clip: top)
            }
            let drawing = RetryDrawing(context, list)
            if let plan = drawing.plan(in: area) { plans.append((drawing, plan)) }
        }
        for (drawing, plan) in plans {
            let aligned = plans.reduce(into: plan) { $0.align(with: $1.plan) }
            drawing.draw(aligned, into: &frame)
        }
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        lists(context).first?.request(movedBy: step).map { Selection(request: $0) } ?? context.selection
    }

    /// Of the retries that have begun, in the order of the scenario.
    func lists(_ context: PanelContext) -> [RetryList] {
        context.index.layers(.retry).compactMap { RetryList(context, $0) }.filter { $0.count > 0 }
    }

    /// `37 of 1000 tried again`
    func counts(_ list: RetryList, _ context: PanelContext) -> String {
        let all = context.numbers.count(list.counts.all)
        let retried = context.numbers.count(list.counts.retried)
        return context.text("\(retried) of \(all) tried again", "\(retried) de \(all) con reintentos")
    }
}
