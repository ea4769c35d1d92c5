/// An interned name: a backend, an operation, a cache key. See ``NameTable``.
public struct NameID: Hashable, Comparable, Sendable {
    public var rawValue: UInt32
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// The empty name.
    public static let none = NameID(0)
    public static func < (left: NameID, right: NameID) -> Bool { left.rawValue < right.rawValue }
}

/// One request of a client, numbered from 1 in the order in which requests start.
public struct RequestID: Hashable, Comparable, Sendable {
    public var rawValue: UInt32
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// The event belongs to no request: a fault, a mark.
    public static let none = RequestID(0)
    public static func < (left: RequestID, right: RequestID) -> Bool { left.rawValue < right.rawValue }
}

/// A piece of work with a start and an end: a request, a step, a call. Numbered from 1 in the order of their starts.
public struct SpanID: Hashable, Comparable, Sendable {
    public var rawValue: UInt32
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// The event belongs to no span, or the span has no parent.
    public static let none = SpanID(0)
    public static func < (left: SpanID, right: SpanID) -> Bool { left.rawValue < right.rawValue }
}

/// The place of an event in its trace, numbered from 1, so that 0 can say "no event".
public struct EventID: Hashable, Comparable, Sendable {
    public var rawValue: UInt32
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// Nothing in the trace caused it: the run itself did.
    public static let none = EventID(0)
    public static func < (left: EventID, right: EventID) -> Bool { left.rawValue < right.rawValue }
}
