/// A figure computed from runs: `flow.slow.latency.max of shop / flow.fast.latency.max of shop`.
public indirect enum MetricExpression: Hashable, Sendable {
    case constant(MetricValue)
    case metric(Metric, RunSelector)
    /// A value of the lesson, by its name.
    case named(String)
    /// `settings.PATH`: what a value of the scenario is set to.
    case setting(path: String, RunSelector)
    case operation(Operator, MetricExpression, MetricExpression)
    case function(Function, [MetricExpression])

    public enum Operator: Character, Hashable, Sendable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
    }

    public enum Function: String, CaseIterable, Hashable, Sendable {
        case max, min, sum
    }
}

/// Which run a figure is taken from, and which part of it: `of SCENARIO with PATH = VALUE, ... after TIME before TIME`.
public struct RunSelector: Hashable, Sendable {
    public var scenario: String
    public var settings: [Setting]
    /// Events at this moment are not counted; `nil`: since the start.
    public var after: Duration?
    /// Events at this moment are counted; `nil`: to the end.
    public var until: Duration?

    public init(scenario: String, settings: [Setting] = [], after: Duration? = nil, until: Duration? = nil) {
        self.scenario = scenario
        self.settings = settings
        self.after = after
        self.until = until
    }
}

/// A statement about runs that is true or false: `flow.page.latency.p99 <= 400ms`.
public struct MetricCondition: Hashable, Sendable {
    public enum Comparison: String, CaseIterable, Hashable, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
    }

    public var left: MetricExpression
    public var comparison: Comparison
    public var right: MetricExpression
    /// How far apart "equal" may be, as a share of the right side: `± 1%`. 0: exactly equal.
    public var tolerance: Double
    /// As the author wrote it.
    public var source: String

    public init(
        left: MetricExpression, comparison: Comparison, right: MetricExpression, tolerance: Double = 0, source: String
    ) {
        self.left = left
        self.comparison = comparison
        self.right = right
        self.tolerance = tolerance
        self.source = source
    }

    /// Whether two amounts stand to each other as the condition says. False when either is not a number.
    public func holds(_ left: Double, _ right: Double) -> Bool {
        comparison.holds(left, right, tolerance: tolerance)
    }
}

extension MetricCondition.Comparison {
    /// False when either is not a number.
    /// - Parameter tolerance: how far apart "equal" may be, as a share of the right side.
    func holds(_ left: Double, _ right: Double, tolerance: Double = 0) -> Bool {
        if left.isNaN || right.isNaN { return false }
        let near = abs(left - right) <= abs(right) * tolerance
        switch self {
        case .equal: return near
        case .notEqual: return !near
        case .less: return left < right
        case .atMost: return left <= right
        case .more: return left > right
        case .atLeast: return left >= right
        }
    }
}
