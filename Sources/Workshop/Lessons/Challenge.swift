import Scenario

/// Goals over metrics and settings that the student reaches with the step's controls.
public struct Challenge: Sendable {
    public struct Goal: Sendable {
        public var that: MetricCondition
        public var mark: SourceMark

        public init(that: MetricCondition, mark: SourceMark) {
            self.that = that
            self.mark = mark
        }
    }

    /// All must hold, with every seed.
    public var goals: [Goal]
    /// The scenario's own seed and the ones that follow it.
    public var seeds: Int
    /// Settings that reach the goals: shown after success, run by lint.
    public var solution: [Setting]
    /// What the student may take away from the system to reach the goals.
    public var allowances: Set<TrivialPass.Allowance>

    public init(
        goals: [Goal], seeds: Int, solution: [Setting], allowances: Set<TrivialPass.Allowance> = []
    ) {
        self.goals = goals
        self.seeds = seeds
        self.solution = solution
        self.allowances = allowances
    }
}

/// How the student's settings did.
public struct ChallengeVerdict: Sendable {
    public struct GoalResult: Sendable {
        public var goal: Challenge.Goal
        /// Left side of the goal, one for each seed.
        public var values: [MetricValue]
        /// The value asked for.
        public var target: MetricValue
        public var isMet: Bool

        public init(goal: Challenge.Goal, values: [MetricValue], target: MetricValue, isMet: Bool) {
            self.goal = goal
            self.values = values
            self.target = target
            self.isMet = isMet
        }
    }

    public var goals: [GoalResult]
    /// Why reaching them does not count; `nil`: it does.
    public var trivial: TrivialPass?
    public var isPassed: Bool { reachesGoals && trivial == nil }
    var reachesGoals: Bool { goals.allSatisfy(\.isMet) }

    public init(goals: [GoalResult], trivial: TrivialPass? = nil) {
        self.goals = goals
        self.trivial = trivial
    }
}
