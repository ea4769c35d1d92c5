import Analysis
import TerminalKit
import Trace

/// Draws one row: attempts as bars that end with how they ended, the waits between them, and from what span jitter
/// chose each wait.
struct RetryBars {
    let context: PanelContext
    let rule: TimeRule
    /// One row high.
    let plot: Rect
    private var glyphs: Glyphs { context.glyphs }

    /// - Parameter below: where the spans of jitter are drawn; `nil`: on the bars' own line.
    func draw(_ row: RetryTimeline.Row, hue: Role, below: Int?, into frame: inout Frame) {
        let end = min(row.end?.nanoseconds ?? .max, context.cursor.time.nanoseconds)
        for wait in row.waits { drawWait(wait, until: end, into: &frame) }
        for wait in row.waits { drawWindow(wait, y: below ?? plot.y, isApart: below != nil, into: &frame) }
        for wait in row.waits where wait.end.nanoseconds <= end { drawChoice(wait, into: &frame) }
        for attempt in row.attempts { draw(attempt, hue: hue, into: &frame) }
        if row.ending == .cut, let mark = EventSentence.mark(row.outcome) {
            put(glyphs[mark], column(end), plot.y, Style(mark.role, .bold), &frame)
        }
    }

    private func column(_ nanoseconds: Int64) -> Int {
        min(rule.column(nanoseconds, width: plot.width), plot.width - 1)
    }

    private var now: Int64 { context.cursor.time.nanoseconds }

    private func drawWait(_ wait: RetryTimeline.Wait, until end: Int64, into frame: inout Frame) {
        let end = column(min(wait.end.nanoseconds, end))
        line(from: column(wait.start.nanoseconds), to: end, glyphs.dashedHorizontal, plot.y, &frame)
    }

    /// `├────┤` from the least wait that could have been chosen to the longest.
    private func drawWindow(_ wait: RetryTimeline.Wait, y: Int, isApart: Bool, into frame: inout Frame) {
        guard let floor = wait.floor, let ceiling = wait.ceiling, floor < ceiling else { return }
        let from = column(wait.start.nanoseconds + floor)
        let to = column(wait.start.nanoseconds + ceiling)
        guard to > from else { return }
        line(from: from, to: to, glyphs.horizontal, y, &frame)
        put(glyphs.teeRight, from, y, Style(.wait), &frame)
        put(glyphs.teeLeft, to, y, Style(.wait), &frame)
        guard isApart else { return }
        put(glyphs.teeUp, column(wait.end.nanoseconds), y, Style(.wait, .bold), &frame)
    }

    /// `↻` where the wait ends, beside the next attempt; not where there is no column for it.
    private func drawChoice(_ wait: RetryTimeline.Wait, into frame: inout Frame) {
        let x = column(wait.end.nanoseconds) - 1
        guard x > column(wait.start.nanoseconds) else { return }
        put(glyphs[.retried], x, plot.y, Style(.wait, .bold), &frame)
    }

    private func draw(_ attempt: RetryTimeline.Attempt, hue: Role, into frame: inout Frame) {
        let from = column(attempt.start.nanoseconds)
        let end = attempt.end?.nanoseconds ?? now
        let to = max(from, column(end) - (attempt.end == nil ? 0 : 1))
        let isSelected = context.selection.span == attempt.span
        let style = isSelected ? Style(.selection, [.bold, .reverse]) : Style(hue, .bold)
        line(from: from, to: to, glyphs.full, plot.y, &frame, style)
        guard attempt.end != nil, let mark = EventSentence.mark(attempt.outcome) else { return }
        put(glyphs[mark], to, plot.y, isSelected ? style : Style(mark.role, .bold), &frame)
    }

    private func line(
        from: Int, to: Int, _ glyph: Character, _ y: Int, _ frame: inout Frame, _ style: Style = Style(.wait)
    ) {
        let row = Rect(x: plot.x, y: y, width: plot.width, height: 1)
        frame.fill(
            Rect(x: plot.x + from, y: y, width: to - from + 1, height: 1).intersection(row), with: glyph, style: style)
    }

    private func put(_ glyph: Character, _ x: Int, _ y: Int, _ style: Style, _ frame: inout Frame) {
        guard x >= 0, x < plot.width else { return }
        let clip = Rect(x: plot.x, y: y, width: plot.width, height: 1)
        frame.write(String(glyph), x: plot.x + x, y: y, style: style, clip: clip)
    }
}
