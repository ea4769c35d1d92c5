import Scenario

/// Finds predictions whose right answer is a matter of luck: with another seed it would be another choice, or could be.
struct PredictionLint {
    let lesson: Lesson
    let runs: LessonRuns

    func problems() -> [Problem] {
        lesson.steps.flatMap { step -> [Problem] in
            guard case .predict(let prediction) = step.kind, prediction.seeds > 1 else { return [] }
            do throws(LessonRunError) {
                return try check(prediction, step)
            } catch {
                // What cannot be run is reported where it stands.
                return []
            }
        }
    }

    private func check(_ prediction: Prediction, _ step: LessonStep) throws(LessonRunError) -> [Problem] {
        let answers = try answers(of: prediction, step)
        switch prediction.form {
        case .number(let tolerance):
            guard let own = answers.first?.amount else { return [] }
            guard answers.contains(where: { abs($0.amount - own) > abs(own) * tolerance }) else { return [] }
            return [
                step.mark.problem(
                    "the answer depends on the seed more than its tolerance allows: \(text(answers, step))",
                    suggestion: Self.remedy)
            ]
        case .choices(let choices):
            guard let right = try self.right(among: choices) else { return [] }
            return try other(than: right, among: choices, step) + near(right, choices, answers, step)
        }
    }

    private static let remedy =
        "ask for what does not depend on luck, or write seeds: 1 if the question is about this very run"

    /// What the run says, seed by seed.
    private func answers(of prediction: Prediction, _ step: LessonStep) throws(LessonRunError) -> [MetricValue] {
        guard let answer = prediction.answer else { return [] }
        var values: [MetricValue] = []
        for seed in 0..<UInt64(prediction.seeds) { values.append(try runs.value(of: answer, seedOffset: seed)) }
        return values
    }

    private func text(_ answers: [MetricValue], _ step: LessonStep) -> String {
        let first = lesson.scenario(step.stage.scenario)?.document.scenario.seed ?? 0
        return answers.enumerated().map { place, value in
            "\(value.text(.english).replacing("\u{a0}", with: " ")) with seed \(first &+ UInt64(place))"
        }.joined(separator: ", ")
    }

    private func right(among choices: [Prediction.Choice]) throws(LessonRunError) -> Prediction.Choice? {
        var right: [Prediction.Choice] = []
        for choice in choices where try runs.holds(choice.when) { right.append(choice) }
        return right.count == 1 ? right[0] : nil
    }

    /// Choices that are right with other seeds.
    private func other(
        than right: Prediction.Choice, among choices: [Prediction.Choice], _ step: LessonStep
    ) throws(LessonRunError) -> [Problem] {
        guard case .predict(let prediction) = step.kind else { return [] }
        let first = lesson.scenario(step.stage.scenario)?.document.scenario.seed ?? 0
        var problems: [Problem] = []
        for choice in choices where choice.id != right.id {
            for seed in 1..<UInt64(prediction.seeds) where try runs.holds(choice.when, seedOffset: seed) {
                problems.append(
                    choice.mark.problem(
                        "this choice is right with seed \(first &+ seed), and \(SafeText.quoted(right.id)) with seed "
                            + "\(first)", suggestion: Self.remedy))
                break
            }
        }
        return problems
    }

    /// Choices with a figure that answers of other seeds come nearer to, or that lie within the answers' spread.
    private func near(
        _ right: Prediction.Choice, _ choices: [Prediction.Choice], _ answers: [MetricValue], _ step: LessonStep
    ) -> [Problem] {
        guard case .value(let meant) = right.label else { return [] }
        let amounts = answers.map(\.amount).filter(\.isFinite)
        guard let low = amounts.min(), let high = amounts.max(), low < high else { return [] }
        return choices.compactMap { choice in
            guard choice.id != right.id, case .value(let other) = choice.label else { return nil }
            let margin = abs(other.amount - meant.amount)
            let isNearer = amounts.contains { abs($0 - other.amount) < abs($0 - meant.amount) }
            guard isNearer || high - low > margin else { return nil }
            let reason =
                isNearer
                ? "answers come nearer to this choice than to \(SafeText.quoted(right.id)) with some seeds"
                : "answers differ more between seeds than this choice does from \(SafeText.quoted(right.id))"
            return choice.mark.problem("\(reason): \(text(answers, step))", suggestion: Self.remedy)
        }
    }
}
