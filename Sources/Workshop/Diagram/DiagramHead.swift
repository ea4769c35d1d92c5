import Diagrams
import TerminalKit

/// What stands over a lifeline: a name in the shape of its kind.
///
///     ╭─────╮    ○     ╒═════╕  ═══════  ╭─────╮╮  │ ╭─────╮  ╭──◀──╮  ╭─────╮
///     │ web │   ╱│╲    │ sql │   jobs    │ all ││  ├─┤ api │  │ job │  │ row │
///     ╰──┬──╯   Ana    ╰──┬──╯  ═══╤═══  ╰──┬──╯╯  │ ╰──┬──╯  ╰──┬──╯  ╘══╤══╛
struct DiagramHead: Sendable {
    /// Names wider than this are wrapped.
    private static let widestName = 20

    /// All as wide as one another.
    let rows: [StyledText]
    let width: Int
    /// The column of the lifeline.
    let anchor: Int
    /// The row that an arrow points at which creates it.
    let middle: Int

    /// Columns at the left and at the right of the lifeline.
    var left: Int { anchor }
    var right: Int { width - 1 - anchor }
    /// Columns that an arrow keeps from it: names without an edge need a blank.
    let margin: Int

    init(_ participant: Participant, hue: Role, style: DiagramStyle, isInBox: Bool = false) {
        var lines = TextMeasure(participant.label).wrapped(to: Self.widestName)
        if lines.isEmpty { lines = [""] }
        let name = lines.map(Text.width).max() ?? 0
        let glyphs = DiagramGlyphs(style.glyphs)
        var head = Sketch(
            glyphs: glyphs, inner: max(1, name), lines: lines, name: Style(hue, .bold), joins: isInBox)
        if style.isDense {
            head.plain()
        } else {
            head.draw(participant.kind)
        }
        rows = head.rows
        width = head.rows.map(\.width).max() ?? 0
        anchor = head.anchor
        margin = style.isDense || participant.kind == .actor || participant.kind == .queue ? 1 : 0
        middle = head.middle
    }
}

/// Puts a head together, row by row.
private struct Sketch {
    let glyphs: DiagramGlyphs
    /// Columns of the name.
    let inner: Int
    let lines: [String]
    let name: Style
    /// Whether its lower edge is a piece of the box round several.
    let joins: Bool
    var rows: [StyledText] = []
    var anchor = 0
    var middle = 0

    private var signs: Glyphs { glyphs.glyphs }
    private let border = Style(.border)

    init(glyphs: DiagramGlyphs, inner: Int, lines: [String], name: Style, joins: Bool) {
        self.glyphs = glyphs
        self.inner = inner
        self.lines = lines
        self.name = name
        self.joins = joins
    }

    mutating func plain() {
        anchor = (inner - 1) / 2
        rows = lines.map { StyledText(Text.pad($0, to: inner, .centre), name) }
        middle = rows.count / 2
    }

    mutating func draw(_ kind: Participant.Kind) {
        switch kind {
        case .participant: box()
        case .actor: actor()
        case .boundary:
            box()
            let arm = middle
            rows = rows.enumerated().map { row, text in
                row == arm
                    ? StyledText("\(signs.teeRight)\(signs.horizontal)", border)
                        + StyledText(spans: [Span(String(signs.teeLeft), border)])
                        + StyledText(spans: Array(text.spans.dropFirst()))
                    : StyledText("\(signs.vertical) ", border) + text
            }
            anchor += 2
        case .control: box(sign: signs.arrowLeft)
        case .entity: box(bottom: glyphs.double)
        case .database: box(top: glyphs.double)
        case .collections:
            box()
            let edges = [signs.topRight, signs.vertical, signs.bottomRight]
            rows = rows.enumerated().map { row, text in
                text + StyledText(String(row == 0 ? edges[0] : row == rows.count - 1 ? edges[2] : edges[1]), border)
            }
        case .queue: pipe()
        }
    }

    /// - Parameter sign: what stands in the middle of the upper edge.
    private mutating func box(top: Character? = nil, bottom: Character? = nil, sign: Character? = nil) {
        anchor = (inner + 3) / 2
        let ends = top == nil ? (signs.topLeft, signs.topRight) : (glyphs.doubleTopLeft, glyphs.doubleTopRight)
        rows = [edge(ends.0, top ?? signs.horizontal, ends.1, sign: sign)]
        for line in lines {
            rows.append(
                StyledText(String(signs.vertical), border)
                    + StyledText(" \(Text.pad(line, to: inner, .centre)) ", name)
                    + StyledText(String(signs.vertical), border))
        }
        let feet =
            bottom != nil
            ? (glyphs.doubleBottomLeft, glyphs.doubleBottomRight)
            : joins ? (signs.teeUp, signs.teeUp) : (signs.bottomLeft, signs.bottomRight)
        let foot = bottom == nil ? signs.teeDown : glyphs.doubleTeeDown
        rows.append(edge(feet.0, bottom ?? signs.horizontal, feet.1, sign: foot))
        middle = rows.count / 2
    }

    private func edge(_ left: Character, _ line: Character, _ right: Character, sign: Character?) -> StyledText {
        var text = String(left) + String(repeating: line, count: inner + 2) + String(right)
        if let sign {
            let before = text.prefix(anchor)
            text = before + String(sign) + text.dropFirst(anchor + 1)
        }
        return StyledText(text, border)
    }

    private mutating func actor() {
        let width = max(3, inner)
        anchor = (width - 1) / 2
        rows = glyphs.actor.map { part in
            let left = String(repeating: " ", count: anchor - 1)
            return StyledText(left + part + String(repeating: " ", count: width - anchor - 2), name)
        }
        rows += lines.map { StyledText(Text.pad($0, to: width, .centre), name) }
        middle = rows.count - 1
    }

    /// Open at both ends: things pass through it.
    private mutating func pipe() {
        let width = inner + 4
        anchor = (width - 1) / 2
        let edge = String(repeating: glyphs.double, count: width)
        rows = [StyledText(edge, border)]
        rows += lines.map { StyledText("  \(Text.pad($0, to: inner, .centre))  ", name) }
        rows.append(
            StyledText(
                edge.prefix(anchor) + String(glyphs.doubleTeeDown) + edge.dropFirst(anchor + 1), border))
        middle = rows.count / 2
    }
}
