import Scenario
import Trace

extension LessonState {
    /// The marks of the step and of its scenario, in order.
    var marks: [Mark] {
        guard let stage, let player else { return [] }
        return (stage.marks + player.document.scenario.marks).sorted { $0.at < $1.at }
    }

    /// The moments that `[` and `]` stop at: marks, faults, and what the student changed.
    var markTimes: [VirtualTime] {
        guard let player else { return [] }
        let scenario = player.document.scenario
        let faults = scenario.backends.flatMap(\.faults).flatMap { [$0.from, $0.to] }
        let changes = (scenario.interventions + player.history.changes).map(\.at)
        return (marks.map(\.at) + faults + changes).map { VirtualTime.zero.advanced(by: $0) }.sorted()
    }
}
