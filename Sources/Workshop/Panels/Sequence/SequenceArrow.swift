import TerminalKit

/// One row's arrow between the client's lifeline and another. As in every diagram here, a solid line asks and a dotted
/// one answers.
struct SequenceArrow {
    let columns: SequenceColumns
    let rect: Rect
    let glyphs: Glyphs
    /// The other lifeline.
    let x: Int
    let y: Int
    let style: Style
    let hue: Role

    /// How far left of its backend a message that takes longer than a row changes rows.
    static let bend = 3

    /// Letters that a shortened text keeps at least: fewer say nothing.
    private static let leastLetters = 4

    private var from: Int { columns.clientX }

    /// `├─sales──▶┃`, or `├─sales──╮` where it arrives in a later row.
    func drawCall(
        _ label: (text: String, count: String), bends: Bool, head: Character, headStyle: Style? = nil,
        into frame: inout Frame
    ) {
        let end = bends ? x - Self.bend : x
        line(from + 1, end - 1, into: &frame)
        put(glyphs.callStart, from, style, &frame)
        let room = end - from - 3
        let textRoom = room - Text.width(label.count)
        let text = fitting(StyledText(label.text, style), in: textRoom).plain + label.count
        if room > 1 { frame.write(text, x: rect.x + from + 2, y: y, style: style, clip: rect) }
        if bends {
            put(glyphs.topRight, end, style, &frame)
        } else {
            put(glyphs.arrowRight, x - 1, style, &frame)
            put(head, x, headStyle ?? Style(hue, .bold), &frame)
        }
    }

    /// `╰─▶┃`
    func drawArrival(head: Character, into frame: inout Frame) {
        line(x - Self.bend + 1, x - 2, into: &frame)
        put(glyphs.bottomLeft, x - Self.bend, style, &frame)
        put(glyphs.arrowRight, x - 1, style, &frame)
        put(head, x, Style(hue, .bold), &frame)
    }

    /// `╭┄┄┨`
    func drawLeaving(tail: Character, into frame: inout Frame) {
        line(x - Self.bend + 1, x - 1, glyphs.dashedHorizontal, into: &frame)
        put(glyphs.topLeft, x - Self.bend, style, &frame)
        put(tail, x, Style(hue, .bold), &frame)
    }

    /// `◀┄┄┄┄┨ 500 ms`, or `◀┄┄┄╯ 500 ms` where it left in an earlier row.
    func drawAnswer(_ note: StyledText, bends: Bool, tail: Character, into frame: inout Frame) {
        let end = bends ? x - Self.bend : x
        line(from + 1, end - 1, glyphs.dashedHorizontal, into: &frame)
        put(glyphs.arrowLeft, from, style, &frame)
        put(bends ? glyphs.bottomRight : tail, end, bends ? style : Style(hue, .bold), &frame)
        if columns.hasNotesOnArrows {
            drawNoteOnArrow(note, into: &frame)
        } else {
            drawNote(note, after: x, into: &frame)
        }
    }

    /// `◷─2 s┄┄┄┄┄┃`: the client stops waiting, the backend goes on.
    func drawAbandon(_ note: StyledText, mark: Character, markStyle: Style, tail: Character, into frame: inout Frame) {
        line(from + 1, x - 1, glyphs.dashedHorizontal, into: &frame)
        put(mark, from, markStyle, &frame)
        put(tail, x, Style(hue, .bold), &frame)
        if columns.hasNotesOnArrows {
            drawNoteOnArrow(note, into: &frame)
        } else {
            drawNote(note, after: x, into: &frame)
        }
    }

    /// `├─read──▶┃`: between two lifelines, in either direction; nobody waits for it.
    func drawAside(_ label: StyledText, from: Int, isAnswer: Bool, isLost: Bool, into frame: inout Frame) {
        let (low, high) = (min(from, x), max(from, x))
        line(low + 1, high - 1, isAnswer ? glyphs.dashedHorizontal : glyphs.horizontal, into: &frame)
        let text = fitting(label, in: max(0, high - low - 4))
        frame.write(text, x: rect.x + low + 2, y: y, clip: rect)
        let goesRight = isAnswer ? x < from : from < x
        put(from < x ? glyphs.teeRight : glyphs.teeLeft, from, style, &frame)
        put(isLost ? glyphs[.lost] : glyphs.heavyVertical, x, Style(isLost ? .fail : hue, .bold), &frame)
        guard high - low >= 2 else { return }
        put(goesRight ? glyphs.arrowRight : glyphs.arrowLeft, goesRight ? high - 1 : low + 1, style, &frame)
    }

    /// The label that would need as much room as this note of a late answer; 0 for any other item.
    static func room(forLate note: StyledText, _ item: SequenceItem) -> Int {
        item.kind == .lateAnswer ? note.width + 2 * bend - 1 : 0
    }

    /// `too late ╳┄┄┨`: nobody waits for the answer.
    func drawLate(_ note: StyledText, into frame: inout Frame) {
        let start = max(from + 1, x - 2 * Self.bend)
        line(start + 1, x - 1, glyphs.dashedHorizontal, into: &frame)
        put(glyphs[.lost], start, Style(.muted), &frame)
        put(glyphs.answerStart, x, Style(hue, .bold), &frame)
        let text = fitting(note, in: max(0, start - from - 3))
        frame.write(text, x: rect.x + start - 1 - text.width, y: y, clip: rect)
    }

    /// Beside the lifeline, as far as the edge.
    func drawNote(_ note: StyledText, after end: Int, into frame: inout Frame) {
        let text = fitting(note, in: max(0, rect.width - end - 2))
        frame.write(text, x: rect.x + end + 2, y: y, clip: rect)
    }

    /// The text, shortened where it has to be; nothing where too little of it would be left.
    private func fitting(_ text: StyledText, in room: Int) -> StyledText {
        text.width <= room || room > Self.leastLetters
            ? text.truncated(to: room, ellipsis: glyphs.ellipsis) : StyledText()
    }

    private func drawNoteOnArrow(_ note: StyledText, into frame: inout Frame) {
        let text = fitting(note, in: max(0, x - from - 3))
        frame.write(text, x: rect.x + from + 2, y: y, clip: rect)
    }

    /// A line that crosses idle lifelines and passes behind those at work.
    private func line(_ start: Int, _ end: Int, _ glyph: Character? = nil, into frame: inout Frame) {
        guard start <= end else { return }
        let visible = rect.intersection(frame.bounds)
        for column in start...end where visible.contains(Point(x: rect.x + column, y: y)) {
            let behind = frame[rect.x + column, y].character
            if behind == glyphs[.working] || behind == glyphs[.queued] { continue }
            let isLifeline = columns.participants.contains { $0.x == column }
            put(isLifeline ? glyphs.cross : glyph ?? glyphs.horizontal, column, style, &frame)
        }
    }

    private func put(_ glyph: Character, _ x: Int, _ style: Style, _ frame: inout Frame) {
        frame.write(String(glyph), x: rect.x + x, y: y, style: style, clip: rect)
    }
}
