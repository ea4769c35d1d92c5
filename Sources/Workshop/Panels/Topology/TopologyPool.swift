import Analysis
import TerminalKit
import Trace

/// A balancer: the line that leads to it, its name, and the column from which its servers' lines leave.
///
///     ├━━▶ shop ━┬━━━▶ s1
///     │    ×12   ├━━━▶ s2
struct TopologyPool {
    let context: PanelContext
    let layout: TopologyLayout
    let traffic: TopologyTraffic
    let pool: TopologyLayout.Pool

    func draw(into frame: inout Frame) {
        let glyphs = context.glyphs
        let open = layout.nodes.filter { $0.pool == pool.name }.reduce(0) { $0 + traffic.line(to: $1.name).open }
        let hue = Style(context.trace.hue(of: pool.name), .bold)
        let style = open == 0 ? Style(.border) : hue
        let stroke = open == 0 ? glyphs.horizontal : glyphs.heavyHorizontal
        let y = pool.rect.y
        let name = Text.truncate(context.trace.name(pool.name), to: pool.rect.width, ellipsis: glyphs.ellipsis)
        func put(_ text: String, _ x: Int, _ style: Style) {
            frame.write(text, x: x, y: y, style: style, clip: layout.rect)
        }
        if pool.isCalled {
            for x in layout.trunk + 1..<pool.rect.x - 2 { put(String(stroke), x, style) }
            put(String(glyphs.arrowRight), pool.rect.x - 2, style)
        }
        put(name, pool.rect.x, hue)
        let end = pool.rect.x + Text.width(name) + 1
        for x in end..<max(end, pool.trunk) { put(String(stroke), x, style) }
        frame.drawTrunk(at: pool.trunk, left: [y], right: Set(pool.rows), layout.rect, glyphs)
        if !layout.rows.contains(y + 1) { drawNote(open, y: y + 1, into: &frame) }
    }

    /// How many calls are on their way, or that it panics.
    private func drawNote(_ open: Int, y: Int, into frame: inout Frame) {
        let state = BalancerState(context.index, pool.name, at: context.cursor)
        let isPanicking = state?.isPanicking ?? false
        let text =
            isPanicking
            ? context.text("panic", "pánico") : open > 1 ? "\(context.glyphs.times)\(context.numbers.count(open))" : ""
        let style = isPanicking ? Style(.fail, .bold) : .muted
        frame.write(
            Text.truncate(text, to: pool.trunk - pool.rect.x - 1, ellipsis: context.glyphs.ellipsis),
            x: pool.rect.x, y: y, style: style, clip: layout.rect)
    }
}
