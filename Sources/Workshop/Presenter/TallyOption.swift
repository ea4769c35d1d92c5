import Scenario

/// An answer that hands are raised for.
struct TallyOption: Hashable, Sendable {
    var text: String
    /// Whether the run says so; of numbers, whether it is the nearest.
    var isRight: Bool
}

extension LessonState {
    /// What the class chooses from: the choices, or five numbers of which one is nearest to the run's.
    func tallyOptions(_ language: Language) -> [TallyOption] {
        guard let step, case .predict(let prediction) = step.kind else { return [] }
        let truth = truth(of: prediction)
        switch prediction.form {
        case .choices(let choices):
            return choices.prefix(9).map {
                TallyOption(text: $0.text(language), isRight: $0.id == truth?.rightChoice)
            }
        case .number:
            guard let answer = truth?.answer else { return [] }
            let values = NearestScale.values(around: answer, salt: step.id)
            let nearest = values.indices.min {
                abs(values[$0].amount - answer.amount) < abs(values[$1].amount - answer.amount)
            }
            return values.enumerated().map { TallyOption(text: $1.text(language), isRight: $0 == nearest) }
        }
    }

    /// How many answers there are to choose from.
    var tallyOptionCount: Int {
        guard case .predict(let prediction) = step?.kind else { return 0 }
        if case .choices(let choices) = prediction.form { return min(choices.count, 9) }
        return NearestScale.count
    }

    /// What the run says to the question on the screen.
    func revealedAnswer(_ language: Language) -> String? {
        guard case .predict(let prediction) = step?.kind, let truth = truth(of: prediction) else { return nil }
        return prediction.text(of: truth, language)
    }
}

/// Numbers to choose the nearest of, where a question asks for a number: nobody types for a whole class.
enum NearestScale {
    static let count = 5

    /// Rising. The true one is near one of them, and which one does not give it away.
    /// - Parameter salt: the same gives the same place.
    static func values(around truth: MetricValue, salt: String) -> [MetricValue] {
        if truth.unit == .share { return [0.1, 0.3, 0.5, 0.7, 0.9].map { MetricValue($0, .share) } }
        let place = salt.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } % count
        if truth.unit == .number, truth.amount < 10 {
            let first = max(0, truth.amount.rounded() - Double(place))
            return (0..<count).map { MetricValue(first + Double($0), .number) }
        }
        return (0..<count).map { index in
            var amount = truth.amount
            for _ in 0..<abs(index - place) { amount = index < place ? amount / 2 : amount * 2 }
            return MetricValue(rounded(amount), truth.unit)
        }
    }

    /// To one significant digit, or one and a half: 1, 1.5, 2, 3, ...
    private static func rounded(_ amount: Double) -> Double {
        guard amount > 0, amount.isFinite else { return 0 }
        var unit = 1.0
        while unit * 10 <= amount { unit *= 10 }
        while unit > amount { unit /= 10 }
        let digits = amount / unit
        return (digits < 3 ? (digits * 2).rounded() / 2 : digits.rounded()) * unit
    }
}
