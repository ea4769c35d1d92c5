/// At most one of several branches, drawn for each request.
public struct Choose: Hashable, Sendable {
    public struct Branch: Hashable, Sendable {
        public var label: String?
        /// How often it is taken, 0...1. What is left of all branches together: how often none is.
        public var share: Double
        public var steps: [Step]

        public init(label: String? = nil, share: Double, steps: [Step]) {
            self.label = label
            self.share = share
            self.steps = steps
        }
    }

    /// Choices by the same name fall alike in one request; `nil`: each time anew.
    public var by: String?
    /// Their shares are at most 1 together.
    public var branches: [Branch]

    public init(by: String? = nil, branches: [Branch]) {
        self.by = by
        self.branches = branches
    }
}
