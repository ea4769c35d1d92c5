/// A column of a diagram.
public struct Participant: Hashable, Sendable {
    /// What stands at its head. All but ``participant`` and ``actor`` are Mermaid's `@{ "type": "..." }`.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case participant, actor, boundary, control, entity, database, collections, queue
    }

    /// A named address that belongs to it, from Mermaid's `link` and `links`.
    public struct Link: Hashable, Sendable {
        public var label: String
        public var address: String
        public init(label: String, address: String) {
            self.label = label
            self.address = address
        }
    }

    /// How messages name it.
    public var id: String
    /// What people read; lines apart by line feeds.
    public var label: String
    public var kind: Kind
    public var links: [Link]
    /// Whether a line of its own declares it; else a message does, by naming it. Whoever stands left of a declared one
    /// counts as declared: only so can the order of columns be written down.
    public var isDeclared: Bool
    /// Whether a `create` line declares it: its column begins there.
    public var isCreated: Bool

    public init(
        id: String, label: String? = nil, kind: Kind = .participant, links: [Link] = [], isDeclared: Bool = true,
        isCreated: Bool = false
    ) {
        self.id = id
        self.label = label ?? id
        self.kind = kind
        self.links = links
        self.isDeclared = isDeclared
        self.isCreated = isCreated
    }
}

/// A frame round some columns.
public struct ParticipantBox: Hashable, Sendable {
    public var label: String
    /// As written: a name, `rgb(...)`, `transparent`; `nil`: none.
    public var colour: String?
    /// Ids, in the order of their columns.
    public var participants: [String]

    public init(label: String = "", colour: String? = nil, participants: [String]) {
        self.label = label
        self.colour = colour
        self.participants = participants
    }
}
