/// An arrow from one participant to another, or to itself.
public struct Message: Hashable, Sendable {
    /// Its place among the diagram's messages, from 0 in the order of the text.
    public var number: Int
    public var from: String
    public var to: String
    public var arrow: Arrow
    /// Lines apart by line feeds.
    public var text: String
    /// `+`: the receiver begins to work.
    public var activates: Bool
    /// `-`: the sender ends its work.
    public var deactivates: Bool
    public var position: Position

    public init(
        number: Int, from: String, to: String, arrow: Arrow, text: String = "", activates: Bool = false,
        deactivates: Bool = false, position: Position = .unknown
    ) {
        self.number = number
        self.from = from
        self.to = to
        self.arrow = arrow
        self.text = text
        self.activates = activates
        self.deactivates = deactivates
        self.position = position
    }
}

/// The ten arrows of Mermaid: `->` `-->` `->>` `-->>` `<<->>` `<<-->>` `-x` `--x` `-)` `--)`.
public struct Arrow: Hashable, Sendable {
    public enum Line: Hashable, Sendable, CaseIterable { case solid, dotted }
    public enum Head: Hashable, Sendable, CaseIterable {
        /// `->`
        case none
        /// `->>`
        case filled
        /// `<<->>`
        case both
        /// `-x`: it does not arrive.
        case cross
        /// `-)`: nobody waits for an answer.
        case open
    }
    public var line: Line
    public var head: Head

    public init(_ line: Line, _ head: Head) {
        self.line = line
        self.head = head
    }
}

/// Text beside a column, or over some.
public struct Note: Hashable, Sendable {
    public enum Place: String, Hashable, Sendable, CaseIterable { case left, right, over }
    public var place: Place
    /// One; over a stretch of columns, two.
    public var participants: [String]
    /// Lines apart by line feeds.
    public var text: String
    public var position: Position

    public init(place: Place, participants: [String], text: String, position: Position = .unknown) {
        self.place = place
        self.participants = participants
        self.text = text
        self.position = position
    }
}
