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

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }
    private var now: VirtualTime { context.cursor.time }
    private var isBack: Bool { state.strategy == "back" || !state.dirty.isEmpty }

    private static let mostKeys = 40
    private static let fewKeys = 3
    /// From this width on the chart stands beside the lines.
    private static let wide = 100
    private static let mostCrashes = 6
    private static let lowestChart = 7
    /// From this height on keys leave room for the chart.
    private static let high = 20

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
        var area = rect
        if isBack, rect.width >= Self.wide { area.width = rect.width * 5 / 9 }
        let end = lines(width: area.width, height: area.height)
            .draw(in: area, into: &frame, ellipsis: glyphs.ellipsis)
        // The chart stands beside the lines, or below them.
        let rest =
            area.width < rect.width
            ? Rect(x: area.maxX + 3, y: rect.y, width: rect.maxX - area.maxX - 3, height: rect.height)
            : Rect(x: rect.x, y: end + 1, width: rect.width, height: max(0, rect.maxY - end - 1))
        guard isBack, rest.height >= Self.lowestChart else { return }
        frame.draw(chart(width: rest.width), in: rest.intersection(frame.bounds), glyphs: glyphs)
    }

    private func lines(width: Int, height: Int) -> FittingLines {
        var lines = FittingLines()
        for (place, text) in heading(width: width).enumerated() { lines.add(text, 20 - place) }
        lines.add(path(width: width), 12)
        if isBack {
            lines.add(bar(width: width), 13)
            lines.add(context.fitting(counts, in: width), 15)
            lines.add(flushes(width: width), 14)
        } else {
            lines.add(written, 15)
        }
        for (place, text) in crashes(width: width).enumerated() { lines.add(text, max(6, 11 - place)) }
        guard !state.dirty.isEmpty else { return lines }
        let words = context.text("in memory only, the oldest first", "solo en memoria, primero lo más antiguo")
        lines.add(StyledText(), 0)
        lines.add(StyledText(words, .muted), 4)
        // As many as fit, and how many do not.
        let chart = height >= Self.high && width < Self.wide ? Self.lowestChart + 2 : 0
        let most = max(Self.fewKeys, min(Self.mostKeys, height - lines.count - chart + 1))
        let shown = state.dirty.count <= most ? state.dirty[...] : state.dirty.prefix(most - 1)
        let name = shown.map { Text.width(context.trace.name($0.key)) }.max() ?? 0
        for (place, key) in shown.enumerated() {
            lines.add(line(key, name: min(name, 20, max(6, width / 2))), place < Self.fewKeys ? 10 : 5)
        }
        if shown.count < state.dirty.count {
            let more = numbers.count(state.dirty.count - shown.count)
            lines.add(StyledText(context.text("  and \(more) more", "  y \(more) más"), .muted), 9)
        }
        return lines
    }

    // MARK: What the strategy is

    private func heading(width: Int) -> [StyledText] {
        var left = isAlone ? StyledText() : context.component(state.cache) + "  "
        left.append(strategy, Style(.text, .bold))
        if isBack, let every = state.settings["flush"] {
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
        let number = numbers.count(count)
        let words =
            count == 1
            ? context.text("a crash now loses 1 key", "si cae ahora pierde 1 clave")
            : context.text("a crash now loses \(number) keys", "si cae ahora pierde \(number) claves")
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

    private var lostWrites: Int { state.losses.reduce(0) { $0 + $1.writes } }
    private var durable: Int { max(0, state.written - state.unsavedWrites - lostWrites) }

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
        let parts = Self.shares([durable, state.unsavedWrites, lostWrites], of: room)
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

    private var counts: [CountText] {
        let old = before
        let wasLost = old.map { $0.losses.reduce(0) { $0 + $1.writes } }
        let wasDurable = old.map { max(0, $0.written - $0.unsavedWrites - (wasLost ?? 0)) }
        var parts = [
            context.count(
                lostWrites, before: wasLost, .lost, context.text("lost", "perdidas")),
            context.count(
                state.unsavedWrites, before: old?.unsavedWrites, .dirty,
                context.text("in memory only", "solo en memoria")),
            context.count(durable, before: wasDurable, .ok, context.text("durable", "a salvo")),
        ]
        if state.coalesced > 0 || (old?.coalesced ?? 0) > 0 {
            let words = StyledText(context.text("coalesced ", "fusionadas "), .muted)
            parts.append(CountText(long: words + context.count(state.coalesced, before: old?.coalesced), short: []))
        }
        return parts
    }

    private func flushes(width: Int) -> StyledText {
        var parts: [StyledText] = []
        let left = state.dirty.count { $0.isFlushing }
        if let under = state.flushing.first, left > 0 {
            let left = numbers.count(left)
            let since = numbers.duration(now.nanoseconds - under.from.nanoseconds)
            let words = context.text("flushing \(left) for \(since)", "volcando \(left) desde hace \(since)")
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
        count == 1
            ? context.text("1 key", "1 clave")
            : context.text("\(numbers.count(count)) keys", "\(numbers.count(count)) claves")
    }

    // MARK: Keys

    /// `✱ order-12   3.2 s  ×3`
    private func line(_ key: WriteState.DirtyKey, name: Int) -> StyledText {
        let isSelected = context.selectedKey(of: state.cache) == key.key
        var text = StyledText("\(glyphs[.dirty]) ", Style(Mark.dirty.role, .bold))
        text.append(
            Text.pad(context.trace.name(key.key), to: name, ellipsis: glyphs.ellipsis),
            isSelected ? Style(.selection, [.bold, .reverse]) : Style(.text, .bold))
        let age = numbers.duration(key.age(at: now))
        text.append("  " + Text.pad(age, to: max(7, Text.width(age)), .right), .muted)
        if key.writes > 1 {
            let count = numbers.count(key.writes)
            text.append("  " + context.text("\(count) writes", "\(count) escrituras"), .muted)
        }
        if key.isFlushing { text.append("  " + context.text("being flushed", "volcándose"), Style(.wait)) }
        if key.failures > 0 {
            let count = "\(glyphs.times)\(numbers.count(key.failures))"
            text.append("  \(glyphs[.failed]) " + context.text("failed \(count)", "falló \(count)"), Style(.fail))
        }
        if !key.isInCache { text.append("  " + context.text("evicted", "desalojada"), Style(.warn)) }
        return text
    }

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

    // MARK: Chart

    /// Dirty keys over the whole run.
    private func chart(width: Int) -> LineChart {
        let runs = [context.run, context.earlier, context.peer].compactMap { $0 }
        let end = runs.map(\.trace.end).max() ?? .zero
        var series = [
            LineChart.Series(
                context.text("after", "después"), points(in: context.run, state.cache, at: context.cursor, width, end),
                style: Style(context.earlier == nil ? context.trace.hue(of: state.cache) : .after, .bold))
        ]
        if let earlier = context.earlier, let name = earlier.trace.names.find(context.trace.name(state.cache)) {
            let old = points(in: earlier, name, at: context.cursor(in: earlier), width, end)
            series.insert(LineChart.Series(context.text("before", "antes"), old, style: Style(.before)), at: 0)
        }
        let most = runs.compactMap { run in
            run.trace.names.find(context.trace.name(state.cache)).map { run.caches.mostDirty(in: $0) }
        }.max()
        return LineChart(
            context.text("keys in memory only", "claves solo en memoria"), series, xRange: 0...max(end.seconds, 1e-9),
            yRange: Axis(containing: [Double(most ?? 1)], ticks: 4).range, xUnit: "s", cursor: now.seconds,
            decimalSign: numbers.decimalSign)
    }

    private func points(
        in run: RunView, _ cache: NameID, at cursor: Cursor, _ width: Int, _ end: VirtualTime
    ) -> [LineChart.Place] {
        let series = CacheSeries(
            run.index, cache: cache, from: .zero, to: end, count: max(20, min(width * 2, 200)), cursor: cursor)
        return series.buckets.map { .init(min($0.to, cursor.time).seconds, Double($0.dirty)) }
    }
}
