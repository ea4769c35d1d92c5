import Analysis
import TerminalKit
import Trace

/// A bar and the figures of each cache, the highest hit ratio first.
///
///     ● sieve  ████████████████▎░░░░░░░░  65.0 %   650 hits   350 misses
///     ◆ lru    ███████████████▌░░░░░░░░░  62.4 %   624 hits   376 misses
struct HitTable {
    let context: PanelContext
    private let rows: [Row]
    private let shown: Int

    private struct Row {
        var place: Int
        var cache: NameID
        var now: CacheMetrics?
        var before: CacheMetrics?
    }

    private static let longestName = 16
    private static let longestBar = 40

    init(_ context: PanelContext, caches: [NameID], shown: Int) {
        self.context = context
        let metrics = context.cacheMetrics()
        let earlier = context.earlierCacheMetrics()
        let rows = caches.enumerated().map { place, cache in
            let now = metrics.first { $0.id == cache }
            return Row(place: place, cache: cache, now: now, before: earlier.first { $0.name == now?.name })
        }
        self.rows = rows.sorted {
            let (left, right) = ($0.now?.hitRatio ?? -1, $1.now?.hitRatio ?? -1)
            return left != right ? left > right : $0.place < $1.place
        }
        self.shown = self.rows.firstIndex { $0.place == shown } ?? 0
    }

    func draw(in rect: Rect, into frame: inout Frame) {
        guard !rect.isEmpty else { return }
        var y = rect.y
        let columns = columns(width: rect.width)
        if rect.height > rows.count, rect.width >= 30 {
            frame.write(heading(columns, width: rect.width), x: rect.x, y: y, clip: rect)
            y += 1
        }
        for place in Scroll(total: rows.count, visible: rect.maxY - y, showing: shown).range {
            let text = line(rows[place], columns, width: rect.width)
            frame.write(text.truncated(to: rect.width, ellipsis: context.glyphs.ellipsis), x: rect.x, y: y, clip: rect)
            y += 1
        }
    }

    // MARK: Columns

    private struct Column {
        var name: String
        var width: Int
        var importance: Int
        var text: (Row) -> StyledText
    }

    private static let shortestBar = 6

    /// After the ratio, the most important ones that leave room for a bar.
    private func columns(width: Int) -> [Column] {
        func counted(_ name: String, _ kind: CacheCount, _ importance: Int) -> Column? {
            let texts = rows.map { self.count($0, kind) }
            guard rows.contains(where: { ($0.now?[kind] ?? 0) + ($0.before?[kind] ?? 0) > 0 }) else { return nil }
            let width = max(Text.width(name), texts.map(\.width).max() ?? 0)
            return Column(name: name, width: width, importance: importance) { self.count($0, kind) }
        }
        let wanted = [
            counted(context.text("hits", "aciertos"), .hits, 4),
            counted(context.text("misses", "fallos"), .misses, 3),
            counted(context.text("stale", "desfas."), .stale, 5),
            counted(context.text("evicted", "desaloj."), .evictions, 2),
            counted(context.text("expired", "caduc."), .expired, 1),
        ].compactMap(\.self)
        var room = width - nameWidth(width) - ratioWidth - 4 - Self.shortestBar
        let kept = wanted.indices.sorted { wanted[$0].importance > wanted[$1].importance }.prefix { place in
            room -= wanted[place].width + 2
            return room >= 0
        }
        return kept.sorted().map { wanted[$0] }
    }

    private func count(_ row: Row, _ kind: CacheCount) -> StyledText {
        context.count(row.now?[kind] ?? 0, before: row.before?[kind], style: .text)
    }

    private func ratio(_ row: Row) -> StyledText { context.ratio(row.now, before: row.before) }

    private var ratioWidth: Int { max(7, rows.map { ratio($0).width }.max() ?? 0) }

    private func nameWidth(_ width: Int) -> Int {
        let longest = rows.map { Text.width(context.trace.name($0.cache)) }.max() ?? 0
        return min(longest, Self.longestName, max(4, width / 4))
    }

    private func barWidth(_ columns: [Column], width: Int) -> Int {
        let used = 2 + nameWidth(width) + 1 + 1 + ratioWidth + columns.reduce(0) { $0 + $1.width + 2 }
        return min(Self.longestBar, max(0, width - used))
    }

    // MARK: Lines

    private func heading(_ columns: [Column], width: Int) -> StyledText {
        let before = 2 + nameWidth(width) + 1 + barWidth(columns, width: width) + 1
        let name = Text.pad(context.text("cache", "caché"), to: before, ellipsis: context.glyphs.ellipsis)
        var text = StyledText(name, .muted)
        let ratio = context.text("ratio", "tasa")
        text.append(Text.pad(ratio, to: max(ratioWidth, Text.width(ratio)), .right), .muted)
        for column in columns { text.append("  " + Text.pad(column.name, to: column.width, .right), .muted) }
        return text
    }

    private func line(_ row: Row, _ columns: [Column], width: Int) -> StyledText {
        let glyphs = context.glyphs
        let isChosen = row.cache == selectedCache
        let hue = Style(context.trace.hue(of: row.cache), .bold)
        // One line alone needs no sign to be told from others.
        let sign = rows.count > 1 && context.earlier == nil ? glyphs.markers[row.place % glyphs.markers.count] : " "
        var text = StyledText("\(sign) ", hue)
        let name = Text.pad(context.trace.name(row.cache), to: nameWidth(width), ellipsis: glyphs.ellipsis)
        text.append(name, isChosen ? Style(.selection, [.bold, .reverse]) : hue)
        text.append(" ")
        text += bar(row, width: barWidth(columns, width: width), hue.role)
        text += right(ratio(row), to: ratioWidth + 1)
        for column in columns { text += right(column.text(row), to: column.width + 2) }
        return text
    }

    private var selectedCache: NameID? {
        context.selection.event.flatMap { context.trace[$0] }?.component
    }

    private func right(_ text: StyledText, to width: Int) -> StyledText {
        StyledText(String(repeating: " ", count: max(0, width - text.width))) + text
    }

    /// Where the bar ended before the change is marked on it.
    private func bar(_ row: Row, width: Int, _ role: Role) -> StyledText {
        guard width >= 4 else { return StyledText(String(repeating: " ", count: width)) }
        let bar = Bar(row.now?.hitRatio ?? 0).text(width: width, glyphs: context.glyphs)
        var cells = bar.filled.map { TerminalKit.Span(String($0), Style(role)) }
        cells += bar.empty.map { TerminalKit.Span(String($0), Style(.border)) }
        if let before = row.before?.hitRatio, before != row.now?.hitRatio {
            let place = min(width - 1, Int((before * Double(width)).rounded(.down)))
            cells[place] = TerminalKit.Span(String(context.glyphs.heavyVertical), Style(.before, .bold))
        }
        return cells.reduce(into: StyledText()) { $0.append($1.text, $1.style) }
    }
}
