/// A frame round some lines: `loop`, `alt`, `par` and their like.
public struct Block: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case loop, alt, opt, par
        /// Mermaid's `par_over`: drawn like `par`.
        case parOver = "par_over"
        case critical
        case `break`
        /// A coloured background. Its label is the colour.
        case rect

        /// What begins its further sections; `nil`: it has only one.
        public var divider: String? {
            switch self {
            case .alt: "else"
            case .par, .parOver: "and"
            case .critical: "option"
            case .loop, .opt, .break, .rect: nil
            }
        }
    }

    public struct Section: Hashable, Sendable {
        public var label: String
        public var statements: [Statement]
        public init(label: String = "", statements: [Statement] = []) {
            self.label = label
            self.statements = statements
        }
    }

    public var kind: Kind
    /// At least one.
    public var sections: [Section]
    public var position: Position

    public init(_ kind: Kind, sections: [Section], position: Position = .unknown) {
        self.kind = kind
        self.sections = sections
        self.position = position
    }
}
