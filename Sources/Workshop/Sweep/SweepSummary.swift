/// What a sweep has found so far: of each combination the mean and the spread of each measure.
///
/// Outcomes come in the order of their runs, so that the result does not depend on who was done first. Its size does
/// not grow with their number.
public struct SweepSummary: Sendable {
    /// One measure of one combination.
    public struct Cell: Hashable, Sendable {
        public fileprivate(set) var spread = Spread()
        /// Runs that have no such figure: nobody called the flow.
        public fileprivate(set) var missing = 0
        let isCondition: Bool
        /// Whether it lies within 0...1 in every run.
        let isShare: Bool
        /// Whether it is 0 or more in every run.
        let isNeverNegative: Bool

        /// Where the mean of all possible runs lies.
        ///
        /// Of a condition: the share of runs in which it holds, by Wilson. Of a share of each run: its mean over runs,
        /// by Wilson's for means. Of any other figure: the mean over runs, by Student's t, and not below 0 where no run
        /// can be.
        public var confidence: ConfidenceInterval? {
            if isCondition {
                return ConfidenceInterval(share: Int((spread.mean * Double(spread.count)).rounded()), of: spread.count)
            }
            if isShare { return ConfidenceInterval(meanShare: spread) }
            guard let plain = ConfidenceInterval(mean: spread) else { return nil }
            return isNeverNegative ? ConfidenceInterval(low: max(0, plain.low), high: plain.high) : plain
        }
    }

    public let plan: SweepPlan
    /// By combination, then by measure.
    public private(set) var cells: [[Cell]]
    /// By combination: runs that were measured, and those that reached a limit.
    public private(set) var measured: [Int]
    public private(set) var failed: [Int]
    /// Why the first run failed that did.
    public private(set) var firstFailure: String?
    /// Runs taken so far.
    public private(set) var taken = 0
    private var isPrecise: [Bool]

    public init(_ plan: SweepPlan) {
        self.plan = plan
        let row = plan.measures.map {
            Cell(isCondition: $0.isCondition, isShare: $0.isShare, isNeverNegative: $0.left.isNeverNegative)
        }
        cells = Array(repeating: row, count: plan.combinations)
        measured = Array(repeating: 0, count: plan.combinations)
        failed = measured
        isPrecise = Array(repeating: false, count: plan.combinations)
    }

    /// Whether that run need not be made.
    public func needsNot(_ run: Int) -> Bool { isPrecise[plan.combination(of: run)] }

    /// Takes what came of the next run. What came of one that need not have been made is passed over.
    /// - Returns: what was taken.
    @discardableResult
    public mutating func add(_ outcome: SweepPlan.Outcome) -> SweepPlan.Outcome {
        let combination = plan.combination(of: taken)
        taken += 1
        if isPrecise[combination] { return .skipped }
        switch outcome {
        case .skipped: break
        case .failed(let reason):
            failed[combination] += 1
            firstFailure = firstFailure ?? reason
        case .measured(let values):
            measured[combination] += 1
            for (place, value) in values.enumerated() where place < cells[combination].count {
                if let value {
                    cells[combination][place].spread.add(value)
                } else {
                    cells[combination][place].missing += 1
                }
            }
            judge(combination)
        }
        return outcome
    }

    private mutating func judge(_ combination: Int) {
        guard let precision = plan.precision, measured[combination] >= 10 else { return }
        isPrecise[combination] = cells[combination].allSatisfy { cell in
            guard let radius = cell.confidence?.radius else { return false }
            return radius <= precision * abs(cell.spread.mean)
        }
    }
}

extension MetricExpression {
    /// Whether it is 0 or more in any run: latencies, counts, and sums of them. A difference may be less.
    var isNeverNegative: Bool {
        switch self {
        case .constant(let value): value.amount >= 0
        case .metric: true
        case .named, .setting, .operation(.minus, _, _): false
        case .operation(_, let left, let right): left.isNeverNegative && right.isNeverNegative
        case .function(_, let arguments): arguments.allSatisfy(\.isNeverNegative)
        }
    }
}
