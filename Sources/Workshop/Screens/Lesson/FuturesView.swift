import Analysis
import Scenario
import TerminalKit
import Trace

/// Two futures side by side: the run before the last change and the run after it, and what the change did.
struct FuturesView {
    var state: any RunScreen
    var language: Language
    var settings: DisplaySettings
    var glyphs: Glyphs { settings.glyphs }
    private var numbers: NumberText { NumberText(language, glyphs.repertoire) }

    func draw(_ layout: LessonLayout, on frame: inout Frame) {
        if let kind = layout.panels.first?.kind { draw(kind, in: layout.body, on: &frame) }
    }

    func draw(_ kind: PanelKind, in body: Rect, on frame: inout Frame) {
        guard let player = state.player, let earlier = player.earlier,
            var context = state.context(for: kind, language, settings)
        else { return }
        let areas = Self.areas(body)
        var area = areas.panel
        let difference = areas.difference
        let panel = Panels.panel(kind)
        if panel.showsBothFutures {
            draw(kind, context, panel.title(context), panel.note(context), in: area, on: &frame)
            return drawDifference(player, in: difference, on: &frame)
        }
        context.earlier = nil
        context.peer = earlier
        let left = area.cutLeft(area.width / 2)
        var old = context
        old.run = earlier
        old.peer = context.run
        old.isFocused = false
        old.cursor = context.cursor(in: earlier)
        let changes = player.history.changes.map { player.document.scenario.controls.phrase($0.action, numbers) }
        let change = player.isEdited ? Words.edited(language) : changes.last ?? ""
        let before = player.isEdited ? Words.notEdited(language) : changes.dropLast().last ?? Words.asWritten(language)
        let name = panel.title(context)
        draw(kind, old, "\(Words.before(language)) \(glyphs.separator) \(before)", name, in: left, on: &frame)
        draw(kind, context, "\(Words.after(language)) \(glyphs.separator) \(change)", name, in: area, on: &frame)
        drawDifference(player, in: difference, on: &frame)
    }

    /// Where the panel of both futures stands, and what the change did.
    private static func areas(_ body: Rect) -> (panel: Rect, difference: Rect) {
        var area = body
        let difference = area.cutBottom(min(7, area.height / 2))
        return (area, difference)
    }

    /// The one panel that is shown of both.
    static func slots(_ layout: LessonLayout) -> [LessonLayout.Slot] {
        layout.panels.prefix(1).map { LessonLayout.Slot(kind: $0.kind, rect: areas(layout.body).panel) }
    }

    private func draw(
        _ kind: PanelKind, _ context: PanelContext, _ title: String, _ note: String, in area: Rect,
        on frame: inout Frame
    ) {
        let box = Box(title, note: note, isFocused: context.isFocused)
        frame.draw(box, in: area, glyphs: glyphs)
        Panels.panel(kind).draw(context, into: &frame, in: Box.content(of: area))
    }

    private func drawDifference(_ player: Player, in area: Rect, on frame: inout Frame) {
        frame.draw(Box(Words.difference(language), note: Words.ofWholeRuns(language)), in: area, glyphs: glyphs)
        let content = Box.content(of: area)
        guard let comparison = player.comparison, let parting = comparison.firstEffect else {
            frame.write(Words.noDifference(language), x: content.x, y: content.y, style: .muted, clip: content)
            return
        }
        var first = StyledText("\(Words.partsAt(language)) ", .muted)
        first += StyledText(numbers.moment(parting.time), Style(.accent, .bold))
        if let context = state.context(for: .log, language, settings), let event = context.run.trace[parting.right] {
            first += StyledText("  ") + EventSentence(event, in: context).text
        }
        frame.write(first.truncated(to: content.width, ellipsis: glyphs.ellipsis), x: content.x, y: content.y)
        let table = DifferenceTable(comparison: comparison, language: language, glyphs: glyphs)
        let rows = Rect(x: content.x, y: content.y + 1, width: content.width, height: content.height - 1)
        frame.draw(table.table, in: rows, glyphs: glyphs)
    }
}

/// The numbers of two runs, those that changed most first.
struct DifferenceTable {
    var comparison: TraceComparison
    var language: Language
    var glyphs: Glyphs

    private struct Row {
        var name: String
        var before: Double
        var after: Double
        var isTime: Bool
        /// Twice as much and half as much are the same change; one more or less of a few is none. Times are in ms.
        var factor: Double {
            let unit = isTime ? 1e6 : 1
            return (max(before, after) / unit + 1) / (min(before, after) / unit + 1)
        }
    }

    var table: Table {
        let numbers = NumberText(language, glyphs.repertoire)
        let number: (Double, Bool) -> String = { value, isTime in
            isTime ? numbers.duration(Int64(value)) : numbers.count(Int(value))
        }
        let sorted = rows.filter { $0.before != $0.after }.enumerated()
            .sorted { ($1.element.factor, $0.offset) < ($0.element.factor, $1.offset) }.map(\.element)
        return Table(
            [
                Table.Column("", minimum: 12), Table.Column(Words.before(language), .right),
                Table.Column(Words.after(language), .right), Table.Column("", .right),
            ],
            rows: sorted.map { row in
                [
                    StyledText(row.name), StyledText(number(row.before, row.isTime), Style(.before)),
                    StyledText(number(row.after, row.isTime), Style(.after, .bold)),
                    StyledText(numbers.change(from: row.before, to: row.after) ?? "", .muted),
                ]
            }, hasHeading: false)
    }

    private var rows: [Row] {
        var rows: [Row] = []
        for (old, new) in zip(comparison.left.flows, comparison.right.flows) where old.requests + new.requests > 0 {
            // A request that fails at once is fast: its latency is no gain.
            let note = old.failed + new.failed > 0 ? " \(Words.withFailures(language))" : ""
            rows.append(
                Row(
                    name: "\(new.name) \(Words.well(language))", before: Double(old.ok), after: Double(new.ok),
                    isTime: false))
            rows.append(
                Row(
                    name: "\(new.name) \(Words.failed(language))", before: Double(old.failed),
                    after: Double(new.failed), isTime: false))
            rows.append(
                Row(
                    name: "\(new.name) p50\(note)", before: Double(old.latency?.p50 ?? 0),
                    after: Double(new.latency?.p50 ?? 0), isTime: true))
            rows.append(
                Row(
                    name: "\(new.name) p99\(note)", before: Double(old.latency?.p99 ?? 0),
                    after: Double(new.latency?.p99 ?? 0), isTime: true))
        }
        for (old, new) in zip(comparison.left.backends, comparison.right.backends) {
            rows.append(
                Row(
                    name: "\(new.name) \(Words.calls(language))", before: Double(old.calls), after: Double(new.calls),
                    isTime: false))
            rows.append(
                Row(
                    name: "\(new.name) \(Words.longestQueue(language))", before: Double(old.maxQueued),
                    after: Double(new.maxQueued), isTime: false))
        }
        return rows + cacheRows + balancerRows
    }

    private var cacheRows: [Row] {
        zip(comparison.left.caches, comparison.right.caches).flatMap { old, new in
            [(CacheCount.hits, Words.hits), (.misses, Words.misses), (.stale, Words.stale), (.lost, Words.lost)].map {
                Row(
                    name: "\(new.name) \($1(language))", before: Double(old[$0]), after: Double(new[$0]), isTime: false)
            }
        }
    }

    private var balancerRows: [Row] {
        zip(comparison.left.balancers, comparison.right.balancers).flatMap { old, new in
            [
                (BalancerCount.moved, Words.keysMoved), (.refused, Words.refused), (.ejections, Words.ejections),
            ].map {
                Row(
                    name: "\(new.name) \($1(language))", before: Double(old[$0]), after: Double(new[$0]), isTime: false)
            }
        }
    }
}
