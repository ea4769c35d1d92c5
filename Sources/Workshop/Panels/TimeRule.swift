import TerminalKit
import Trace

/// A line of time with ticks and their labels below: `├────┬────┬─` and `0    2    4 s`.
struct TimeRule {
    /// Nanoseconds at the left end and at the right one.
    var from: Int64
    var to: Int64
    var context: PanelContext

    private var length: Double { max(1, Double(to) - Double(from)) }
    private var isInSeconds: Bool { to - from >= 2_000_000_000 || from >= 10_000_000_000 }
    private var unit: Double { isInSeconds ? 1e9 : 1e6 }

    /// The column in which a moment lies, of so many; it may be outside.
    func column(_ nanoseconds: Int64, width: Int) -> Int {
        let share = (Double(nanoseconds) - Double(from)) / length
        return Int((min(max(share, -2), 2) * Double(width)).rounded(.down))
    }

    /// The ticks as columns with labels, the unit behind the last one that fits.
    private func ticks(width: Int) -> [(column: Int, label: String)] {
        let axis = Axis(Double(from) / unit...Double(to) / unit, ticks: max(2, min(width / 9 + 1, 11)))
        let inside = axis.ticks.filter { column(Int64(($0 * unit).rounded()), width: width) < width }
        return inside.map { tick in
            let ending = tick == inside.last ? (isInSeconds ? " s" : " ms") : ""
            let label = axis.label(tick, context.numbers.decimalSign) + ending
            return (column(Int64((tick * unit).rounded()), width: width), label)
        }
    }

    /// Draws the line in the first row of a place and the labels in the second, as far as there are any.
    ///
    /// - Parameter isJoined: whether the line goes on to an upright one at its left, which is the tick of the start.
    func draw(isJoined: Bool = false, in rect: Rect, into frame: inout Frame) {
        let line = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(1, rect.height))
        frame.fill(line.intersection(frame.bounds), with: context.glyphs.horizontal, style: Style(.border))
        var free = rect.x
        for (column, label) in ticks(width: rect.width) {
            if column > 0 || !isJoined {
                let tick = String(context.glyphs.teeDown)
                frame.write(tick, x: rect.x + column, y: rect.y, style: Style(.border), clip: rect)
            }
            let width = Text.width(label)
            let start = max(rect.x, min(rect.x + column, rect.maxX - width))
            guard start >= free, rect.height > 1 else { continue }
            free = frame.write(label, x: start, y: rect.y + 1, style: .muted, clip: rect) + 1
        }
    }

    /// Faults, changes and marks on the line, and the cursor over them.
    func drawHappenings(in rect: Rect, into frame: inout Frame) {
        func put(_ mark: Mark, at time: VirtualTime, _ attributes: Attributes) {
            let column = column(time.nanoseconds, width: rect.width)
            guard column >= 0, column < rect.width || time.nanoseconds == to else { return }
            let x = rect.x + min(column, rect.width - 1)
            frame.write(
                String(context.glyphs[mark]), x: x, y: rect.y, style: Style(mark.role, attributes), clip: rect)
        }
        for id in context.index.happenings {
            guard let event = context.trace[id], let mark = EventSentence(event, in: context).mark else { continue }
            put(event.kind == .parameterSet ? .fault : mark, at: event.time, context.cursor.includes(id) ? .bold : .dim)
        }
        put(.cursor, at: VirtualTime(nanoseconds: min(max(context.cursor.time.nanoseconds, from), to)), .bold)
    }
}
