import Scenario

extension LessonState {
    // MARK: Predictions

    /// Gives the answer that is drafted. Returns whether there was one to give.
    mutating func give(_ confidence: Confidence, to prediction: Prediction) -> Bool {
        guard let step, let (text, reply) = draft(prediction),
            let verdict = try? figures.verdict(on: reply, to: prediction)
        else { return false }
        progress.answers[step.id] = LessonProgress.Answer(
            reply: text, confidence: confidence, isRight: verdict.isRight)
        textPage = 0
        return true
    }

    /// What would be answered now: as progress keeps it, and as the run checks it.
    private func draft(_ prediction: Prediction) -> (String, PredictionReply)? {
        switch prediction.form {
        case .choices(let choices):
            guard let choice = reply.choice, choices.indices.contains(choice) else { return nil }
            return (choices[choice].id, .choice(id: choices[choice].id))
        case .number:
            guard let amount = Double(reply.typed), let unit = answerUnit(prediction) else { return nil }
            return (reply.typed, .number(MetricValue(amount, unit)))
        }
    }

    /// Whether an answer is chosen or typed, and not given.
    var hasDraft: Bool {
        guard answer == nil, case .predict(let prediction) = step?.kind else { return false }
        return draft(prediction) != nil
    }

    /// What the run says, whatever the student answered.
    func truth(of prediction: Prediction) -> PredictionVerdict? {
        try? figures.verdict(on: .choice(id: ""), to: prediction)
    }

    func answerUnit(_ prediction: Prediction) -> MetricUnit? { truth(of: prediction)?.answer?.unit }

    // MARK: Challenges

    /// Runs the student's settings with every seed of the challenge.
    mutating func check() {
        guard let step, case .challenge(let challenge) = step.kind, let player else { return }
        let settings = [Setting](of: player.history.changes)
        verdict = try? figures.grade(settings, in: challenge, of: step)
        showText(page: 0)
        if verdict?.isPassed == true, !progress.passed.contains(step.id) { progress.passed.append(step.id) }
    }

    /// Puts the text on the screen at a page; hints stand at its end.
    mutating func showText(page: Int) {
        textPage = page
        isZoomed = false
        player?.isComparing = false
    }

    /// Whether something was done to the system that no check repeats.
    var hasOwnFaults: Bool {
        player?.history.changes.contains { if case .set = $0.action { false } else { true } } ?? false
    }

    var isPassed: Bool { step.map { progress.passed.contains($0.id) } ?? false }

    /// A solution is shown to those who found one, or who have read every hint.
    var canShowSolution: Bool {
        guard isChallenge, let step else { return false }
        return isPassed || hints >= lesson.text(of: step, .english).hints.count
    }

    /// Whether every hint of a challenge was read and its goals are not reached: the solution is the way out.
    var offersSolution: Bool { hints > 0 && !isPassed && canShowSolution }
}
