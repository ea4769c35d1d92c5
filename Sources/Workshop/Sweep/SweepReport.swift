import Analysis

/// What a sweep found, for spreadsheets (CSV) and for programs (JSON); for people: ``SweepTable``.
public struct SweepReport: Sendable {
    private let summary: SweepSummary
    private var plan: SweepPlan { summary.plan }

    public init(_ summary: SweepSummary) { self.summary = summary }

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
