import Analysis
import TerminalKit

/// What a sweep found, for people (a table), for spreadsheets (CSV) and for programs (JSON).
public struct SweepReport: Sendable {
    private let summary: SweepSummary
    private let glyphs: Glyphs
    private var plan: SweepPlan { summary.plan }

    public init(_ summary: SweepSummary, glyphs: Glyphs = .unicode) {
        self.summary = summary
        self.glyphs = glyphs
    }

    // MARK: Table

    private static let plotWidth = 24

    /// Every measure with a row for each combination, and a picture of the intervals below one another.
    public var table: String {
        var lines = [head, ""]
        let names = (0..<plan.combinations).map { "  " + name(of: $0) }
        let width = max(names.map { Text.width($0) }.max() ?? 0, plan.measures.map { Text.width($0.text) }.max() ?? 0)
        for (place, measure) in plan.measures.enumerated() {
            let cells = summary.cells.map { $0[place] }
            let scale = NumberScale(measure.unit, cells)
            let rows = cells.map { row($0, scale) }
            let headings = [measure.isCondition ? "share" : "mean", "95 % interval", "min", "max", "runs"]
            let widths = headings.indices.map { column in
                ([headings] + rows).map { Text.width($0[column]) }.max() ?? 0
            }
            func line(_ name: String, _ cells: [String], _ plot: String) -> String {
                let columns = zip(cells, widths).map { Self.right($0, $1) }
                var line = ([Text.pad(name, to: width)] + columns + [plot]).joined(separator: "  ")
                while line.last == " " { line.removeLast() }
                return line
            }
            lines.append(line(measure.text, headings, scale.ends))
            for (combination, cell) in cells.enumerated() {
                lines.append(line(names[combination], rows[combination], plot(cell, scale)))
            }
            lines.append("")
        }
        return (lines + notes).joined(separator: "\n") + "\n"
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - Text.width(text))) + text
    }

    private var head: String {
        let combinations = plan.combinations == 1 ? "1 combination" : "\(plan.combinations) combinations"
        let measured = summary.measured.reduce(0, +)
        return "\(plan.name): \(combinations), \(plan.seeds == 1 ? "1 seed" : "\(plan.seeds) seeds"), "
            + "\(measured) runs measured\(failedCount == 0 ? "" : ", \(failedCount) failed")"
    }

    private var failedCount: Int { summary.failed.reduce(0, +) }

    private func name(of combination: Int) -> String {
        let values = zip(plan.variations, plan.values(of: combination)).map { "\($0.path)=\($1)" }
        return values.isEmpty ? "as written" : values.joined(separator: " ")
    }

    private func row(_ cell: SweepSummary.Cell, _ scale: NumberScale) -> [String] {
        guard cell.spread.count > 0 else { return ["–", "–", "–", "–", "0"].map(plain) }
        let interval = cell.confidence.map { "\(scale.text($0.low)) – \(scale.text($0.high))" } ?? "–"
        let ends = cell.isCondition ? ["", ""] : [scale.text(cell.spread.least), scale.text(cell.spread.most)]
        return ([scale.text(cell.spread.mean), interval] + ends + ["\(cell.spread.count)"]).map(plain)
    }

    /// A dash as the terminal can show it.
    private func plain(_ text: String) -> String {
        glyphs.repertoire == .ascii ? String(text.map { $0 == "–" ? "-" : $0 == "µ" ? "u" : $0 }) : text
    }

    /// `  ├──●──┤  `: the interval and the mean in it.
    private func plot(_ cell: SweepSummary.Cell, _ scale: NumberScale) -> String {
        guard cell.spread.count > 0 else { return "" }
        let marks: (line: Character, left: Character, right: Character, mean: Character) =
            glyphs.repertoire == .ascii ? ("-", "|", "|", "o") : ("─", "├", "┤", "●")
        let interval = cell.confidence ?? ConfidenceInterval(low: cell.spread.mean, high: cell.spread.mean)
        let (low, high) = (scale.column(interval.low, Self.plotWidth), scale.column(interval.high, Self.plotWidth))
        var columns = Array(repeating: Character(" "), count: Self.plotWidth)
        for column in low...max(low, high) { columns[column] = marks.line }
        columns[low] = marks.left
        columns[max(low, high)] = marks.right
        columns[scale.column(cell.spread.mean, Self.plotWidth)] = marks.mean
        return String(columns)
    }

    /// What the figures are, and what went wrong.
    private var notes: [String] {
        var notes: [String] = []
        if plan.measures.contains(where: { !$0.isCondition }) {
            notes.append("Mean over runs with Student's t. A percentile is each run's own, averaged over runs.")
        }
        if plan.measures.contains(where: \.isCondition) {
            notes.append("A condition: the share of runs in which it holds, with Wilson's interval.")
        }
        let missing = summary.cells.joined().reduce(0) { $0 + $1.missing }
        if missing > 0 { notes.append("\(missing) times a run had no such figure; those are not counted.") }
        if let reason = summary.firstFailure {
            let runs = failedCount == 1 ? "1 run" : "\(failedCount) runs"
            notes.append("\(runs) failed and are not counted. The first: \(reason)")
        }
        return notes
    }

    // MARK: Other programs

    public var csv: String {
        var table = CSVTable(
            plan.variations.map(\.path)
                + ["figure", "unit", "mean", "low", "high", "min", "max", "runs", "missing", "failed"])
        for (combination, cells) in summary.cells.enumerated() {
            for (measure, cell) in zip(plan.measures, cells) {
                let numbers = Self.numbers(cell).map { $0.map { JSON.number($0).compact } ?? "" }
                let counts = [cell.spread.count, cell.missing, summary.failed[combination]].map(String.init)
                table.add(
                    plan.values(of: combination) + [measure.text, Self.name(of: measure.unit)] + numbers + counts)
            }
        }
        return table.text
    }

    public var json: JSON {
        .members([
            "scenario": .string(plan.name), "digest": .string(plan.digest), "firstSeed": .string("\(plan.firstSeed)"),
            "seeds": .integer(Int64(plan.seeds)), "confidence": .number(0.95),
            "combinations": .array((0..<plan.combinations).map(combination)),
        ])
    }

    private func combination(_ number: Int) -> JSON {
        let values = zip(plan.variations, plan.values(of: number)).map {
            JSON.Member(key: $0.path, value: .string($1))
        }
        let measures = zip(plan.measures, summary.cells[number]).map { measure, cell in
            let numbers = Self.numbers(cell).map { JSON.optional($0) }
            return JSON.members([
                "figure": .string(measure.text), "unit": .string(Self.name(of: measure.unit)), "mean": numbers[0],
                "low": numbers[1], "high": numbers[2], "min": numbers[3], "max": numbers[4],
                "runs": .integer(Int64(cell.spread.count)), "missing": .integer(Int64(cell.missing)),
            ])
        }
        return .members([
            "set": .object(values), "measured": .integer(Int64(summary.measured[number])),
            "failed": .integer(Int64(summary.failed[number])), "figures": .array(measures),
        ])
    }

    /// Mean, the ends of its interval, least and most.
    private static func numbers(_ cell: SweepSummary.Cell) -> [Double?] {
        guard cell.spread.count > 0 else { return [nil, nil, nil, nil, nil] }
        let interval = cell.confidence
        return [cell.spread.mean, interval?.low, interval?.high, cell.spread.least, cell.spread.most]
            // The last digits depend on the machine's C library; these do not.
            .map { $0.map { ($0 * 1e9).rounded() / 1e9 } }
    }

    private static func name(of unit: MetricUnit) -> String {
        switch unit {
        case .time: "ms"
        case .share: "share"
        case .number: "number"
        }
    }
}

/// How the numbers of one measure are written and drawn: all with the same unit and decimals, on one axis.
private struct NumberScale {
    private let low: Double
    private let high: Double
    private let factor: Double
    private let unit: String
    private let decimals: Int

    init(_ unit: MetricUnit, _ cells: [SweepSummary.Cell]) {
        let known = cells.filter { $0.spread.count > 0 }
        low = known.map { $0.confidence?.low ?? $0.spread.mean }.min() ?? 0
        high = known.map { $0.confidence?.high ?? $0.spread.mean }.max() ?? 0
        let most = known.flatMap { [abs($0.spread.least), abs($0.spread.most)] }.max() ?? 0
        switch unit {
        case .share: (factor, self.unit) = (100, " %")
        case .number: (factor, self.unit) = (1, "")
        case .time where most >= 10_000: (factor, self.unit) = (0.001, " s")
        case .time where most >= 1: (factor, self.unit) = (1, " ms")
        case .time: (factor, self.unit) = (1000, " µs")
        }
        let size = most * factor
        decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3
    }

    func text(_ value: Double) -> String {
        let scale = [1.0, 10, 100, 1000][decimals]
        let scaled = (value * factor * scale).rounded()
        guard abs(scaled) < 1e15 else { return "\(value * factor)\(unit)" }
        let (whole, rest) = Int(abs(scaled)).quotientAndRemainder(dividingBy: Int(scale))
        let digits = String(rest + Int(scale)).dropFirst()
        return (scaled < 0 ? "-" : "") + "\(whole)" + (decimals > 0 ? ".\(digits)" : "") + unit
    }

    /// Where the axis begins and ends.
    var ends: String { low == high ? "" : "\(text(low)) to \(text(high))" }

    func column(_ value: Double, _ width: Int) -> Int {
        guard high > low, value.isFinite else { return width / 2 }
        return max(0, min(width - 1, Int(((value - low) / (high - low) * Double(width - 1)).rounded())))
    }
}
