import Analysis
import TerminalKit
import Trace

/// Bars that say which service bounds a request's latency at each moment: every service by a letter of its name.
struct RequestBars {
    private let context: PanelContext
    /// Of the slowest request shown, in nanoseconds.
    private let longest: Int64
    private let letters: [(name: NameID, letter: Character)]

    init(_ context: PanelContext, _ requests: [RequestInfo]) {
        self.context = context
        longest = max(1, requests.compactMap(\.latency).max() ?? 1)
        var used: Set<Character> = []
        letters = context.trace.components.filter { $0.kind == .backend || $0.kind == .cache }.compactMap { component in
            let name = context.trace.name(component.name).lowercased().filter { $0.isASCII && $0.isLetter }
            let others = "abcdefghijklmnopqrstuvwxyz0123456789"
            guard let letter = (name + others).first(where: { !used.contains($0) }) else { return nil }
            used.insert(letter)
            return (component.name, letter)
        }
    }

    func draw(_ request: RequestInfo, in rect: Rect, clip: Rect, into frame: inout Frame) {
        guard rect.width > 0, let latency = request.latency else { return }
        let path = context.index.criticalPath(of: request.id)
        let width = max(1, Int((Double(latency) / Double(longest) * Double(rect.width)).rounded()))
        var place = path.segments.startIndex
        for column in 0..<width {
            let share = (Double(column) + 0.5) / Double(width)
            let moment = request.start.advanced(byNanoseconds: Int64(share * Double(latency)))
            while place < path.segments.count, path.segments[place].to <= moment { place += 1 }
            guard place < path.segments.count else { return }
            let (sign, style) = cell(path.segments[place])
            frame.write(String(sign), x: rect.x + column, y: rect.y, style: style, clip: clip)
        }
    }

    private func cell(_ segment: CriticalPath.Segment) -> (Character, Style) {
        guard let span = context.index.span(segment.span), span.kind == .call || span.kind == .cacheLookup,
            let letter = letters.first(where: { $0.name == span.component })?.letter
        else {
            return segment.phase == .wait
                ? (context.glyphs[.waiting], Style(.wait)) : (context.glyphs.horizontal, Style(.border))
        }
        return (letter, Style(context.trace.hue(of: span.component), segment.phase == .queue ? [] : .bold))
    }

    /// `s sql  c cosmos`, as far as there is room.
    func legend(width: Int) -> StyledText {
        var text = StyledText()
        for (name, letter) in letters {
            let word = context.trace.name(name)
            guard text.width + Text.width(word) + 4 <= width else { break }
            if !text.isEmpty { text.append("  ") }
            text.append(String(letter), Style(context.trace.hue(of: name), .bold))
            text.append(" \(word)", .muted)
        }
        return text
    }
}
