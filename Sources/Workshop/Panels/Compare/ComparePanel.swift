import Analysis
import TerminalKit
import Trace

/// Two requests span by span: the one shown and one that is usual for its flow, or, after a change, the same one before
/// it and after it.
public struct ComparePanel: Panel {
    public let kind = PanelKind.compare

    public var showsBothFutures: Bool { true }

    public init() {}

    /// Every run has requests; the panel is for steps that are about them.
    public func hasSubject(in trace: Trace) -> Bool { false }

    public func title(_ context: PanelContext) -> String { context.text("Comparison", "Comparación") }

    public func note(_ context: PanelContext) -> String {
        guard let pair = ComparedPair(context) else { return "" }
        return "\(pair.leftName) \(context.glyphs.rightwards) \(pair.rightName)"
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        guard let pair = ComparedPair(context) else {
            let text = context.text("There is nothing to compare with yet.", "Aún no hay con qué comparar.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        CompareDrawing(context, pair, rect: rect).draw(into: &frame)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        guard let pair = ComparedPair(context), let request = context.request, pair.right.request == request.id else {
            return context.selection
        }
        let spans = pair.comparison.rows.compactMap(\.right?.id)
        return Selection(
            request: request.id, span: context.neighbour(of: context.selection.span, in: spans, step: step))
    }
}

/// What is compared with what.
struct ComparedPair {
    let left: SpanComparison.Side
    let right: SpanComparison.Side
    let leftName: String
    let rightName: String
    let comparison: SpanComparison

    /// `nil`: there is no other request.
    init?(_ context: PanelContext) {
        guard let request = context.request, context.hasStarted(request) else { return nil }
        func name(_ request: RequestID) -> String { TraceIdentity.correlationID(request, in: context.index) ?? "" }
        right = SpanComparison.Side(request.id, in: context.index, at: context.cursor)
        if let earlier = context.earlier, earlier.index.request(request.id) != nil {
            // One that is over is compared with the whole of what it was before.
            let isOver = context.index.request(request.id)?.clipped(to: context.cursor).end != nil
            let cursor = isOver ? earlier.trace.lastCursor : context.cursor(in: earlier)
            left = SpanComparison.Side(request.id, in: earlier.index, at: cursor)
            leftName = Words.before(context.language)
            rightName = "\(name(request.id)) \(Words.after(context.language))"
        } else {
            let list = context.run.requests(of: request.flow)
            let usual = [0.5, 1, 0].compactMap { share in list.exemplar(share, at: context.cursor).map { (share, $0) } }
                .first { $0.1.id != request.id }
            guard let (share, other) = usual else { return nil }
            left = SpanComparison.Side(other.id, in: context.index, at: context.cursor)
            let what =
                share == 0.5 ? "p50" : share == 1 ? context.text("slowest", "máx.") : context.text("fastest", "mín.")
            leftName = "\(what) \(name(other.id))"
            rightName = name(request.id)
        }
        comparison = SpanComparison(left, right)
    }
}
