/// What a lesson says in one language.
public struct LessonText: Hashable, Sendable {
    public var file: String
    public var language: Language
    /// One for each section that is a step's, in the order of the file.
    public var steps: [StepText]
    /// What the student takes away; shown at the end.
    public var summary: [MarkdownBlock]
    /// Where to read on.
    public var reading: [MarkdownBlock]

    public init(
        file: String, language: Language, steps: [StepText] = [], summary: [MarkdownBlock] = [],
        reading: [MarkdownBlock] = []
    ) {
        self.file = file
        self.language = language
        self.steps = steps
        self.summary = summary
        self.reading = reading
    }
}

/// What a step says.
public struct StepText: Hashable, Sendable {
    public var id: String
    public var body: [MarkdownBlock]
    /// Shown after the prediction is answered or the challenge is passed.
    public var after: [MarkdownBlock]
    /// From the gentlest to the plainest.
    public var hints: [[MarkdownBlock]]
    /// For the speaker.
    public var notes: [MarkdownBlock]
    /// The lines of the section in its file: an edit there belongs to this step.
    public var lines: ClosedRange<Int>

    public init(
        id: String, body: [MarkdownBlock] = [], after: [MarkdownBlock] = [], hints: [[MarkdownBlock]] = [],
        notes: [MarkdownBlock] = [], lines: ClosedRange<Int> = 1...1
    ) {
        self.id = id
        self.body = body
        self.after = after
        self.hints = hints
        self.notes = notes
        self.lines = lines
    }
}
