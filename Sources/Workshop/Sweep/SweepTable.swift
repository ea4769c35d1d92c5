import TerminalKit

/// What a sweep found, for people: every measure with a row for each combination, and a picture of the intervals below
/// one another.
///
/// It keeps to a width: where that is short of room the picture gets narrower, and then each row has its name above it.
public struct SweepTable: Sendable {
    /// What fits on most screens and in most files.
    public static let usualWidth = 80

    private let summary: SweepSummary
    private let glyphs: Glyphs
    private let width: Int
    private var plan: SweepPlan { summary.plan }

    /// - Parameter width: in columns. Less than 60 is not kept to: numbers are not cut off.
    public init(_ summary: SweepSummary, glyphs: Glyphs = .unicode, width: Int = usualWidth) {
        self.summary = summary
        self.glyphs = glyphs
        self.width = max(width, 60)
    }

    /// Ends with a line feed.
    public var text: String {
        let names = SweepNames(plan)
        var lines = wrapped(head)
        for name in names.shortened { lines += wrapped("\(name.short) is \(name.path)", hanging: 2) }
        for place in plan.measures.indices {
            lines.append("")
            lines += section(place, names)
        }
        lines.append("")
        for note in notes { lines += wrapped(note) }
        return plain(lines.joined(separator: "\n")) + "\n"
    }

    private var head: String {
        let measured = Counted(summary.measured.reduce(0, +), "run")
        return "\(plan.name): \(Counted(plan.combinations, "combination")), \(Counted(plan.seeds, "seed")), "
            + "\(measured) measured\(failedCount == 0 ? "" : ", \(failedCount) failed")"
    }

    private var failedCount: Int { summary.failed.reduce(0, +) }

    // MARK: Measures

    private static let plotWidths = 6...24

    private func section(_ place: Int, _ names: SweepNames) -> [String] {
        let measure = plan.measures[place]
        let cells = summary.cells.map { $0[place] }
        let scale = SweepScale(measure.unit, cells)
        let headings = [measure.isCondition ? "share" : "mean", "95 % interval", "min", "max", "runs"]
        let rows = cells.map { row($0, scale) }
        let widths = headings.indices.map { column in
            ([headings] + rows).map { Text.width($0[column]) }.max() ?? 0
        }
        func numbers(_ cells: [String]) -> String {
            zip(cells, widths).map { Self.right($0, $1) }.joined(separator: "  ")
        }
        let combinations = (0..<plan.combinations).map { names[$0] }
        let nameWidth = 2 + (combinations.map { Text.width($0) }.max() ?? 0)
        let room = width - 4 - Text.width(numbers(headings))
        let isBeside = room - nameWidth >= Self.plotWidths.lowerBound
        let indent = isBeside ? nameWidth : 2
        let plotWidth = min(room - indent, Self.plotWidths.upperBound)
        var lines = wrapped(measure.text + (scale.ends.map { ", drawn from \($0)" } ?? ""))
        lines.append(String(repeating: " ", count: indent + 2) + numbers(headings))
        for (combination, cell) in cells.enumerated() {
            let name = "  " + combinations[combination]
            if !isBeside { lines += wrapped(name, hanging: 4) }
            let plot = plotWidth < Self.plotWidths.lowerBound ? "" : plot(cell, scale, plotWidth)
            let start = Text.pad(isBeside ? name : "", to: indent)
            var line = "\(start)  \(numbers(rows[combination]))  \(plot)"
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines
    }

    private func row(_ cell: SweepSummary.Cell, _ scale: SweepScale) -> [String] {
        guard cell.spread.count > 0 else { return ["–", "–", "–", "–", "0"] }
        let interval = cell.confidence.map { "\(scale.text($0.low)) – \(scale.text($0.high))" } ?? "–"
        let ends = cell.isCondition ? ["", ""] : [scale.text(cell.spread.least), scale.text(cell.spread.most)]
        return [scale.text(cell.spread.mean), interval] + ends + ["\(cell.spread.count)"]
    }

    /// `  ├──●──┤  `: the interval and the mean in it.
    private func plot(_ cell: SweepSummary.Cell, _ scale: SweepScale, _ width: Int) -> String {
        guard cell.spread.count > 0 else { return "" }
        let marks: (line: Character, left: Character, right: Character, mean: Character) =
            glyphs.repertoire == .ascii ? ("-", "|", "|", "o") : ("─", "├", "┤", "●")
        let interval = cell.confidence ?? ConfidenceInterval(low: cell.spread.mean, high: cell.spread.mean)
        let (low, high) = (scale.column(interval.low, width), scale.column(interval.high, width))
        var columns = Array(repeating: Character(" "), count: width)
        for column in low...max(low, high) { columns[column] = marks.line }
        columns[low] = marks.left
        columns[max(low, high)] = marks.right
        columns[scale.column(cell.spread.mean, width)] = marks.mean
        return String(columns)
    }

    /// What the figures are, and what went wrong.
    private var notes: [String] {
        var notes: [String] = []
        if plan.measures.contains(where: { !$0.isCondition }) {
            let method = plan.measures.contains(where: \.isShare) ? "Student's t, of shares Wilson's" : "Student's t"
            notes.append("Mean over runs with \(method). A percentile is each run's own, averaged over runs.")
        }
        if plan.measures.contains(where: \.isCondition) {
            notes.append("A condition: the share of runs in which it holds, with Wilson's interval.")
        }
        if plan.measures.contains(where: { $0.text.contains(".latency") }) {
            notes.append("Latencies count what failed too: read them beside the success.")
        }
        let missing = summary.cells.joined().reduce(0) { $0 + $1.missing }
        if missing > 0 { notes.append("No such figure: \(Counted(missing, "time")), not counted.") }
        if let reason = summary.firstFailure {
            notes.append("\(Counted(failedCount, "run")) failed, not counted. The first: \(reason)")
        }
        return notes
    }

    // MARK: Text

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - Text.width(text))) + text
    }

    private func wrapped(_ text: String, hanging: Int = 0) -> [String] {
        StyledText(text).wrapped(to: width, hanging: hanging).map(\.plain)
    }

    /// Dashes and units as the terminal can show them.
    private func plain(_ text: String) -> String {
        glyphs.repertoire == .ascii ? String(text.map { $0 == "–" ? "-" : $0 == "µ" ? "u" : $0 }) : text
    }
}
