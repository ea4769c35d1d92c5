import Scenario

// Predictions: what can be answered, what is about to be, and how it came out.
extension LessonSpeech {
    /// Topics of their own: an answer that is chosen does not tell the choices anew.
    var question: [(String, [String])] {
        guard case .predict(let prediction) = state.step?.kind else { return [] }
        if let tally = app.shownTally ?? (state.isWatching ? app.tally : nil) {
            let speech = TallySpeech(state: state, tally: tally, language: language)
            return [("choices", speech.answers), ("verdict", tally.isRevealed ? speech.verdict : [])]
        }
        guard let answer = state.answer else {
            guard state.isAsking else { return [] }
            return [("choices", choices(prediction)), ("draft", draft(prediction))]
        }
        return [("verdict", verdict(answer, prediction))]
    }

    private func choices(_ prediction: Prediction) -> [String] {
        switch prediction.form {
        case .choices(let choices):
            choices.enumerated().map { "\(language.text("Answer", "Respuesta")) \($0 + 1): \($1.text(language))." }
        case .number:
            [
                language.text("Your answer is a number", "Tu respuesta es un número")
                    + (state.answerUnit(prediction).map { $0.symbol.isEmpty ? "." : ", \($0.symbol)." } ?? ".")
            ]
        }
    }

    private func draft(_ prediction: Prediction) -> [String] {
        switch prediction.form {
        case .choices(let choices):
            guard let choice = state.reply.choice, choices.indices.contains(choice) else { return [] }
            let text = choices[choice].text(language)
            return [language.text("You choose \(choice + 1): \(text).", "Eliges \(choice + 1): \(text).")]
        case .number:
            guard !state.reply.typed.isEmpty else { return [] }
            return ["\(Words.yourNumber(language)): \(state.reply.typed)."]
        }
    }

    private func verdict(_ answer: LessonProgress.Answer, _ prediction: Prediction) -> [String] {
        guard let step = state.step else { return [] }
        let truth = state.truth(of: prediction)
        let said = prediction.text(of: answer.reply, unit: truth?.answer?.unit, language)
        let sure =
            answer.confidence == .sure
            ? language.text("and were sure", "con seguridad") : language.text("and were guessing", "sin seguridad")
        let right =
            answer.isRight
            ? language.text("That is right.", "Es correcto.")
            : language.text(
                "That is not so.", "No es así.")
        var lines = ["\(Words.youSaid(language)): \(said), \(sure). \(right)"]
        if let truth { lines.append("\(Words.itTook(language)): \(prediction.text(of: truth, language)).") }
        return lines + sentences(state.lesson.text(of: step, language).after) + [score]
    }
}
