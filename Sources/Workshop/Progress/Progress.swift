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
    public var isFinished = false

    public init() {}

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
        merged.isFinished = isFinished || other.isFinished
        return merged
    }
}
