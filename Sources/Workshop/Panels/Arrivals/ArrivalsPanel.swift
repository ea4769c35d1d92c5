import Analysis
import TerminalKit
import Trace

/// When calls arrive at the backends: a histogram of the whole run so far.
public struct ArrivalsPanel: Panel {
    public let kind = PanelKind.arrivals
    /// Rows of a histogram that can be read.
    private static let smallest = 6

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.policy).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Arrivals", "Llegadas") }

    public func note(_ context: PanelContext) -> String {
        let backends = context.trace.components(.backend)
        return backends.count == 1 ? context.trace.name(backends[0].name) : ""
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let all = backends(context)
        guard !all.isEmpty else {
            let text = context.text("Nothing is called here.", "Aquí no se llama a nadie.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let calls = RunMetrics.over(context.index).backends.map(\.calls).max() ?? 0
        let gutter = rect.width >= 24 ? context.numbers.count(calls).count + 2 : 1
        let runs = [context.run, context.peer, context.earlier].compactMap { $0 }
        let scale = ArrivalScale(runs, width: rect.width - gutter)
        let count = max(1, min(all.count, (rect.height - 1) / Self.smallest))
        let first = place(of: context.selection, context, among: all)
        let shown = Scroll(total: all.count, visible: count, offset: first + context.scroll).range
        var y = rect.y
        for (line, place) in shown.enumerated() {
            let rows = (rect.maxY - y) / (count - line)
            let area = Rect(x: rect.x, y: y, width: rect.width, height: rows)
            let chart = ArrivalChart(context, scale, of: all[place])
            chart.draw(gutter: gutter, hasLabels: rows >= Self.smallest - 2, in: area, into: &frame)
            y += rows
        }
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }

    /// Those that are called in this run, as known at the cursor.
    private func backends(_ context: PanelContext) -> [BackendMetrics] {
        let called = Set(RunMetrics.over(context.index).backends.filter { $0.calls > 0 }.map(\.id))
        return RunMetrics.over(context.index, through: context.cursor).backends.filter { called.contains($0.id) }
    }

    /// The backend of the selected call, else the first.
    private func place(of selection: Selection, _ context: PanelContext, among all: [BackendMetrics]) -> Int {
        let component = selection.span.flatMap { context.index.span($0) }?.component
        return all.firstIndex { $0.id == component } ?? 0
    }
}
