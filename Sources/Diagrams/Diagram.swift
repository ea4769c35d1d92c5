/// A sequence diagram as data: what a Mermaid `sequenceDiagram` says, whatever its layout in the file.
///
/// Two diagrams are equal when they say the same; where it was written does not count.
public struct Diagram: Hashable, Sendable {
    public var title: String?
    /// Mermaid's `accTitle` and `accDescr`: for those who cannot see the picture.
    public var accessibleTitle: String?
    public var accessibleDescription: String?
    /// In the order of their columns: as declared, or as first used.
    public var participants: [Participant]
    /// Groups of neighbouring columns, from the left.
    public var boxes: [ParticipantBox]
    public var statements: [Statement]

    public init(
        title: String? = nil, accessibleTitle: String? = nil, accessibleDescription: String? = nil,
        participants: [Participant] = [], boxes: [ParticipantBox] = [], statements: [Statement] = []
    ) {
        self.title = title
        self.accessibleTitle = accessibleTitle
        self.accessibleDescription = accessibleDescription
        self.participants = participants
        self.boxes = boxes
        self.statements = statements
    }

    /// How many messages there are, in blocks too. O(n).
    public var messageCount: Int { Self.count(statements) }

    private static func count(_ statements: [Statement]) -> Int {
        statements.reduce(0) { sum, statement in
            switch statement {
            case .message: sum + 1
            case .block(let block): block.sections.reduce(sum) { $0 + count($1.statements) }
            default: sum
            }
        }
    }
}

/// One line of a diagram, or a block of them.
public indirect enum Statement: Hashable, Sendable {
    case message(Message)
    case note(Note)
    case activate(String)
    case deactivate(String)
    /// The participant's column begins with the message that follows.
    case create(String)
    /// The participant's column ends with the message that follows.
    case destroy(String)
    case autonumber(Autonumber)
    case block(Block)
    /// The text behind `%%`.
    case comment(String)
}

/// How messages are numbered from here on.
public enum Autonumber: Hashable, Sendable {
    case on(start: Int, step: Int)
    case off
}
