import Analysis
import Scenario
import Trace

/// The run on the screen as sessions see it: where it stands, and what figures of it mean.
struct SessionStage {
    let player: Player
    private let run: RunView
    private let figures: LessonRuns
    private let scope: MetricScope

    /// Throws ``SessionFailure`` where no run is on the screen.
    init(_ app: App) throws(SessionFailure) {
        guard let player = app.stage?.player, let run = player.run else {
            throw SessionFailure(reason: "no run is on the screen")
        }
        self.player = player
        self.run = run
        if let lesson = app.lesson, let stage = lesson.stage {
            figures = lesson.figures
            var scope = lesson.lesson.scope(of: lesson.step)
            scope.scenario = stage.scenario
            self.scope = scope
        } else {
            figures = LessonRuns(.bare(player.document))
            scope = MetricScope(scenarios: figures.lesson.scenarios, scenario: figures.lesson.main)
        }
    }

    /// When a wait that begins now is over.
    ///
    /// Throws ``SessionFailure`` where it never is: the names that are wrong, or the nearest that the run comes to it.
    func moment(of wait: SessionWait) throws(SessionFailure) -> VirtualTime {
        let search = MomentSearch(index: run.index, start: player.cursor)
        switch wait {
        case .time(let duration):
            let time = player.cursor.time.advanced(by: duration)
            if time <= run.trace.end { return time }
            throw SessionFailure(reason: "the run ends before, at \(run.trace.end.written)")
        case .event(let kind, let name): return try search.event(kind, of: name)
        case .state(let state):
            let probe = try StateProbe(state, in: run.index)
            return try search.first(touchedBy: probe.isTouched(by:)) { probe.reading(at: $0) }
        case .figure(let text): return try moment(of: condition(text), search)
        case .demo: throw SessionFailure(reason: "a demo has no moment in the run")
        }
    }

    /// Throws ``SessionFailure`` when something is not so at the cursor.
    func check(_ state: ModelState) throws(SessionFailure) {
        let reading = try StateProbe(state, in: run.index).reading(at: player.cursor)
        if !reading.holds { throw SessionFailure(reason: "it is \(reading.text)") }
    }

    /// Throws ``SessionFailure`` when a condition does not hold.
    /// - Parameter soFar: whether only what has been played of the run counts.
    func check(_ condition: String, soFar: Bool) throws(SessionFailure) {
        let parsed = try self.condition(condition)
        let (left, right) = try values(of: parsed, played: soFar ? player.cursor : nil)
        guard !parsed.holds(left.amount, right.amount) else { return }
        throw SessionFailure(reason: "it is \(left.text(.english)), against \(right.text(.english))")
    }

    /// How the two sides of a condition stand to each other.
    func figures(of condition: String, soFar: Bool) throws(SessionFailure) -> FigureRelation {
        let (left, right) = try values(of: self.condition(condition), played: soFar ? player.cursor : nil)
        return FigureRelation(left.amount, right.amount)
    }

    /// The same of a state that counts something: a queue.
    func figures(of state: ModelState) throws(SessionFailure) -> FigureRelation? {
        try StateProbe(state, in: run.index).reading(at: player.cursor).figures
    }

    // MARK: Conditions

    private func moment(
        of condition: MetricCondition, _ search: MomentSearch
    ) throws(SessionFailure) -> VirtualTime {
        // A figure that cannot be computed is told at once, and not after the whole run.
        _ = try values(of: condition, played: search.start)
        let reading: (Cursor) -> StateProbe.Reading = { cursor in
            guard let (left, right) = try? values(of: condition, played: cursor) else {
                return StateProbe.Reading(holds: false, text: "–", distance: .infinity)
            }
            let distance = abs(left.amount - right.amount)
            return StateProbe.Reading(
                holds: condition.holds(left.amount, right.amount), text: left.text(.english),
                distance: distance.isNaN ? .infinity : distance)
        }
        if condition.isForGood { return try search.firstForGood(reading: reading) }
        let subjects = MetricSubjects(condition, in: search.index.trace)
        return try search.first(touchedBy: subjects.isTouched(by:), reading: reading)
    }

    /// Both sides of a condition.
    /// - Parameter played: how far the run on the screen counts; `nil`: all of it.
    private func values(
        of condition: MetricCondition, played: Cursor? = nil
    ) throws(SessionFailure) -> (left: MetricValue, right: MetricValue) {
        let shown = ShownRun(scenario: scope.scenario, index: run.index, played: played)
        do throws(LessonRunError) {
            return (
                try figures.value(of: condition.left, shown: shown),
                try figures.value(of: condition.right, shown: shown)
            )
        } catch {
            throw SessionFailure(reason: error.description)
        }
    }

    /// A condition in words; figures without `of` are those of the step's scenario.
    private func condition(_ text: String) throws(SessionFailure) -> MetricCondition {
        do throws(MetricSyntaxError) {
            return try MetricParser.condition(text, in: scope)
        } catch {
            throw SessionFailure(reason: "\(error.message)\(error.suggestion.map { " (\($0))" } ?? "")")
        }
    }
}

extension MetricCondition {
    /// Whether it stays true once it is: a count that has to reach a number.
    fileprivate var isForGood: Bool {
        guard [.more, .atLeast].contains(comparison), case .constant = right,
            case .metric(let metric, let selector) = left, selector.settings.isEmpty
        else { return false }
        switch metric.measure {
        case .count, .layer: return true
        default: return false
        }
    }
}

/// The parts of a run that a condition speaks of: events of others do not change its figures.
private struct MetricSubjects {
    private var names: Set<NameID> = []
    private var requests: Set<RequestID> = []
    /// A value of the lesson can speak of anything.
    private var isOpen = false

    init(_ condition: MetricCondition, in trace: Trace) {
        add(condition.left, trace)
        add(condition.right, trace)
    }

    func isTouched(by event: Event) -> Bool {
        isOpen || names.contains(event.component) || names.contains(event.detail) || requests.contains(event.request)
    }

    private mutating func add(_ expression: MetricExpression, _ trace: Trace) {
        switch expression {
        case .constant, .setting: break
        case .named: isOpen = true
        case .operation(_, let left, let right):
            add(left, trace)
            add(right, trace)
        case .function(_, let arguments): for argument in arguments { add(argument, trace) }
        case .metric(let metric, _):
            if metric.kind == .request { UInt32(metric.name).map { _ = requests.insert(RequestID($0)) } }
            for component in trace.components {
                let name = trace.name(component.name)
                if name == metric.name || name.hasPrefix(metric.name + ".") { names.insert(component.name) }
            }
        }
    }
}
