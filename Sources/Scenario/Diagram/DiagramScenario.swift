import Diagrams

/// A scenario's sequence diagram, and which part of the scenario stands for each of its messages.
public struct DiagramScenario: Hashable, Sendable {
    /// What carries a message in a run.
    public enum Route: Hashable, Sendable {
        /// A call of an operation, which its receiver answers.
        case call(backend: String, operation: String)
        /// The answer to the call that is the message of that number. One of several that may be has a branch of its
        /// label.
        case answer(of: Int, label: String?)
        /// A message that nobody waits for.
        case send(backend: String, operation: String)
        /// A message to oneself: a branch of that label, which is always taken, and in it a wait.
        case work(component: String, label: String)
    }

    public var diagram: Diagram
    /// By the numbers of the messages; as long as there are messages.
    public var routes: [Route]
    /// The components of participants, by their ids. Who only sends in the client's name has the client.
    public var components: [String: String]

    public init(diagram: Diagram, routes: [Route], components: [String: String]) {
        self.diagram = diagram
        self.routes = routes
        self.components = components
    }
}
