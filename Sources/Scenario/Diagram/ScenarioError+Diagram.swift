import Diagrams

extension ScenarioError {
    /// What is wrong with a diagram's text, each problem with its line.
    public init(_ error: DiagramError, text: String, file: String) {
        let origin = DiagramOrigin(file: file, text: text)
        self.init(problems: error.problems.map(origin.problem))
    }
}
