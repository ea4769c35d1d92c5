import Analysis
import TerminalKit
import Trace

/// What happened, event by event, and why.
public struct LogPanel: Panel {
    public let kind = PanelKind.log

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("Log", "Registro") }

    public func note(_ context: PanelContext) -> String {
        let shown = context.numbers.count(context.cursor.eventCount)
        let all = context.numbers.count(context.trace.events.count)
        return context.text("event \(shown) of \(all)", "evento \(shown) de \(all)")
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let count = min(context.cursor.eventCount, context.trace.events.count)
        guard count > 0 else {
            frame.write(
                context.text("Nothing has happened yet.", "Aún no ha pasado nada."), x: rect.x, y: rect.y,
                style: .muted,
                clip: rect)
            return
        }
        let focus = focus(context, count: count)
        let reasons = rect.height < 4 ? [] : lines(for: focus, context, width: rect.width, limit: rect.height / 3)
        let room = max(1, rect.height - reasons.count)
        // The focused event stands low, so that what led to it is above, and why it happened below.
        let below = min(count - focus, context.selection.event == nil ? 0 : room / 3)
        let last = min(max(focus + below + context.scroll, min(room, count)), count)
        var y = rect.y
        for number in max(1, last - room + 1)...last {
            draw(number, isFocused: number == focus, context, y: y, into: &frame, in: rect)
            y += 1
            guard number == focus else { continue }
            for reason in reasons {
                frame.write(reason, x: rect.x, y: y, clip: rect)
                y += 1
            }
        }
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        let count = min(context.cursor.eventCount, context.trace.events.count)
        guard count > 0 else { return context.selection }
        let number = context.selection.event == nil ? count : focus(context, count: count) + step
        let id = EventID(UInt32(min(max(number, 1), count)))
        guard let event = context.trace[id] else { return context.selection }
        return Selection(
            request: event.request == .none ? context.selection.request : event.request,
            span: event.span == .none ? nil : event.span, event: id)
    }

    /// The selected event, or the newest.
    private func focus(_ context: PanelContext, count: Int) -> Int {
        guard let event = context.selection.event, context.cursor.includes(event) else { return count }
        return min(Int(event.rawValue), count)
    }

    private func draw(
        _ number: Int, isFocused: Bool, _ context: PanelContext, y: Int, into frame: inout Frame, in rect: Rect
    ) {
        guard let event = context.trace[EventID(UInt32(number))] else { return }
        let sentence = EventSentence(event, in: context, isShort: Self.isNarrow(rect.width))
        let isSelected = context.selection.event?.rawValue == UInt32(number)
        let isOfSpan = context.selection.span.map { $0 == event.span } ?? false
        let sign = isSelected || isOfSpan ? context.glyphs[.selected] : " "
        frame.write(String(sign), x: rect.x, y: y, style: Style(.selection, .bold), clip: rect)
        let time = context.numbers.seconds(event.time)
        let timeWidth = Self.timeWidth(context)
        let style = Style(isFocused ? .accent : .muted, isFocused ? .bold : [])
        frame.write(Text.pad(time, to: timeWidth, .right), x: rect.x + 1, y: y, style: style, clip: rect)
        var x = rect.x + timeWidth + 2
        if rect.width >= Self.widthWithIDs {
            let id = TraceIdentity.correlationID(event.request, in: context.index) ?? ""
            frame.write(id, x: x, y: y, style: .muted, clip: rect)
            x += Self.correlationWidth(context) + 1
        }
        if let mark = sentence.mark {
            let role = mark.role == .text ? context.trace.hue(of: event.component) : mark.role
            frame.write(String(context.glyphs[mark]), x: x, y: y, style: Style(role, .bold), clip: rect)
        }
        let text = sentence.text.truncated(to: max(0, rect.maxX - x - 2), ellipsis: context.glyphs.ellipsis)
        frame.write(text, x: x + 2, y: y, clip: rect)
        if isSelected {
            let words = Rect(x: x + 2, y: y, width: text.width, height: 1).intersection(rect)
            frame.restyle(words) { _ in Style(.selection, [.bold, .reverse]) }
        }
    }

    /// The reasons of an event, each a line or two under its sentence.
    private func lines(for number: Int, _ context: PanelContext, width: Int, limit: Int) -> [StyledText] {
        let indent = Self.timeWidth(context) + 4
        guard width > indent + 12 else { return [] }
        let because = context.text("because ", "porque ")
        let reasons = EventReasons(context: context, isShort: Self.isNarrow(width)).reasons(
            of: EventID(UInt32(number)), limit: limit)
        return reasons.enumerated().map { depth, reason in
            let space = String(repeating: " ", count: indent + 2 * min(depth, 4))
            let line = StyledText(space + because, .muted) + reason
            return line.truncated(to: width, ellipsis: context.glyphs.ellipsis)
        }
    }

    private static func isNarrow(_ width: Int) -> Bool { width < 56 }

    /// From this width on, each line says whose event it is, and its sentence stays whole.
    private static let widthWithIDs = 72

    /// Columns for the id that tells whose event it is.
    private static func correlationWidth(_ context: PanelContext) -> Int {
        let names = context.trace.components(.client).map { Text.width(context.trace.name($0.name)) }
        return (names.max() ?? 0) + 1 + String(context.index.requestCount).count
    }

    private static func timeWidth(_ context: PanelContext) -> Int {
        Text.width(context.numbers.seconds(context.trace.end))
    }
}
