import Analysis
import Model
import Scenario
import Simulation
import Trace

/// What a sweep runs and what it measures: every combination of values with every seed.
///
/// Runs are numbered from 0, a seed at a time: all combinations with the first seed, then all with the next. So a sweep
/// with more seeds begins with the runs of one with fewer.
public struct SweepPlan: Sendable {
    private static let mostCombinations = 10_000
    public static let mostSeeds = 1_000_000

    /// A figure, or a condition: then the share of the runs in which it holds is measured.
    public struct Measure: Sendable {
        public var text: String
        public var unit: MetricUnit
        var left: MetricExpression
        var condition: MetricCondition?

        public var isCondition: Bool { condition != nil }
        /// Whether it is a share of the run. A difference of two is none: it may be less than nothing.
        var isShare: Bool { if case .metric = left { !isCondition && unit == .share } else { false } }
    }

    /// What came of one run.
    public enum Outcome: Hashable, Sendable {
        /// By measure; `nil`: the run has no such figure. Of a condition 1 or 0.
        case measured([Double?])
        /// It reached a limit: the reason, for people.
        case failed(String)
        /// Its combination was precise enough already.
        case skipped
    }

    public let variations: [Variation]
    public let measures: [Measure]
    public let seeds: Int
    public let until: VirtualTime?
    public let precision: Double?
    /// What the scenario is called.
    public let name: String
    public let firstSeed: UInt64
    /// Of the scenario, what is varied, what is measured, and until when: sweeps of one digest have the same runs.
    public let digest: String
    private let documents: [ScenarioDocument]
    /// What figures call the scenario, and the others of its lesson.
    private let scenario: String
    private let others: [LessonScenario]
    private let interventions: [Intervention]

    /// - Parameters:
    ///   - firstSeed: `nil`: the scenario's. The others follow it.
    ///   - scenario: what figures call the scenario: `of SCENARIO`.
    ///   - others: the other scenarios of its lesson.
    ///   - figures: none: latency and success of each flow.
    ///   - precision: how wide half of each interval may be, as a share of its mean, for a combination to be done
    ///     before its last seed; `nil`: none is.
    /// - Throws: ``ScenarioError`` when a value cannot be set, or a figure is none.
    public init(
        _ document: ScenarioDocument, name: String, vary variations: [Variation], seeds: Int, firstSeed: UInt64? = nil,
        scenario: String = Lesson.bareScenario, others: [LessonScenario] = [], figures: [String] = [],
        interventions: [Intervention] = [], until: VirtualTime? = nil, precision: Double? = nil
    ) throws(ScenarioError) {
        guard (1...Self.mostSeeds).contains(seeds) else {
            throw Self.problem("a sweep has 1 to \(Self.mostSeeds) seeds")
        }
        var documents = [document]
        for variation in variations {
            var next: [ScenarioDocument] = []
            for known in documents {
                for value in variation.values {
                    next.append(try known.setting(variation.path, to: value, origin: "--vary"))
                }
                guard next.count <= Self.mostCombinations else {
                    throw Self.problem("there are more than \(Self.mostCombinations) combinations")
                }
            }
            documents = next
        }
        self.documents = documents
        self.variations = variations
        self.seeds = seeds
        self.until = until
        self.precision = precision
        self.name = name
        self.interventions = interventions
        self.scenario = scenario
        self.others = others.filter { $0.name != scenario }
        self.firstSeed = firstSeed ?? document.scenario.seed
        let wanted = figures.isEmpty ? Self.usualFigures(of: document.scenario) : figures
        var measures: [Measure] = []
        let known = Self.lesson(document, scenario, self.others)
        for text in wanted { measures.append(try Self.measure(text, in: known)) }
        self.measures = measures
        var digest = TraceDigest()
        let parts =
            [document.yaml] + self.others.map(\.document.yaml)
            + ["\(self.firstSeed)", until.map { "\($0.nanoseconds)" } ?? "", "\(precision ?? 0)"]
            + variations.map(\.description) + interventions.map(\.description) + measures.map(\.text)
        for part in parts { digest.add(part) }
        self.digest = digest.description
    }

    private static func problem(_ message: String) -> ScenarioError {
        ScenarioError(problems: [Problem(file: "sweep", message: message)])
    }

    private static func usualFigures(of scenario: Scenario) -> [String] {
        scenario.flows.flatMap { flow in
            ["latency.p50", "latency.p99", "success"].map { "flow.\(flow.name).\($0)" }
        }
    }

    private static func lesson(_ document: ScenarioDocument, _ name: String, _ others: [LessonScenario]) -> Lesson {
        var lesson = Lesson.bare(document, called: name)
        lesson.scenarios += others
        return lesson
    }

    private static func measure(_ text: String, in lesson: Lesson) throws(ScenarioError) -> Measure {
        let scope = MetricScope(scenarios: lesson.scenarios, scenario: lesson.main, tryingChanges: true)
        do throws(MetricSyntaxError) {
            let (expression, unit) = try MetricParser.expression(text, in: scope)
            return Measure(text: text, unit: unit, left: expression)
        } catch let figure {
            do throws(MetricSyntaxError) {
                let condition = try MetricParser.condition(text, in: scope)
                return Measure(text: text, unit: .share, left: condition.left, condition: condition)
            } catch let condition {
                // What was meant is what could be read further.
                let error = condition.offset > figure.offset ? condition : figure
                let mark = SourceText(file: "--metric", text: text).mark(line: 1, column: error.offset + 1)
                throw ScenarioError(problems: [mark.problem(error.message, suggestion: error.suggestion)])
            }
        }
    }

    // MARK: Runs

    public var combinations: Int { documents.count }
    public var runs: Int { combinations * seeds }

    public func combination(of run: Int) -> Int { run % combinations }
    public func seed(of run: Int) -> UInt64 { firstSeed &+ UInt64(run / combinations) }

    /// The values of a combination, in the order of the variations.
    public func values(of combination: Int) -> [String] {
        var rest = combination
        var values: [String] = []
        for variation in variations.reversed() {
            values.append(variation.values[rest % variation.values.count])
            rest /= variation.values.count
        }
        return values.reversed()
    }

    /// Makes one run and measures it. Nothing of it is kept. `nil`: it was cancelled.
    public func outcome(of run: Int, cancellation: Cancellation? = nil) -> Outcome? {
        let document = documents[combination(of: run)]
        do throws(RunError) {
            let trace = try Run(document, seed: seed(of: run), interventions: interventions)
                .trace(until: until, cancellation: cancellation)
            return measured(TraceIndex(trace), run, document)
        } catch .cancelled {
            return nil
        } catch {
            return .failed(error.description)
        }
    }

    /// Figures `with` other values, and those `of` other scenarios, are of runs with the same luck: the seed is as far
    /// from their own. The changed scenario gets the same interventions, to the same moment.
    private func measured(_ index: TraceIndex, _ run: Int, _ document: ScenarioDocument) -> Outcome {
        let runs = LessonRuns(Self.lesson(document, scenario, others))
        let shown = ShownRun(scenario: scenario, index: index)
        let changes = ScenarioChanges(
            scenario: scenario, settings: [], interventions: interventions, until: until)
        let offset = seed(of: run) &- document.scenario.seed
        func value(_ expression: MetricExpression) throws(LessonRunError) -> Double {
            try runs.value(of: expression, seedOffset: offset, changes: changes, shown: shown).amount
        }
        do throws(LessonRunError) {
            var values: [Double?] = []
            for measure in measures {
                let left = try value(measure.left)
                guard let condition = measure.condition else {
                    values.append(left.isFinite ? left : nil)
                    continue
                }
                let right = try value(condition.right)
                let isKnown = left.isFinite && right.isFinite
                values.append(isKnown ? condition.holds(left, right) ? 1 : 0 : nil)
            }
            return .measured(values)
        } catch {
            return .failed(error.description)
        }
    }
}
