/// Time from left to right: what was played, what is to come, marks, faults and the cursor.
///
///     0 ├━━━━━━━━◆━━━━▲▰▰▰▰●▱▱▱▱┄┄┄┄◆┄┄┄┤ 60 s
///
/// Times are in any unit, the same for all.
public struct Timeline: Widget, Hashable, Sendable {
    public var range: ClosedRange<Double>
    public var cursor: Double
    /// Moments to find one's way by.
    public var ticks: [Double]
    /// A lesson's marks.
    public var marks: [Double]
    /// Each drawn as a fault's mark, and as long as the fault lasts.
    public var faults: [ClosedRange<Double>]
    public var startLabel: String
    public var endLabel: String

    public init(
        _ range: ClosedRange<Double>, cursor: Double, ticks: [Double] = [], marks: [Double] = [],
        faults: [ClosedRange<Double>] = [], startLabel: String = "", endLabel: String = ""
    ) {
        self.range = range
        self.cursor = cursor
        self.ticks = ticks
        self.marks = marks
        self.faults = faults
        self.startLabel = startLabel
        self.endLabel = endLabel
    }

    /// Columns between the ends of the line.
    public func track(in area: Rect) -> Rect {
        let labels = labelWidths(in: area)
        let left = labels.start == 0 ? 1 : labels.start + 2
        let right = labels.end == 0 ? 1 : labels.end + 2
        return Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: min(1, area.height))
    }

    /// Without room for ten columns of line, the labels go.
    private func labelWidths(in area: Rect) -> (start: Int, end: Int) {
        let start = Text.width(startLabel)
        let end = Text.width(endLabel)
        return area.width >= start + end + 14 ? (start, end) : (0, 0)
    }

    /// The column of a time on a track; `nil` outside the range.
    func column(_ time: Double, on track: Rect) -> Int? {
        guard range.contains(time), track.width > 0 else { return nil }
        let length = range.upperBound - range.lowerBound
        let share = length > 0 ? (time - range.lowerBound) / length : 0
        return track.x + Int((share * Double(track.width - 1)).rounded())
    }

    /// The time of a column; `nil` beside the line.
    public func time(at column: Int, in area: Rect) -> Double? {
        let track = track(in: area)
        guard track.width > 1, track.x <= column, column < track.maxX else { return nil }
        let share = Double(column - track.x) / Double(track.width - 1)
        return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }

    public func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs) {
        let track = track(in: area)
        guard !track.isEmpty else { return }
        let labels = labelWidths(in: area)
        if labels.start > 0 { frame.write(startLabel, x: area.x, y: area.y, style: .muted, clip: area) }
        if labels.end > 0 { frame.write(endLabel, x: track.maxX + 2, y: area.y, style: .muted, clip: area) }
        let end = Style(.border)
        frame.write(String(glyphs.teeRight), x: track.x - 1, y: area.y, style: end, clip: area)
        frame.write(String(glyphs.teeLeft), x: track.maxX, y: area.y, style: end, clip: area)

        let now = column(min(max(cursor, range.lowerBound), range.upperBound), on: track) ?? track.x
        func put(_ column: Int?, _ played: Character, _ ahead: Character, _ style: Style, _ aheadStyle: Style) {
            guard let column else { return }
            let isPlayed = column <= now
            let style = isPlayed ? style : aheadStyle
            frame.write(String(isPlayed ? played : ahead), x: column, y: area.y, style: style, clip: track)
        }
        for column in track.x..<track.maxX {
            put(column, glyphs.heavyHorizontal, glyphs.dashedHorizontal, .text, .muted)
        }
        for tick in ticks { put(column(tick, on: track), glyphs.playedTick, glyphs.tick, .text, .muted) }
        let fault = Style(.fail)
        for span in faults {
            let shown = span.clamped(to: range)
            guard span.overlaps(range), let first = column(shown.lowerBound, on: track),
                let last = column(shown.upperBound, on: track)
            else { continue }
            for column in first...last { put(column, glyphs.playedFault, glyphs.fault, fault, fault) }
            put(first, glyphs[.fault], glyphs[.fault], fault, fault)
        }
        let accent = Style(.accent)
        for mark in marks { put(column(mark, on: track), glyphs[.step], glyphs[.step], accent, accent) }
        put(now, glyphs[.cursor], glyphs[.cursor], accent, accent)
    }
}
