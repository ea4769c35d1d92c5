import Scenario

extension LessonState {
    /// The marks of the step and of its scenario, in order.
    var marks: [Mark] {
        guard let stage, let player else { return [] }
        return (stage.marks + player.document.scenario.marks).sorted { $0.at < $1.at }
    }
}
