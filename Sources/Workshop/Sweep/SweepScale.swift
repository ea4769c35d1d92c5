/// How the numbers of one measure are written and drawn: all with the same unit and decimals, on one axis.
struct SweepScale {
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

    /// Where the axis begins and ends; `nil`: it has no length.
    var ends: String? { low == high ? nil : "\(text(low)) to \(text(high))" }

    func column(_ value: Double, _ width: Int) -> Int {
        guard high > low, value.isFinite else { return width / 2 }
        return max(0, min(width - 1, Int(((value - low) / (high - low) * Double(width - 1)).rounded())))
    }
}
