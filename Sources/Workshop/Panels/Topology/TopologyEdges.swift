import Analysis
import TerminalKit
import Trace

/// The lines from the clients to what they call, and the calls on them.
struct TopologyEdges {
    let context: PanelContext
    let layout: TopologyLayout
    let traffic: TopologyTraffic

    private var glyphs: Glyphs { context.glyphs }

    func draw(into frame: inout Frame) {
        drawTrunk(into: &frame)
        for node in layout.nodes { drawEdge(to: node, into: &frame) }
    }

    private func drawTrunk(into frame: inout Frame) {
        let right = Set(layout.nodes.map(\.rect.y))
        let left = Set(layout.clients.map(\.rect.y))
        guard let top = right.union(left).min(), let bottom = right.union(left).max() else { return }
        for y in top...bottom {
            let junction = Junction(
                up: y > top, down: y < bottom, left: left.contains(y), right: right.contains(y))
            put(junction.glyph(glyphs), layout.trunk, y, Style(.border), &frame)
        }
        for place in layout.clients { drawLine(from: place, isStraight: top == bottom, into: &frame) }
    }

    private func drawLine(from place: TopologyLayout.ClientPlace, isStraight: Bool, into frame: inout Frame) {
        let isBusy = (traffic.state.client(place.name)?.inFlight ?? 0) > 0
        let stroke = isBusy ? glyphs.heavyHorizontal : glyphs.horizontal
        let style = isBusy ? Style(context.trace.hue(of: place.name), .bold) : Style(.border)
        let name = Text.width(context.trace.name(place.name))
        let from = min(place.rect.x + name + 1, layout.trunk - 1)
        for x in from..<(layout.trunk + (isStraight ? 1 : 0)) { put(stroke, x, place.rect.y, style, &frame) }
    }

    private func drawEdge(to node: TopologyLayout.Node, into frame: inout Frame) {
        let line = traffic.line(to: node.name)
        let y = node.rect.y
        let isDown = traffic.state.backend(node.name)?.isDown ?? false
        let hue = context.trace.hue(of: node.name)
        let style = line.open == 0 ? Style(.border) : Style(hue, .bold)
        let stroke = line.open == 0 ? glyphs.horizontal : glyphs.heavyHorizontal
        for x in layout.edge.lowerBound..<layout.edge.upperBound { put(stroke, x, y, style, &frame) }
        let head = isDown ? glyphs[.lost] : glyphs.arrowRight
        put(head, layout.edge.upperBound, y, isDown ? Style(.fail, .bold) : style, &frame)
        let isGated = drawGate(before: node.name, y: y, into: &frame)
        if !isGated || node.rect.height > 1 {
            drawLabel(line, under: node.rect.height > 1, y: y, hue: hue, into: &frame)
        }
        drawMessages(line, y: y, hue: hue, into: &frame)
    }

    /// `⊘ open` where the line leaves the client, while a breaker lets nothing or little pass.
    private func drawGate(before backend: NameID, y: Int, into frame: inout Frame) -> Bool {
        let layers = context.run.reach.layers(.breaker, before: backend, in: context.index)
        let positions = layers.compactMap { BreakerState(context.index, $0.id, at: context.cursor, cells: 0)?.position }
        let word: String
        if positions.contains(.open) {
            word = context.text("open", "abierto")
        } else if positions.contains(.halfOpen) {
            word = context.text("half-open", "semiabierto")
        } else {
            return false
        }
        let style = Style(Mark.rejected.role, .bold)
        let long = " \(glyphs[.rejected]) \(word) "
        let text = Text.width(long) + 4 <= layout.edge.count ? long : "\(glyphs[.rejected])"
        frame.write(text, x: layout.edge.lowerBound + 1, y: y, style: style, clip: layout.rect)
        return true
    }

    /// What is asked for, and how often at once: under the line where there is room, else on it.
    private func drawLabel(_ line: TopologyTraffic.Line, under: Bool, y: Int, hue: Role, into frame: inout Frame) {
        guard line.open > 0 else { return }
        let room = layout.edge.count - (under ? 1 : 5)
        let count = line.open > 1 ? "\(glyphs.times)\(context.numbers.count(line.open))" : ""
        let nameRoom = room - Text.width(count) - (count.isEmpty ? 0 : 1)
        let name = context.trace.name(line.operation)
        let words = [nameRoom >= 4 ? Text.truncate(name, to: nameRoom, ellipsis: glyphs.ellipsis) : "", count]
        let text = words.filter { !$0.isEmpty }.joined(separator: " ")
        guard !text.isEmpty, Text.width(text) <= room else { return }
        let style =
            line.isSelected
            ? Style(.selection, [.bold, .reverse]) : line.shown == nil ? Style(hue) : Style(.text, .bold)
        let x = layout.edge.lowerBound + 1
        frame.write(under ? text : " \(text) ", x: x, y: under ? y + 1 : y, style: style, clip: layout.rect)
    }

    /// Calls and answers on the network, where they are; several in one place are a number. The request that all
    /// panels show has a mark of its own, at the backend while it is there.
    private func drawMessages(_ line: TopologyTraffic.Line, y: Int, hue: Role, into frame: inout Frame) {
        let length = layout.edge.count - 2
        guard length > 0 else { return }
        func column(_ place: Double) -> Int { layout.edge.lowerBound + Int((place * Double(length)).rounded()) }
        var counts: [Int: Int] = [:]
        func put(_ place: Double, _ glyph: Character, _ style: Style) {
            let x = column(place)
            counts[x, default: 0] += 1
            let count = counts[x] ?? 1
            self.put(count == 1 ? glyph : count < 10 ? Character("\(count)") : "+", x, y, style, &frame)
        }
        for place in line.calls { put(place, glyphs.rightwards, Style(hue, .bold)) }
        for (place, outcome) in line.answers {
            let mark = EventSentence.mark(outcome) ?? .ok
            put(place, glyphs[mark], Style(mark.role, .bold))
        }
        guard let shown = line.shown else { return }
        self.put(glyphs[.cursor], column(shown), y, Style(.accent, .bold), &frame)
    }

    private func put(_ glyph: Character, _ x: Int, _ y: Int, _ style: Style, _ frame: inout Frame) {
        frame.write(String(glyph), x: x, y: y, style: style, clip: layout.rect)
    }
}

/// Where lines meet.
struct Junction: Hashable {
    var up: Bool
    var down: Bool
    var left: Bool
    var right: Bool

    func glyph(_ glyphs: Glyphs) -> Character {
        switch (up, down, left, right) {
        case (true, true, true, true): glyphs.cross
        case (true, true, false, true): glyphs.teeRight
        case (true, true, true, false): glyphs.teeLeft
        case (false, true, true, true): glyphs.teeDown
        case (true, false, true, true): glyphs.teeUp
        case (false, true, false, true): glyphs.topLeft
        case (true, false, false, true): glyphs.bottomLeft
        case (false, true, true, false): glyphs.topRight
        case (true, false, true, false): glyphs.bottomRight
        case (_, _, false, false): glyphs.vertical
        default: glyphs.horizontal
        }
    }
}
