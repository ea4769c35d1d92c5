import Analysis
import TerminalKit
import Trace

/// The way of writes through one cache at a moment.
///
///     write-back, flush every 5 s      a crash now loses 7 keys
///     write ──▶ orders ✓ ┄┄▶ sql
///     ███████████████████████████▒▒▒▒▒▒▒╳╳ 40 acknowledged
///     ✓ durable 31   ✱ in memory only 7   ╳ lost 2
///     last flush 3.2 s ago: 12 keys   next in 1.8 s
///     in memory only, oldest first
///     ✱ order-12   3.2 s
struct WriteBlock {
    let context: PanelContext
    let state: WriteState
    let before: WriteState?
    let isAlone: Bool

    var glyphs: Glyphs { context.glyphs }
    var numbers: NumberText { context.numbers }
    var now: VirtualTime { context.cursor.time }
    private var isBack: Bool { state.strategy == "back" || !state.dirty.isEmpty }

    static let mostKeys = 40
    /// From this width on the chart stands beside the lines.
    private static let wide = 100
    private static let mostCrashes = 6
    private static let lowestChart = 7
    /// From this height on lines and keys leave room for the chart: its saw teeth say what a crash can cost.
    private static let high = 12

    init?(_ context: PanelContext, _ cache: NameID, isAlone: Bool) {
        guard let state = WriteState(context.index, cache, at: context.cursor) else { return nil }
        self.context = context
        self.state = state
        self.isAlone = isAlone
        before = context.earlier.flatMap { run in
            run.trace.names.find(context.trace.name(cache)).flatMap {
                WriteState(run.index, $0, at: context.cursor(in: run))
            }
        }
    }

    func draw(in rect: Rect, into frame: inout Frame) {
        let area = area(in: rect)
        let end = lines(in: area, of: rect).draw(in: area, into: &frame, ellipsis: glyphs.ellipsis)
        guard isBack else { return }
        var rest = Rect(x: area.maxX + 3, y: rect.y, width: rect.maxX - area.maxX - 3, height: rect.height)
        if isChartBelow(rect) {
            let gap = rect.maxY - end > Self.lowestChart ? 1 : 0
            rest = Rect(x: rect.x, y: end + gap, width: rect.width, height: rect.maxY - end - gap)
        }
        guard rest.width > 0, rest.height >= Self.lowestChart else { return }
        frame.draw(chart(width: rest.width), in: rest.intersection(frame.bounds), glyphs: glyphs)
    }

    /// Which of the keys in memory only show.
    func extent(in size: Size) -> Scroll? {
        let rect = Rect(size)
        let area = area(in: rect)
        let room = keyRoom(area.height - frontLines(in: area).count, hasChart: isChartBelow(rect))
        let extent = Scroll(total: state.dirty.count, visible: room.keys, offset: offset)
        return extent.total > extent.visible ? extent : nil
    }

    // MARK: Lines and the chart

    /// The chart stands beside the lines, or below them.
    private func isChartBelow(_ rect: Rect) -> Bool { isBack && rect.width < Self.wide && rect.height >= Self.high }

    /// What the chart leaves to the lines.
    private func area(in rect: Rect) -> Rect {
        var area = rect
        if isBack, rect.width >= Self.wide { area.width = rect.width * 5 / 9 }
        if isChartBelow(rect) { area.height -= Self.lowestChart }
        return area
    }

    private func lines(in area: Rect, of rect: Rect) -> FittingLines {
        var lines = frontLines(in: area)
        let room = keyRoom(area.height - lines.count, hasChart: isChartBelow(rect))
        for text in keys(room, width: area.width) { lines.add(text, 4) }
        return lines
    }

    /// Everything before the keys.
    private func frontLines(in area: Rect) -> FittingLines {
        var lines = FittingLines()
        for (place, text) in heading(width: area.width).enumerated() { lines.add(text, 20 - place) }
        lines.add(path(width: area.width), 12)
        if isBack {
            lines.add(bar(width: area.width), 13)
            lines.add(counts(width: area.width), 15)
            lines.add(flushes(width: area.width), 14)
        } else {
            lines.add(written, 15)
        }
        let crashes = crashes(width: area.width).prefix(max(1, (area.height - lines.count + 1) / 2))
        for (place, text) in crashes.enumerated() { lines.add(text, max(6, 11 - place)) }
        return lines
    }

    // MARK: What the strategy is

    private func heading(width: Int) -> [StyledText] {
        var left = isAlone ? StyledText() : context.component(state.cache) + "  "
        left.append(strategy, Style(.text, .bold))
        if isBack, let after = state.settings["flushAfter"], after > 0 {
            let length = numbers.duration(after)
            left.append(context.text(", flush \(length) later", ", vuelca \(length) después"), .muted)
        } else if isBack, let every = state.settings["flush"] {
            let length = numbers.duration(every)
            left.append(context.text(", flush every \(length)", ", vuelca cada \(length)"), .muted)
        }
        let right = verdict
        let room = width - left.width - right.width
        guard room >= 3 else { return [left, right] }
        return [left + StyledText(String(repeating: " ", count: room)) + right]
    }

    private var strategy: String {
        switch state.strategy {
        case "back": "write-back"
        case "through": "write-through"
        case "around": "write-around"
        case "aside": "cache-aside"
        default: context.text("writes", "escrituras")
        }
    }

    /// What would be gone if the cache crashed now.
    private var verdict: StyledText {
        let count = state.dirty.count
        guard count > 0 else {
            let words = context.text("a crash now loses nothing", "si cae ahora no pierde nada")
            return StyledText("\(glyphs[.ok]) \(words)", Style(.ok, .bold))
        }
        let keys = keys(count)
        let writes = context.counted(
            state.unsavedWrites, ("write", "writes"), ("escritura", "escrituras"))
        let words =
            count == state.unsavedWrites
            ? context.text("a crash now loses \(keys)", "si cae ahora pierde \(keys)")
            : context.text("a crash now loses \(writes) to \(keys)", "si cae pierde \(writes) de \(keys)")
        return StyledText("\(glyphs[.dirty]) \(words)", Style(.fail, .bold))
    }

    /// Where a write goes, and where it is acknowledged: `write ──▶ orders ✓ ┄┄▶ sql`.
    private func path(width: Int) -> StyledText {
        let line = String(repeating: glyphs.horizontal, count: 2) + String(glyphs.arrowRight)
        let later = String(repeating: glyphs.dashedHorizontal, count: 2) + String(glyphs.arrowRight)
        let cache = context.component(state.cache)
        let backends = context.trace.components(.backend)
        let backend =
            backends.count == 1
            ? context.component(backends[0].name) : StyledText(context.text("backend", "servicio"), Style(.text, .bold))
        let ok = StyledText(" \(glyphs[.ok])", Style(.ok, .bold))
        var text = StyledText(context.text("write ", "escritura "), .muted)
        text += StyledText("\(line) ", .muted)
        switch state.strategy {
        case "back": text += cache + ok + StyledText(" \(later) ", .muted) + backend
        case "around":
            text += backend + ok + StyledText(context.text("   not told: ", "   no se entera: "), .muted) + cache
        case "aside":
            text += backend + ok + StyledText(" \(line) ", .muted) + cache
            text.append(context.text(" drops the key", " borra la clave"), .muted)
        default: text += backend + ok + StyledText(" \(line) ", .muted) + cache
        }
        let legend = context.text("   \(glyphs[.ok]) acknowledged here", "   \(glyphs[.ok]) confirmada aquí")
        if text.width + Text.width(legend) <= width { text.append(legend, .muted) }
        return text
    }

    // MARK: Numbers

    private var written: StyledText {
        let words =
            state.written == 1 ? context.text(" write", " escritura") : context.text(" writes", " escrituras")
        return context.count(state.written, before: before?.written) + StyledText(words, .muted)
    }

    /// Every acknowledged write: at the backend, in memory only, lost.
    private func bar(width: Int) -> StyledText {
        let count = numbers.count(state.written)
        let label = context.text(" \(count) acknowledged", " \(count) confirmadas")
        let room = min(60, width - Text.width(label))
        guard room >= 6 else { return StyledText(String(label.dropFirst()), .muted) }
        let parts = Self.shares([state.durableWrites, state.unsavedWrites, state.lostWrites], of: room)
        var text = StyledText(String(repeating: glyphs.full, count: parts[0]), Style(.ok))
        text.append(String(repeating: glyphs[.queued], count: parts[1]), Style(Mark.dirty.role))
        text.append(String(repeating: glyphs[.lost], count: parts[2]), Style(.fail))
        text.append(String(repeating: glyphs.empty, count: room - parts.reduce(0, +)), Style(.border))
        text.append(label, .muted)
        return text
    }

    /// Columns for each; something is never shown as nothing.
    static func shares(_ counts: [Int], of width: Int) -> [Int] {
        let all = counts.reduce(0, +)
        guard all > 0 else { return counts.map { _ in 0 } }
        var shares = counts.map { $0 == 0 ? 0 : max(1, $0 * width / all) }
        let largest = shares.indices.max { shares[$0] < shares[$1] } ?? 0
        shares[largest] = max(0, shares[largest] + width - shares.reduce(0, +))
        return shares
    }

    /// Named as long as there is room for the names of what matters.
    private func counts(width: Int) -> StyledText {
        let whole = context.fitting(counts + coalesced, in: width)
        let named = (counts + coalesced).map(\.long.width).reduce(0) { $0 + $1 + 2 } - 2 <= width
        return named ? whole : context.fitting(counts, in: width)
    }

    private var counts: [CountText] {
        [
            context.count(
                state.lostWrites, before: before?.lostWrites, .lost, context.text("lost", "perdidas")),
            context.count(
                state.unsavedWrites, before: before?.unsavedWrites, .dirty,
                context.text("in memory", "en memoria")),
            context.count(
                state.durableWrites, before: before?.durableWrites, .ok, context.text("durable", "a salvo")),
        ]
    }

    private var coalesced: [CountText] {
        guard state.coalesced > 0 || (before?.coalesced ?? 0) > 0 else { return [] }
        let words = StyledText(context.text("coalesced ", "fusionadas "), .muted)
        return [CountText(long: words + context.count(state.coalesced, before: before?.coalesced), short: [])]
    }

    private func flushes(width: Int) -> StyledText {
        var parts: [StyledText] = []
        let left = state.dirty.count { $0.isFlushing }
        if let under = state.flushing.first, left > 0 {
            let left = numbers.count(left)
            let length = now.nanoseconds - under.from.nanoseconds
            let since = numbers.duration(length)
            let words =
                length > 0
                ? context.text("flushing \(left) for \(since)", "volcando \(left) desde hace \(since)")
                : context.text("flushing \(left)", "volcando \(left)")
            parts.append(StyledText(words, Style(.wait, .bold)))
        } else if let last = state.lastFlush {
            let ago = numbers.duration(now.nanoseconds - (last.to ?? last.from).nanoseconds)
            parts.append(StyledText(context.text("last flush \(ago) ago", "último volcado hace \(ago)")))
            parts[0].append(": " + keys(last.flushed), .muted)
            if last.failed > 0 {
                let failed = numbers.count(last.failed)
                parts[0].append(context.text(", \(failed) failed", ", \(failed) fallidas"), Style(.fail, .bold))
            }
        } else {
            parts.append(StyledText(context.text("no flush yet", "aún sin volcados"), .muted))
        }
        if let next = state.nextFlush {
            let left = numbers.duration(next.nanoseconds - now.nanoseconds)
            parts.append(StyledText(context.text("next in \(left)", "el siguiente en \(left)"), Style(.text, .bold)))
        }
        let whole = parts.dropFirst().reduce(parts[0]) { $0 + "   " + $1 }
        return whole.width <= width ? whole : parts[parts.count - 1]
    }

    private func keys(_ count: Int) -> String {
        context.counted(count, ("key", "keys"), ("clave", "claves"))
    }

    // MARK: Crashes

    /// What each crash took, the last one first: `12.000 s  a crash lost 7 keys: order-1 order-4 …`.
    private func crashes(width: Int) -> [StyledText] {
        var crashes: [(time: VirtualTime, keys: [NameID])] = []
        for loss in state.losses {
            if crashes.last?.time != loss.time { crashes.append((loss.time, [])) }
            crashes[crashes.count - 1].keys.append(loss.key)
        }
        return crashes.reversed().prefix(Self.mostCrashes).map { crash in
            var text = StyledText("\(glyphs[.lost]) ", Style(.fail, .bold))
            text.append(numbers.moment(crash.time) + "  ", .muted)
            let count = keys(crash.keys.count)
            text.append(context.text("a crash lost \(count)", "una caída perdió \(count)"), Style(.fail, .bold))
            let names = crash.keys.prefix(Self.mostKeys).map { context.trace.name($0) }
            text.append(": " + names.joined(separator: " "), .muted)
            return text
        }
    }
}
