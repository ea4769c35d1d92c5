import Analysis
import TerminalKit
import Trace

/// The answer of a request as its user sees it: which parts are fresh, made up, old or missing.
public struct AnswerPanel: Panel {
    public let kind = PanelKind.answer

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool {
        !trace.components(.policy).isEmpty
    }

    public func title(_ context: PanelContext) -> String { context.text("Answer", "Respuesta") }
    public func note(_ context: PanelContext) -> String { answered(context).requestNote }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let context = answered(context)
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        AnswerDrawing(context, request: request).draw(in: rect, into: &frame)
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        let context = answered(context)
        guard let request = context.request, context.hasStarted(request) else { return nil }
        let extent = AnswerDrawing(context, request: request).extent(in: size)
        return extent.total > extent.visible ? extent : nil
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        answered(context).selectionOfRequest(movedBy: step)
    }

    /// With the latest request that has been answered, where none is selected: one under way has no answer to show.
    func answered(_ context: PanelContext) -> PanelContext {
        guard context.selection.request == nil else { return context }
        var context = context
        let started = context.index.requestsStarted(at: context.cursor)
        let latest = (0..<started).lazy.map { RequestID(UInt32(started - $0)) }
            .first { context.index.request($0).map { context.cursor.includes($0.endEvent) } ?? false }
        if let latest { context.selection.request = latest }
        return context
    }
}
