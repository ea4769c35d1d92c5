import Analysis
import TerminalKit
import Trace

/// The keys that are in memory only.
extension WriteBlock {
    /// Of several caches, the scroll chooses one.
    var offset: Int { isAlone ? context.scroll : 0 }

    /// Lines for the keys, and how many of them say what they are: beside a chart, the chart grows as well.
    func keyRoom(_ free: Int, hasChart: Bool) -> (keys: Int, heading: Int) {
        let room = max(0, min(Self.mostKeys, hasChart ? (free + 1) / 2 : free))
        let heading = room >= 6 ? 2 : room >= 4 ? 1 : 0
        return (room - heading, heading)
    }

    /// The keys that are in memory only; the last line says how many follow.
    func keys(_ room: (keys: Int, heading: Int), width: Int) -> [StyledText] {
        guard !state.dirty.isEmpty, room.keys > 0 else { return [] }
        let words = context.text("in memory only, the oldest first", "solo en memoria, primero lo más antiguo")
        var lines = [StyledText(), StyledText(words, .muted)].suffix(room.heading)
        let shown = Scroll(total: state.dirty.count, visible: room.keys, offset: offset)
        let names = state.dirty[shown.range].map { Text.width(context.trace.name($0.key)) }
        let name = min(names.max() ?? 0, 20, max(6, width / 2))
        lines += state.dirty[shown.range].map { line($0, name: name) }
        let after = state.dirty.count - shown.range.upperBound
        if after > 0 {
            let more = numbers.count(after)
            lines[lines.endIndex - 1].append(context.text("   and \(more) more", "   y \(more) más"), .muted)
        }
        return Array(lines)
    }

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
}
