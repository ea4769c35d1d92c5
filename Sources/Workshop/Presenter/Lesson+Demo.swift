import Scenario

// Which demo a presentation plays.
extension SessionScript {
    /// What `x` plays in the presentation of a lesson; `nil`: nothing.
    ///
    /// Throws ``ScenarioError`` where it cannot be used.
    func demo(of lesson: Lesson) throws(ScenarioError) -> SessionScript? {
        switch demo {
        case .own: try lesson.ownDemo()
        case .file(_, let script): try lesson.checked(script)
        }
    }
}

extension Lesson {
    private static let demoFile = "replays/demo.replay"

    /// Its own demo: what `x` plays in a presentation where nothing else is named; `nil`: it has none.
    ///
    /// Throws ``ScenarioError`` where it cannot be used.
    public func ownDemo() throws(ScenarioError) -> SessionScript? {
        let file = "\(folder)/\(Self.demoFile)"
        switch KeyFiles.below(folder).contents(of: Self.demoFile) {
        case .success(let bytes): return try checked(SessionScript(bytes: bytes, file: file, files: .beside(file)))
        case .failure(.missing): return nil
        case .failure(let failure):
            throw ScenarioError(problems: [Problem(file: file, message: SessionInclusion.Refusal(failure).reason)])
        }
    }

    /// A session that is to be the demo of a presentation of this lesson. Throws ``ScenarioError`` where it cannot be.
    public func checked(_ demo: SessionScript) throws(ScenarioError) -> SessionScript {
        guard demo.opening == .lesson, demo.lesson == id else {
            let what = demo.opening == .lesson ? SafeText.quoted(demo.lesson) : "the \(demo.opening.rawValue)"
            let message = "a demo of \(id) is a session of that lesson; this is one of \(what)"
            let mark = demo.marks["lesson"] ?? demo.marks["open"]
            throw ScenarioError(problems: [mark?.problem(message) ?? Problem(file: "demo", message: message)])
        }
        if let step = demo.step, self.step(step) == nil { throw demo.unknownStep(step, in: self) }
        return demo
    }
}
