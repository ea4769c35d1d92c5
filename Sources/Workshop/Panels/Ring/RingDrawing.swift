import Analysis
import TerminalKit
import Trace

/// The sectors of a key space round a ring, each with the sign of its owner; inside it what each owns. Without room for
/// a ring, or for algorithms that have none, in rows.
struct RingDrawing {
    let context: PanelContext
    let state: BalancerState

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    /// The smallest ring whose sectors all have a cell of their own, and room for words inside.
    private static let leastRing = Size(width: 40, height: 11)
    private static let mostRing = Size(width: 64, height: 21)

    func draw(into frame: inout Frame, in rect: Rect) {
        let isRing = state.algorithm == nil || state.algorithm == "ring"
        if isRing, rect.width >= Self.leastRing.width, rect.height >= Self.leastRing.height {
            drawRing(into: &frame, in: rect)
        } else {
            drawRows(into: &frame, in: rect)
        }
    }

    // MARK: Ring

    private func drawRing(into frame: inout Frame, in rect: Rect) {
        // A cell is about twice as high as it is wide.
        let height = min(rect.height, Self.mostRing.height, rect.width / 2)
        let width = min(rect.width, Self.mostRing.width, height * 3)
        let hasRoomBeside = rect.width - width >= 26
        let ring = Rect(x: rect.x, y: rect.y, width: width, height: height)
        for (place, point) in Self.circle(state.owners.count, in: ring) {
            let sector = sector(place)
            frame.write(sector.text, x: point.x, y: point.y, style: sector.style, clip: rect)
        }
        let inside = Rect(
            x: ring.x + ring.width / 6 + 2, y: ring.y + 3, width: ring.width * 2 / 3 - 4, height: ring.height - 6)
        let beside = Rect(x: ring.maxX + 2, y: rect.y, width: rect.maxX - ring.maxX - 2, height: rect.height)
        var lines = FittingLines()
        for line in shares { lines.add(line, 2) }
        if let takenLine { lines.add(takenLine, 1) }
        let counted = movedLine
        if hasRoomBeside {
            lines.draw(in: inside, into: &frame, ellipsis: glyphs.ellipsis)
            var news = FittingLines()
            news.add(counted, 3)
            for line in moves { news.add(line, 1) }
            news.draw(in: beside, into: &frame, ellipsis: glyphs.ellipsis)
        } else {
            lines.add(counted, 3)
            lines.draw(in: inside, into: &frame, ellipsis: glyphs.ellipsis)
        }
    }

    /// The cells of an ellipse, clockwise from the top, each with the part of so many that it shows. There are no
    /// gaps: where there are more cells than parts, some parts take two.
    static func circle(_ count: Int, in rect: Rect) -> [(place: Int, point: Point)] {
        let outline = outline(rect)
        return outline.enumerated().map { ($0 * count / outline.count, $1) }
    }

    /// The cells of an ellipse, clockwise from the top: each row goes on where the one nearer to its end stops.
    private static func outline(_ rect: Rect) -> [Point] {
        let (a, b) = (Double(rect.width - 1) / 2, Double(rect.height) / 2)
        guard a >= 1, b >= 1 else { return [] }
        /// How far from the middle a row reaches.
        func reach(_ row: Int) -> Int {
            let y = (Double(row) + 0.5 - b) / b
            return Int((a * (1 - y * y).squareRoot()).rounded(.down))
        }
        var right: [Point] = []
        var left: [Point] = []
        for row in 0..<rect.height {
            let isUpper = row < rect.height / 2
            let neighbour = isUpper ? row - 1 : row + 1
            let start = neighbour < 0 || neighbour == rect.height ? 0 : reach(neighbour) + 1
            let cells = Array(min(start, reach(row))...reach(row))
            for cell in isUpper ? cells : cells.reversed() {
                right.append(Point(x: rect.x + Int(a.rounded(.up)) + cell, y: rect.y + row))
                left.append(Point(x: rect.x + Int(a.rounded(.down)) - cell, y: rect.y + row))
            }
        }
        // At the top and the bottom of an odd width both sides begin in the same cell.
        return right + left.reversed().filter { point in right.first != point && right.last != point }
    }

    // MARK: Rows

    private func drawRows(into frame: inout Frame, in rect: Rect) {
        let perRow = rect.width >= 32 ? 32 : rect.width >= 16 ? 16 : max(1, rect.width)
        let stretch = max(1, min(2, rect.width / perRow))
        var lines = FittingLines()
        for start in stride(from: 0, to: state.owners.count, by: perRow) {
            let row = (start..<min(start + perRow, state.owners.count)).reduce(into: StyledText()) { line, place in
                let sector = sector(place)
                line.append(sector.text + String(repeating: " ", count: stretch - 1), sector.style)
            }
            lines.add(row, 4)
        }
        lines.add(StyledText(), 0)
        for line in shares { lines.add(line, 2) }
        if let takenLine { lines.add(takenLine, 1) }
        lines.add(movedLine, 3)
        for line in moves { lines.add(line, 1) }
        lines.draw(in: rect, into: &frame, ellipsis: glyphs.ellipsis)
    }

    // MARK: Parts

    /// The sign of a sector's owner: its place among the servers, 1 to 9 and then letters. Those that the last change
    /// gave to another server stand out.
    private func sector(_ place: Int) -> TerminalKit.Span {
        let owner = state.owners[place]
        guard let number = state.servers.firstIndex(where: { $0.id == owner }) else {
            return TerminalKit.Span(String(glyphs.separator), Style(.border))
        }
        let isTaken = state.takenSectors.contains(place)
        return TerminalKit.Span(
            String(Self.sign(number)), Style(context.trace.hue(of: owner), isTaken ? [.bold, .reverse] : .bold))
    }

    static func sign(_ number: Int) -> Character {
        let signs = Array("123456789abcdefghijklmnopqrstuvwxyz")
        return number < signs.count ? signs[number] : "*"
    }

    /// `1 c1  16 of 64  25 %` for each server.
    private var shares: [StyledText] {
        let nameWidth = min(state.servers.map { Text.width(context.trace.name($0.id)) }.max() ?? 0, 12)
        return state.servers.enumerated().map { number, server in
            let owned = state.owners.count { $0 == server.id }
            let hue = context.trace.hue(of: server.id)
            let name = Text.pad(
                Text.truncate(context.trace.name(server.id), to: nameWidth, ellipsis: glyphs.ellipsis), to: nameWidth)
            var line = StyledText("\(Self.sign(number)) ", Style(hue, .bold)) + StyledText(name)
            guard owned > 0 else {
                let (english, spanish) = server.isMember ? ("owns nothing", "no tiene nada") : ("outside", "fuera")
                return line + StyledText("  \(context.text(english, spanish))", .muted)
            }
            let bar = Bar(Double(owned) / Double(max(1, state.owners.count))).text(width: 8, glyphs: glyphs)
            line.append("  ")
            line.append(bar.filled, Style(hue))
            line.append(bar.empty, Style(.border))
            line.append("  " + numbers.percent(Double(owned) / Double(state.owners.count)), Style(.text, .bold))
            return line
        }
    }

    /// What the last change of owners took; `nil`: there was none.
    private var takenLine: StyledText? {
        let taken = state.takenSectors.count
        guard taken > 0 else { return nil }
        let (count, all) = (numbers.count(taken), numbers.count(state.owners.count))
        return StyledText(context.text("\(count) of \(all)", "\(count) de \(all)"), Style(.text, [.bold, .reverse]))
            + StyledText(context.text(" parts moved", " partes cambian"), .muted)
    }

    private var movedLine: StyledText {
        let moved = numbers.count(state.moved)
        let text = context.text(
            state.moved == 1 ? "1 key has moved" : "\(moved) keys have moved",
            state.moved == 1 ? "se ha movido 1 clave" : "se han movido \(moved) claves")
        return StyledText(text, state.moved == 0 ? .muted : Style(.warn, .bold))
    }

    /// How many keys have moved, and which.
    var movement: [StyledText] { [movedLine] + moves }

    /// The newest first: `customers-17 → c5`.
    private var moves: [StyledText] {
        state.moves.reversed().map { move in
            var line = StyledText(context.trace.name(move.key), .muted)
            if move.server != .none {
                line.append(" \(glyphs.rightwards) ", .muted)
                line.append(context.trace.name(move.server), Style(context.trace.hue(of: move.server)))
            }
            return line
        }
    }
}
