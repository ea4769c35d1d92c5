/// What a student has done so far, in all lessons.
public struct Progress: Hashable, Sendable, Codable {
    /// The format written by this version.
    public static let currentVersion = 1

    public var version = Progress.currentVersion
    public var language: Language?
    /// The lesson that was open last.
    public var last: String?
    /// By lesson id.
    public var lessons: [String: LessonProgress] = [:]

    public init() {}
}

/// What a student has done in one lesson.
public struct LessonProgress: Hashable, Sendable, Codable {
    /// The step where the student left; `nil`: the card.
    public var step: String?
    /// Steps passed, in the order in which they were.
    public var done: [String] = []
    /// By step id.
    public var answers: [String: Answer] = [:]
    /// Challenges passed.
    public var passed: [String] = []
    /// Challenges whose solution the student looked at before passing them.
    public var withSolution: [String] = []
    /// Whether the student has been at the summary.
    public var hasSeenSummary = false
    /// Once finished, a lesson stays so, whatever its author adds.
    public var isFinished = false

    public init() {}

    /// Files of older versions lack what was added since.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        step = try values.decodeIfPresent(String.self, forKey: .step)
        done = try values.decode([String].self, forKey: .done)
        answers = try values.decode([String: Answer].self, forKey: .answers)
        passed = try values.decode([String].self, forKey: .passed)
        isFinished = try values.decode(Bool.self, forKey: .isFinished)
        withSolution = try values.decodeIfPresent([String].self, forKey: .withSolution) ?? []
        hasSeenSummary = try values.decodeIfPresent(Bool.self, forKey: .hasSeenSummary) ?? isFinished
    }

    /// What the student predicted, and whether it was so.
    public struct Answer: Hashable, Sendable, Codable {
        /// A choice's id, or a number as typed.
        public var reply: String
        public var confidence: Confidence
        public var isRight: Bool

        public init(reply: String, confidence: Confidence, isRight: Bool) {
            self.reply = reply
            self.confidence = confidence
            self.isRight = isRight
        }
    }

    public var rightAnswers: Int { answers.values.count { $0.isRight } }
    /// Sure and wrong: the answers worth another look.
    public var misconceptions: Int { answers.values.count { !$0.isRight && $0.confidence == .sure } }
    /// Challenges passed whose solution the student had looked at.
    var passedWithSolution: Int { passed.count { withSolution.contains($0) } }

    /// A question is done once it is answered, a challenge once it is passed or left, another step once it is left.
    func isDone(_ step: LessonCover.Step) -> Bool {
        if step.kind == .predict { return answers[step.id] != nil }
        return done.contains(step.id) || passed.contains(step.id)
    }
}

// MARK: - Two programs at once

extension Progress {
    /// This progress with what another program has saved since both began.
    ///
    /// Where both say something else, this one is right; nothing that was answered or passed is lost.
    /// - Parameter base: what this program found or saved last.
    func merged(with other: Progress, since base: Progress) -> Progress {
        var merged = self
        if language == base.language { merged.language = other.language }
        if last == base.last { merged.last = other.last }
        for (id, theirs) in other.lessons {
            guard let ours = lessons[id], ours != base.lessons[id] else {
                merged.lessons[id] = theirs
                continue
            }
            merged.lessons[id] = ours.merged(with: theirs)
        }
        return merged
    }
}

extension LessonProgress {
    fileprivate func merged(with other: LessonProgress) -> LessonProgress {
        var merged = self
        merged.done += other.done.filter { !done.contains($0) }
        merged.passed += other.passed.filter { !passed.contains($0) }
        // What is on disk was answered before: the first answer counts.
        merged.answers.merge(other.answers) { _, theirs in theirs }
        merged.withSolution += other.withSolution.filter { !withSolution.contains($0) }
        merged.hasSeenSummary = hasSeenSummary || other.hasSeenSummary
        merged.isFinished = isFinished || other.isFinished
        return merged
    }
}
