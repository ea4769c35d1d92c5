import Analysis
import TerminalKit
import Trace

/// What each call of a request carries, and what its two ends write down: ids, and times by their own clocks.
public struct HopsPanel: Panel {
    public let kind = PanelKind.hops

    public init() {}

    /// Every run has requests; the panel is for steps that are about them.
    public func hasSubject(in trace: Trace) -> Bool { false }

    public func title(_ context: PanelContext) -> String { context.text("Hops", "Saltos") }

    public func note(_ context: PanelContext) -> String {
        context.request.flatMap { TraceIdentity.correlationID($0.id, in: context.index) } ?? ""
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let request = context.request, context.hasStarted(request) else {
            frame.write(context.noRequestText, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let calls = Self.calls(of: request, context)
        var area = rect
        let identity = TraceIdentity(context.run.digest)
        if rect.height >= 3 {
            let head = area.cutTop(1)
            let line = StyledText(context.text("trace ", "traza "), .muted) + StyledText(identity.traceID(request.id))
            frame.write(
                line.truncated(to: rect.width, ellipsis: context.glyphs.ellipsis), x: head.x, y: head.y, clip: head)
        }
        let blocks = calls.map { HopLines(context, $0, identity).lines(width: rect.width) }
        var lines = blocks.flatMap { $0 }
        let place = calls.firstIndex { $0.id == context.selection.span }
        let offset =
            place.map { blocks[..<$0].joined().count - (area.height - blocks[$0].count) / 2 }
            ?? Self.lastWhole(blocks, area.height)
        // Room below the last calls, rather than the end of one above them.
        lines += Array(repeating: StyledText(), count: max(0, offset + area.height - lines.count))
        let range = Scroll(total: lines.count, visible: area.height, offset: max(0, offset) + context.scroll).range
        for (y, line) in range.enumerated() {
            let text = lines[line].truncated(to: rect.width, ellipsis: context.glyphs.ellipsis)
            frame.write(text, x: area.x, y: area.y + y, clip: area)
        }
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        guard let request = context.request, context.hasStarted(request) else { return context.selection }
        let calls = Self.calls(of: request, context).map(\.id)
        return Selection(
            request: request.id, span: context.neighbour(of: context.selection.span, in: calls, step: step))
    }

    /// Where the last calls begin that have room: none is cut in its middle.
    private static func lastWhole(_ blocks: [[StyledText]], _ height: Int) -> Int {
        var rest = blocks.joined().count
        var offset = 0
        for block in blocks where rest > height {
            rest -= block.count
            offset += block.count
        }
        return offset
    }

    static func calls(of request: RequestInfo, _ context: PanelContext) -> [TraceSpan] {
        context.index.spans(of: request.id).filter { $0.kind == .call && context.cursor.includes($0.startEvent) }
            .map { $0.clipped(to: context.cursor) }
    }
}
