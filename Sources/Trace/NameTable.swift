/// Names, each stored once and numbered in the order in which they were first seen.
public struct NameTable: Hashable, Sendable {
    public private(set) var names: [String] = [""]
    /// For lookup only: never iterated, so hashing cannot reach a trace.
    private var ids: [String: NameID] = ["": .none]

    public init() {}

    /// The number of a name; a new one if it was not seen before. O(length) on average.
    public mutating func intern(_ name: String) -> NameID {
        if let known = ids[name] { return known }
        let id = NameID(UInt32(names.count))
        names.append(name)
        ids[name] = id
        return id
    }

    /// The number of a name that was seen before, else `nil`.
    public func find(_ name: String) -> NameID? { ids[name] }

    /// The name behind a number; an unknown number gives `?`.
    public subscript(id: NameID) -> String {
        Int(id.rawValue) < names.count ? names[Int(id.rawValue)] : "?"
    }

    public static func == (left: NameTable, right: NameTable) -> Bool { left.names == right.names }
    public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
