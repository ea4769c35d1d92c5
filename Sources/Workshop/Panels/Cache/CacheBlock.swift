import Analysis
import TerminalKit
import Trace

/// One cache at a moment.
///
///     LRU  2 of 2           1 hit  4 misses  20.0 %
///       user:1   ████████ 60 s
///     ↓ user:3   ██████▏░ 48 s   next out
///
///     user:3   MISS  in, user:1 out
///     user:1   MISS  in, user:2 out
struct CacheBlock {
    let context: PanelContext
    let picture: CachePicture
    let metrics: CacheMetrics?
    let before: CacheMetrics?
    /// Whether it is the only one: the panel's note has its name then.
    let isAlone: Bool

    private var state: CacheState { picture.state }
    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    /// Look-ups that a cache with few entries leaves room for.
    private static let shortStory = 3
    /// From this width on the look-ups stand beside the contents.
    private static let wide = 100
    private static let storyWidth = 38
    /// More columns than this set a cache of a few entries too far apart.
    private static let comfortable = 84
    /// A few entries read best a line each.
    private static let mostRows = 16

    init?(
        _ context: PanelContext, _ cache: NameID, _ metrics: [CacheMetrics], _ before: [CacheMetrics], isAlone: Bool
    ) {
        guard let state = CacheState(context.index, cache, at: context.cursor) else { return nil }
        self.context = context
        picture = CachePicture(context, state)
        self.metrics = metrics.first { $0.id == cache }
        self.before = before.first { $0.name == context.trace.name(cache) }
        self.isAlone = isAlone
    }

    func draw(in rect: Rect, into frame: inout Frame) {
        guard !rect.isEmpty else { return }
        guard rect.height > 1 else {
            let line = line(width: rect.width).truncated(to: rect.width, ellipsis: glyphs.ellipsis)
            return write([line], in: rect, into: &frame)
        }
        var left = rect
        let isSmall = picture.placeCount <= Self.mostRows
        if isSmall { left.width = min(left.width, Self.comfortable) }
        if rect.width >= Self.wide, !isSmall {
            left.width -= Self.storyWidth + 3
            let right = Rect(x: left.maxX + 3, y: rect.y, width: Self.storyWidth, height: rect.height)
            write(CacheStory(context, state.cache).lines(right.height, width: right.width), in: right, into: &frame)
        }
        let hasStory = isSmall || left.width == rect.width
        write(lines(width: left.width, height: left.height, hasStory: hasStory), in: left, into: &frame)
    }

    private func write(_ lines: [StyledText], in rect: Rect, into frame: inout Frame) {
        for (row, text) in lines.prefix(rect.height).enumerated() {
            frame.write(text, x: rect.x, y: rect.y + row, clip: rect)
        }
    }

    private func lines(width: Int, height: Int, hasStory: Bool) -> [StyledText] {
        var lines = heading(width: width, isHigh: height >= 8)
        let story = CacheStory(context, state.cache)
        // One line for what happened last, and one for what happens next.
        let least = hasStory ? 1 : 0
        let hasPointers = height - lines.count >= 3 + least
        let room = height - lines.count - least - (hasPointers ? 1 : 0)
        let contents = contents(width: width, room: room, spare: hasStory ? Self.shortStory - least : 0)
        lines += contents.lines
        let free = { height - lines.count }
        if hasPointers { lines.append(pointers(width: width, size: contents.size)) }
        let legend = legend(contents.form, width: width)
        if !legend.isEmpty, free() >= (hasStory ? 5 : 2) { lines.append(legend) }
        if free() >= 4 { lines.append(StyledText()) }
        if hasStory { lines += story.lines(free(), width: width) }
        return lines
    }

    /// In the richest form that fits.
    private func contents(width: Int, room: Int, spare: Int) -> (lines: [StyledText], form: CacheForm, size: Int) {
        for form in CacheForm.all {
            let drawing = CacheDrawing(picture: picture, width: width, form: form)
            guard let height = drawing.height else { continue }
            let isRich = form == .rows
            if isRich, picture.placeCount > Self.mostRows { continue }
            guard height <= room - (isRich ? spare : 0) else { continue }
            let size = if case .heat(let size) = form { size } else { 1 }
            return (drawing.lines, form, size)
        }
        return ([], .heat(1), 1)
    }

    // MARK: Numbers

    private func heading(width: Int, isHigh: Bool) -> [StyledText] {
        let left = title
        for right in [counts, shortCounts] where left.width + 2 + right.width <= width {
            return [left + StyledText(String(repeating: " ", count: width - left.width - right.width)) + right]
        }
        func cut(_ text: StyledText) -> StyledText { text.truncated(to: width, ellipsis: glyphs.ellipsis) }
        guard isHigh else { return [cut(left + "  " + context.ratio(metrics, before: before))] }
        return [cut(left), cut(counts.width <= width ? counts : shortCounts)]
    }

    /// `LRU  2 of 2`
    private var title: StyledText {
        var text = isAlone ? StyledText() : context.component(state.cache) + "  "
        let rule = state.eviction.map(Words.eviction) ?? ""
        if !rule.isEmpty { text.append("\(rule)  ", Style(.text, .bold)) }
        text.append(size, state.isFull ? Style(.text, .bold) : .text)
        return text
    }

    private var size: String {
        let count = numbers.count(picture.entryCount)
        guard let capacity = state.capacity else { return context.entriesText(picture.entryCount) }
        return context.text("\(count) of \(numbers.count(capacity))", "\(count) de \(numbers.count(capacity))")
    }

    private func count(_ kind: CacheCount, _ one: String, _ several: String) -> StyledText {
        let number = metrics?[kind] ?? 0
        return context.count(number, before: before?[kind])
            + StyledText(" " + (number == 1 ? one : several), .muted)
    }

    private var counts: StyledText {
        count(.hits, context.text("hit", "acierto"), context.text("hits", "aciertos")) + "  "
            + count(.misses, context.text("miss", "fallo"), context.text("misses", "fallos")) + "  "
            + context.ratio(metrics, before: before, Style(.cache, .bold))
    }

    private var shortCounts: StyledText {
        let hits = metrics?.hits ?? 0
        let all = hits + (metrics?.misses ?? 0)
        return StyledText("\(numbers.count(hits))/\(numbers.count(all))  ", .muted)
            + context.ratio(metrics, before: before, Style(.cache, .bold))
    }

    /// The whole of it in one line.
    func line(width: Int, isShown: Bool = false) -> StyledText {
        let name = Text.truncate(context.trace.name(state.cache), to: max(6, width / 3), ellipsis: glyphs.ellipsis)
        var text = StyledText(isShown ? "\(glyphs[.selected]) " : "  ", Style(.selection, .bold))
        let padded = Text.pad(name, to: min(14, max(6, width / 3)), ellipsis: glyphs.ellipsis)
        text.append(padded, Style(context.trace.hue(of: state.cache), .bold))
        let tail = StyledText(" ") + context.ratio(metrics, before: before) + StyledText("  \(size)", .muted)
        let room = min(width - text.width - tail.width - 1, 20)
        if room >= 4 {
            let bar = Bar(metrics?.hitRatio ?? 0).text(width: room, glyphs: glyphs)
            text.append(" " + bar.filled, Style(.cache))
            text.append(bar.empty, Style(.border))
        }
        return text + tail
    }

    // MARK: What is next, and what the signs mean

    private func pointers(width: Int, size: Int) -> StyledText {
        var parts: [CountText] = []
        let trace = context.trace
        func part(_ sign: Character, _ words: String, _ key: NameID, _ attributes: Attributes = []) -> StyledText {
            StyledText("\(sign) \(words) ", Style(.accent, attributes))
                + StyledText(trace.name(key), Style(.text, .bold))
        }
        if size > 1 {
            let number = numbers.count(size)
            let words = context.text("1 sign: \(number) keys", "1 signo: \(number) claves")
            parts.append(CountText(StyledText(words, .muted)))
        }
        if let key = picture.nextOut.first {
            var short = part(glyphs.downwards, context.text("next out", "sale la próxima"), key, .bold)
            for other in picture.nextOut.dropFirst() {
                short.append(context.text(" or ", " o "), .muted)
                short.append(trace.name(other), Style(.text, .bold))
            }
            let reason = ": " + context.evictionReason(key, in: state)
            parts.append(CountText(long: short + StyledText(reason, .muted), short: short))
        } else if let room = state.room, room > 0 {
            let number = numbers.count(room)
            let words = context.text("room for \(number) more", "sitio para \(number) más")
            parts.append(CountText(StyledText(words, .muted)))
        }
        if let hand = state.hand {
            parts.append(CountText(part(glyphs.rightwards, context.text("hand at", "aguja en"), hand)))
        }
        if let target = state.target {
            let words = context.text("T1 aims at", "T1 apunta a")
            parts.append(CountText(StyledText("\(words) \(numbers.count(target))", .muted)))
        }
        return context.fitting(parts, in: width).truncated(to: width, ellipsis: glyphs.ellipsis)
    }

    private func legend(_ form: CacheForm, width: Int) -> StyledText {
        guard form != .rows, picture.entryCount > 0 else { return StyledText() }
        let low = glyphs.heights[2]
        let high = glyphs.heights[7]
        let words =
            switch picture.measure {
            case .timeLeft:
                context.text("\(high) fresh  \(low) about to expire", "\(high) recientes  \(low) a punto de caducar")
            case .uses: context.text("\(high) used most  \(low) least", "\(high) más usadas  \(low) menos")
            case .isMarked: context.text("\(high) asked for again  \(low) not", "\(high) pedidas otra vez  \(low) no")
            case .recency:
                context.text("\(high) just used  \(low) unused for long", "\(high) recién usadas  \(low) hace mucho")
            case .youth:
                context.text("\(high) just loaded  \(low) here for long", "\(high) recién llegadas  \(low) antiguas")
            }
        let dirty = "  \(glyphs[.dirty]) " + context.text("memory only", "solo en memoria")
        let hasDirty = picture.state.entries.contains(where: \.isDirty)
        let whole = words + (hasDirty ? dirty : "")
        let shown = Text.width(whole) <= width ? whole : words
        return StyledText(Text.truncate(shown, to: width, ellipsis: glyphs.ellipsis), .muted)
    }
}
