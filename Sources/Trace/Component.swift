/// A part of the simulated system, declared before the run so that views know even those that do nothing.
public struct Component: Hashable, Sendable {
    public enum Kind: UInt8, CaseIterable, Sendable {
        case client = 1
        case flow = 2
        case backend = 3
        case cache = 4
    }

    public var name: NameID
    public var kind: Kind

    public init(name: NameID, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
