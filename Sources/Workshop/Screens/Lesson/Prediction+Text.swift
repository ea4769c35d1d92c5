import Scenario

extension Prediction.Choice {
    /// The choice as the student reads it.
    func text(_ language: Language) -> String {
        switch label {
        case .value(let value): value.text(language)
        case .text(let text): text(language)
        }
    }
}

extension Prediction {
    private func choice(_ id: String) -> Choice? {
        if case .choices(let choices) = form { choices.first { $0.id == id } } else { nil }
    }

    /// The figure that a reply stands for, if it is one.
    func value(of reply: String, unit: MetricUnit?) -> MetricValue? {
        if let choice = choice(reply), case .value(let value) = choice.label { return value }
        guard case .number = form, let unit, let amount = Double(reply) else { return nil }
        return MetricValue(amount, unit)
    }

    /// A reply as the student reads it.
    func text(of reply: String, unit: MetricUnit?, _ language: Language) -> String {
        choice(reply)?.text(language) ?? value(of: reply, unit: unit)?.text(language) ?? reply
    }

    /// What the run says, as the student reads it.
    func text(of verdict: PredictionVerdict, _ language: Language) -> String {
        verdict.answer?.text(language) ?? verdict.rightChoice.flatMap(choice)?.text(language) ?? ""
    }
}

extension MetricUnit {
    /// What a number of the unit is written with, after a blank.
    var symbol: String {
        switch self {
        case .time: "ms"
        case .number: ""
        case .share: "%"
        }
    }
}
