import Scenario

/// What is left of a presentation that did not end as it should: where it was, its clock, the hands of the class.
public struct PresentationRecord: Bounded, Hashable, Sendable {
    /// For the answers of one question.
    struct Hands: Codable, Hashable, Sendable {
        /// The answer of each hand, in the order in which they were counted.
        var answers: [Int]
        var isRevealed: Bool
    }

    /// The lesson's id.
    public let lesson: String
    /// `card`, `summary` or the id of a step.
    let page: String
    /// In seconds: in all, and by step.
    let total: Int
    let steps: [String: Int]
    let isTimerRunning: Bool
    /// By step.
    let hands: [String: Hands]

    /// `nil` where there is nothing to go on with: the class still comes in, or is asked to wait for an answer to this.
    public init?(_ app: App) {
        guard let presenter = app.presenter, let state = app.lesson else { return nil }
        if app.offersToResume { return nil }
        lesson = state.lesson.id
        page = state.pageName
        total = Int(presenter.timer.elapsed.components.seconds)
        steps = presenter.timer.steps.mapValues { Int($0.components.seconds) }
        isTimerRunning = presenter.timer.isRunning
        hands = presenter.tallies.mapValues { Hands(answers: $0.hands, isRevealed: $0.isRevealed) }
        if state.page == .card, total == 0, hands.isEmpty { return nil }
    }

    /// Whether the two differ in nothing but how much time has passed.
    public func isContinued(by other: PresentationRecord) -> Bool {
        lesson == other.lesson && page == other.page && isTimerRunning == other.isTimerRunning && hands == other.hands
    }

    // MARK: Bounded

    public static let mostBytes = 256 << 10
    private static let mostSeconds = 1_000_000

    public var isSensible: Bool {
        ([total] + steps.values).allSatisfy { (0...Self.mostSeconds).contains($0) }
            && hands.values.allSatisfy { hands in
                hands.answers.count <= Tally.mostHands && hands.answers.allSatisfy { (0..<9).contains($0) }
            }
    }

    // MARK: For people

    /// `step 3 of 8 (Half-open), 12:40 in all`.
    func standing(in lesson: Lesson, _ language: Language) -> String {
        let time = "\(Duration.seconds(total).clockText) \(Words.inAll(language))"
        let place: String? =
            if let index = lesson.steps.firstIndex(where: { $0.id == page }) {
                "\(Words.step(language)) \(index + 1) \(Words.of(language)) \(lesson.steps.count) "
                    + "(\(lesson.steps[index].title(language)))"
            } else {
                page == "summary" ? Words.summary(language) : nil
            }
        return [place, time].compactMap(\.self).joined(separator: ", ")
    }
}

extension App {
    /// Whether the instructor is asked whether to go on with a presentation that broke off.
    var offersToResume: Bool { if case .presenter(.resuming) = overlay { true } else { false } }

    /// Offers to go on with a presentation that did not end as it should. Whoever declines begins where they are.
    public mutating func offer(_ record: PresentationRecord) {
        guard presenter != nil, lesson?.lesson.id == record.lesson else { return }
        overlay = .presenter(.resuming(record))
    }

    /// Takes the place, the clock and the hands; a step that is not there any more is the cover.
    mutating func resume(_ record: PresentationRecord) {
        presenter?.timer.resume(
            .seconds(record.total), steps: record.steps.mapValues { .seconds($0) }, isRunning: record.isTimerRunning)
        presenter?.tallies = record.hands.mapValues { Tally(hands: $0.answers, isRevealed: $0.isRevealed) }
        changeLesson { $0.open($0.page(called: record.page) ?? .card) }
    }
}
