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
        for pool in layout.pools {
            TopologyPool(context: context, layout: layout, traffic: traffic, pool: pool).draw(into: &frame)
        }
        for node in layout.nodes {
            if node.caller != nil {
                drawBranch(to: node, into: &frame)
            } else if node.isCalled || node.pool != nil {
                drawEdge(to: node, into: &frame)
            }
        }
        for work in traffic.background { drawBracket(work, into: &frame) }
    }

    private func drawTrunk(into frame: inout Frame) {
        guard !layout.rows.isEmpty else { return }
        let left = Set(layout.clients.map(\.rect.y))
        let rows = layout.rows.union(left)
        frame.drawTrunk(at: layout.trunk, left: left, right: layout.rows, layout.rect, glyphs)
        let isStraight = rows.count == 1
        for place in layout.clients { drawLine(from: place, isStraight: isStraight, into: &frame) }
    }

    /// What a cache asks of a backend on its own goes between the two, past the clients.
    private func drawBracket(_ work: TopologyTraffic.Background, into frame: inout Frame) {
        guard let cache = layout.nodes.first(where: { $0.name == work.cache }),
            let backend = layout.nodes.first(where: { $0.name == work.backend })
        else { return }
        let style = Style(context.trace.hue(of: work.cache), .bold)
        let (top, bottom) = (min(cache.rect.y, backend.rect.y), max(cache.rect.y, backend.rect.y))
        for y in top...bottom {
            let glyph = y == top ? glyphs.topLeft : y == bottom ? glyphs.bottomLeft : glyphs[.waiting]
            put(glyph, cache.rect.x - 2, y, style, &frame)
        }
    }

    private func drawLine(from place: TopologyLayout.ClientPlace, isStraight: Bool, into frame: inout Frame) {
        let isBusy = (traffic.state.client(place.name)?.inFlight ?? 0) > 0
        let stroke = isBusy ? glyphs.heavyHorizontal : glyphs.horizontal
        let style = isBusy ? Style(context.trace.hue(of: place.name), .bold) : Style(.border)
        let name = Text.width(context.trace.name(place.name))
        let from = min(place.rect.x + name + 1, layout.trunk - 1)
        for x in from..<(layout.trunk + (isStraight ? 1 : 0)) { put(stroke, x, place.rect.y, style, &frame) }
    }

    /// `╰▶` from the service above.
    private func drawBranch(to node: TopologyLayout.Node, into frame: inout Frame) {
        let column = node.rect.x - 3
        let caller = layout.nodes.first { $0.name == node.caller }
        let siblings = layout.nodes.filter { $0.caller == node.caller }
        let isLast = siblings.last == node
        let isBusy = traffic.line(to: node.name).open > 0
        let style = isBusy ? Style(context.trace.hue(of: node.name), .bold) : Style(.border)
        let top = siblings.last { $0.rect.y < node.rect.y }?.rect.y ?? caller?.rect.y ?? layout.rect.y - 1
        for y in (top + 1)..<max(top + 1, node.rect.y) { put(glyphs.vertical, column, y, Style(.border), &frame) }
        put(isLast ? glyphs.bottomLeft : glyphs.teeRight, column, node.rect.y, Style(.border), &frame)
        let isDown = traffic.state.backend(node.name)?.isDown ?? false
        let head = isDown ? glyphs[.lost] : glyphs.arrowRight
        put(head, column + 1, node.rect.y, isDown ? Style(.fail, .bold) : style, &frame)
        _ = drawGate(before: node.name, on: (column + 1)...(column + 1), y: node.rect.y, into: &frame)
    }

    private func drawEdge(to node: TopologyLayout.Node, into frame: inout Frame) {
        let line = traffic.line(to: node.name)
        let edge = layout.edge(to: node)
        let y = node.rect.y
        let isDown = traffic.state.backend(node.name)?.isDown ?? false
        let hue = context.trace.hue(of: node.name)
        let style = line.open == 0 ? Style(.border) : Style(hue, .bold)
        let stroke = line.open == 0 ? glyphs.horizontal : glyphs.heavyHorizontal
        for x in edge.lowerBound..<edge.upperBound { put(stroke, x, y, style, &frame) }
        let head = isDown ? glyphs[.lost] : glyphs.arrowRight
        put(head, edge.upperBound, y, isDown ? Style(.fail, .bold) : style, &frame)
        let isGated = drawGate(before: node.name, on: edge, y: y, into: &frame)
        if !isGated || node.rect.height > 1 {
            drawLabel(line, on: edge, under: node.rect.height > 1, y: y, hue: hue, into: &frame)
        }
        drawMessages(line, on: edge, y: y, hue: hue, into: &frame)
    }

    /// `⊘ open` where the line leaves the client, while a breaker lets nothing or little pass.
    private func drawGate(
        before backend: NameID, on edge: ClosedRange<Int>, y: Int, into frame: inout Frame
    ) -> Bool {
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
        let text = Text.width(long) + 4 <= edge.count ? long : "\(glyphs[.rejected])"
        frame.write(text, x: edge.lowerBound + 1, y: y, style: style, clip: layout.rect)
        return true
    }

    /// What is asked for, and how often at once: under the line where there is room, else on it.
    private func drawLabel(
        _ line: TopologyTraffic.Line, on edge: ClosedRange<Int>, under: Bool, y: Int, hue: Role, into frame: inout Frame
    ) {
        guard line.open > 0 else { return }
        let room = edge.count - (under ? 1 : 5)
        let count = line.open > 1 ? "\(glyphs.times)\(context.numbers.count(line.open))" : ""
        let nameRoom = room - Text.width(count) - (count.isEmpty ? 0 : 1)
        let name = context.trace.name(line.operation)
        let words = [nameRoom >= 4 ? Text.truncate(name, to: nameRoom, ellipsis: glyphs.ellipsis) : "", count]
        let text = words.filter { !$0.isEmpty }.joined(separator: " ")
        guard !text.isEmpty, Text.width(text) <= room else { return }
        let style =
            line.isSelected
            ? Style(.selection, [.bold, .reverse]) : line.shown == nil ? Style(hue) : Style(.text, .bold)
        let x = edge.lowerBound + 1
        frame.write(under ? text : " \(text) ", x: x, y: under ? y + 1 : y, style: style, clip: layout.rect)
    }

    /// Calls and answers on the network, where they are; several in one place are a number. The request that all
    /// panels show has a mark of its own, at the backend while it is there.
    private func drawMessages(
        _ line: TopologyTraffic.Line, on edge: ClosedRange<Int>, y: Int, hue: Role, into frame: inout Frame
    ) {
        let length = edge.count - 2
        guard length > 0 else { return }
        func column(_ place: Double) -> Int { edge.lowerBound + Int((place * Double(length)).rounded()) }
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
