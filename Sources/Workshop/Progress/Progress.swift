/// What a student has done so far, in all lessons.
public struct Progress: Hashable, Sendable, Codable {
    /// The format written by this version.
    public static let currentVersion = 1

    public var version = Progress.currentVersion
    public var language: Language?
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
