import Scenario

extension SessionScript {
    /// Reads a session's file. Throws ``ScenarioError`` with every problem in its place.
    /// - Parameter files: where `include` finds its files.
    public init(parsing text: String, file: String, files: KeyFiles = .none) throws(ScenarioError) {
        var parser = SessionParser(text: text, file: file, included: SessionInclusion(files: files))
        self = try parser.script()
    }

    /// Reads a session's file from its bytes: UTF-8 text of at most 1 MiB.
    public init(
        bytes: some Collection<UInt8>, file: String, files: KeyFiles = .none
    ) throws(ScenarioError) {
        guard let text = SessionParser.text(of: bytes) else {
            throw ScenarioError(problems: [Problem(file: file, message: SessionParser.notText)])
        }
        try self.init(parsing: text, file: file, files: files)
    }

    /// Says at the line of the head that names the lesson what is wrong with it.
    public func located(_ error: ScenarioError) -> ScenarioError {
        guard let mark = marks["lesson"], let first = error.problems.first, error.problems.count == 1, first.line == 0
        else { return error }
        return ScenarioError(problems: [mark.problem(first.message, suggestion: first.suggestion)])
    }

    func unknownLesson(_ id: String, finished known: [String]) -> ScenarioError {
        let message = "there is no lesson \(SafeText.quoted(id)) to have finished"
        let hint = Suggestion.sentence(for: id, in: known)
        return ScenarioError(problems: [
            marks["finished"]?.problem(message, suggestion: hint)
                ?? Problem(file: "session", message: message, suggestion: hint)
        ])
    }

    func unknownStep(_ step: String, in lesson: Lesson) -> ScenarioError {
        let message = "\(lesson.id) has no step \(SafeText.quoted(step))"
        let hint = Suggestion.sentence(for: step, in: lesson.steps.map(\.id))
        return ScenarioError(problems: [
            marks["step"]?.problem(message, suggestion: hint)
                ?? Problem(file: "session", message: message, suggestion: hint)
        ])
    }
}
