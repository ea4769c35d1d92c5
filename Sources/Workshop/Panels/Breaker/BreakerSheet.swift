import Analysis
import TerminalKit
import Trace

/// What stands under the diagram of a breaker, or instead of it where there is no room for one.
struct BreakerSheet {
    let context: PanelContext
    let layer: LayerInfo
    let state: BreakerState
    let others: [LayerInfo]

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }
    private var words: BreakerWords { BreakerWords(context: context, state: state) }

    var heading: StyledText { context.layerName(layer) }

    /// The same breaker before the change, at the same moment.
    private var before: BreakerState? {
        guard let earlier = context.earlier, let name = context.counterpart(of: layer.id, in: earlier) else {
            return nil
        }
        return BreakerState(earlier.index, name, at: context.cursor(in: earlier))
    }

    var diagram: BreakerDiagram {
        var names: [BreakerDiagram.State: String] = [:]
        for state in BreakerDiagram.State.allCases { names[state] = BreakerWords.name(state, context) }
        var counts: [BreakerDiagram.Way: Int] = [:]
        for way in BreakerDiagram.Way.allCases { counts[way] = state.passage(way.arrow).count }
        return BreakerDiagram(
            rules: words.rules, counts: counts,
            last: state.last.flatMap { last in BreakerDiagram.Way.allCases.first { $0.arrow == last.arrow } },
            state: BreakerDiagram.State(state.position), names: names, glyphs: glyphs, numbers: numbers)
    }

    // MARK: Lines

    func lines(width: Int, isCompact: Bool) -> FittingLines {
        var lines = FittingLines()
        let before = before
        let labels = Labels(context, width: width)
        if isCompact {
            let name = width >= 34 ? StyledText("  ") + heading : StyledText()
            lines.add(words.position + name, 10)
        } else if state.position == .disabled || words.isForced {
            lines.add(labels.line(labels.state, words.position), 10)
        }
        if let before, before.position != state.position {
            let old = BreakerWords(context: context, state: before).position
            lines.add(labels.line(labels.before, StyledText(old.plain, Style(.before))), 6)
        }
        if state.position == .open, let left = state.timeLeft {
            lines.add(
                left > 0
                    ? labels.line(labels.trialIn, wait(left, width: width - labels.width))
                    : labels.line(labels.trial, nextCall), 9)
        }
        if let reason = shownChange {
            var why = words.reason(reason, width: width - labels.width)
            if reason.event != state.last?.event { why = StyledText(why.plain, Style(.selection, .bold)) }
            lines.add(labels.line(labels.why, why), state.position == .closed ? 6 : 9)
        }
        let window = window(width: width - labels.width)
        for (row, cells) in window.enumerated() {
            // The last row says how near the threshold is.
            let importance = row == window.count - 1 ? 8 : row == 0 ? 5 : 1
            lines.add(labels.line(row == 0 ? labels.window : "", cells), importance)
        }
        lines.add(labels.line(labels.calls, context.fitting(counts(before), in: width - labels.width)), 6)
        if let strip = BreakerStrip(context, layer: layer.id).text(width: width - labels.width) {
            lines.add(labels.line(labels.time, strip), 3)
            if context.isZoomed { lines.add(labels.line("", BreakerStrip.legend(context)), 1) }
        }
        addHistory(to: &lines, labels, width: width)
        if !others.isEmpty {
            lines.add(StyledText(), 0)
            let names = others.map { Text.width(context.trace.name($0.id)) }.max() ?? 0
            for other in others { lines.add(line(of: other, nameWidth: min(names, width / 2)), 5) }
        }
        return lines
    }

    /// The words before the lines, all as wide as the widest.
    private struct Labels {
        let state, before, trial, trialIn, why, window, calls, time: String
        let width: Int

        init(_ context: PanelContext, width: Int) {
            state = context.text("state", "estado")
            before = context.text("before", "antes")
            trial = context.text("trial", "prueba")
            trialIn = context.text("trial in", "prueba en")
            why = context.text("why", "motivo")
            window = context.text("window", "ventana")
            calls = context.text("calls", "llamadas")
            time = context.text("so far", "historia")
            let longest = [state, before, trialIn, why, window, calls, time].map { Text.width($0) }.max() ?? 0
            self.width = width >= 30 ? longest + 2 : 0
        }

        func line(_ label: String, _ text: StyledText) -> StyledText {
            width == 0 ? text : StyledText(Text.pad(label, to: width), .muted) + text
        }
    }

    /// The selected change, if it is one of this breaker, else the last one.
    private var shownChange: BreakerState.Transition? {
        guard let selected = context.selection.event, context.cursor.includes(selected) else { return state.last }
        return changed(by: selected)?.last ?? state.last
    }

    private var nextCall: StyledText {
        StyledText(context.text("with the next call", "con la próxima llamada"), Style(.warn, .bold))
    }

    /// How long until calls may try again.
    private func wait(_ left: Int64, width: Int) -> StyledText {
        let total = context.trace[state.last?.event ?? .none]?.value ?? left
        let time = numbers.duration(left)
        let bar = Bar(Double(left) / Double(max(1, total))).text(
            width: min(30, width - Text.width(time) - 1), glyphs: glyphs)
        var text = StyledText(bar.filled, Style(.fail))
        text.append(bar.empty, Style(.border))
        text.append(text.isEmpty ? time : " \(time)", Style(.text, .bold))
        return text
    }

    private func counts(_ before: BreakerState?) -> [CountText] {
        [
            context.count(
                state.rejected, before: before?.rejected, .rejected, context.text("failed fast", "rechazadas")),
            context.count(state.passed, before: before?.passed, .ok, context.text("passed", "pasan")),
        ]
    }

    // MARK: The window

    private func cell(_ result: BreakerState.Result) -> (Character, Style) {
        let mark: Mark = result.outcome == .ok ? (result.isSlow ? .slow : .ok) : .failed
        let isSelected = result.request == context.selection.request || result.event == context.selection.event
        return (glyphs[mark], isSelected ? Style(.selection, [.bold, .reverse]) : Style(mark.role, .bold))
    }

    /// The results, oldest first, and how near they are to the threshold. In a second and third line, older ones.
    private func window(width: Int) -> [StyledText] {
        let measure = words.measures(width: width)
        guard !state.window.isEmpty else {
            return [measure.isEmpty ? StyledText(context.text("no result yet", "aún sin resultados"), .muted) : measure]
        }
        let room = width - measure.width - 2
        if room >= 6, state.window.count <= room || !context.isZoomed {
            return [cells(state.window[...], width: min(room, 40)) + StyledText("  ") + measure]
        }
        let columns = max(1, min(width, 60))
        let rows = min(context.isZoomed ? 4 : 1, (state.window.count + columns - 1) / columns)
        let shown = state.window.suffix(rows * columns)
        let first = shown.startIndex
        let lines = (0..<rows).map { row in
            let start = first + row * columns
            return cells(state.window[start..<min(start + columns, state.window.count)], width: columns)
        }
        return measure.isEmpty ? lines : lines + [measure]
    }

    /// The newest of them, with a sign for those before.
    private func cells(_ results: ArraySlice<BreakerState.Result>, width: Int) -> StyledText {
        var text = StyledText()
        let isCut = results.count > width
        if isCut { text.append(String(glyphs.ellipsis), .muted) }
        for result in results.suffix(isCut ? max(0, width - 1) : width) {
            let (glyph, style) = cell(result)
            text.append(String(glyph), style)
        }
        return text
    }

    // MARK: The others

    private func line(of other: LayerInfo, nameWidth: Int) -> StyledText {
        guard let state = BreakerState(context.index, other.id, at: context.cursor) else { return StyledText() }
        let words = BreakerWords(context: context, state: state)
        let name = context.layerName(other).truncated(to: nameWidth, ellipsis: glyphs.ellipsis)
        var text = name + StyledText(String(repeating: " ", count: nameWidth - name.width + 2)) + words.position
        if let left = state.timeLeft, left > 0 { text.append("  \(numbers.duration(left))") }
        text.append("  \(glyphs[.rejected]) \(numbers.count(state.rejected))", state.rejected > 0 ? .text : .muted)
        return text + StyledText("  ") + StyledText(words.measure.plain, .muted)
    }

    // MARK: What happened

    /// The last changes, newest first, where there is room: when, to which state, why.
    private func addHistory(to lines: inout FittingLines, _ labels: Labels, width: Int) {
        let changes = context.run.policies.changes(of: layer.id)
            .filter { $0.kind != .layerConfigured && context.cursor.includes($0.event) }
        guard changes.count >= 2 else { return }
        lines.add(StyledText(), 0)
        let times = max(labels.width, 10)
        let states = Text.width(BreakerWords.name(.halfOpen, context)) + 2
        for change in changes.suffix(context.isZoomed ? 12 : 5).reversed() {
            guard let then = changed(by: change.event), let last = then.last else { continue }
            let words = BreakerWords(context: context, state: then)
            var text = StyledText(Text.pad(numbers.moment(change.time), to: times), .muted)
            let state = words.position
            text += state + StyledText(String(repeating: " ", count: max(2, states - state.width + 2)))
            text += words.cause(last, width: width - text.width)
            let isSelected = change.event == context.selection.event
            lines.add(
                isSelected ? StyledText(text.plain, Style(.selection, .bold)) : text, context.isZoomed ? 2 : 0)
        }
    }

    /// The breaker right after one of its changes; `nil`: the event is none.
    private func changed(by event: EventID) -> BreakerState? {
        let then = BreakerState(context.index, layer.id, at: context.trace.cursor(after: event), cells: 1)
        return then?.last?.event == event ? then : nil
    }
}

extension BreakerDiagram.Way {
    var arrow: BreakerState.Arrow {
        switch self {
        case .trip: .closedToOpen
        case .wait: .openToHalfOpen
        case .recover: .halfOpenToClosed
        case .relapse: .halfOpenToOpen
        }
    }
}
