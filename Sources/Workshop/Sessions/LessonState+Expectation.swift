import Analysis
import Scenario

extension LessonState {
    /// Why a condition over the run on the screen does not hold; `nil`: it does.
    func failure(of condition: String) -> String? {
        guard let stage, let run = player?.run else { return "no run is on the screen" }
        let parsed: MetricCondition
        do throws(MetricSyntaxError) {
            var scope = lesson.scope(of: step)
            scope.scenario = stage.scenario
            parsed = try MetricParser.condition(condition, in: scope)
        } catch {
            return "\(error.message)\(error.suggestion.map { " (\($0))" } ?? "")"
        }
        let shown = ShownRun(scenario: stage.scenario, index: run.index)
        do throws(LessonRunError) {
            let left = try figures.value(of: parsed.left, shown: shown)
            let right = try figures.value(of: parsed.right, shown: shown)
            return parsed.holds(left.amount, right.amount)
                ? nil : "it is \(left.text(.english)), against \(right.text(.english))"
        } catch {
            return error.description
        }
    }
}
