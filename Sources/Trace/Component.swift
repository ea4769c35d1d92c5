/// A part of the simulated system, declared before the run so that views know even those that do nothing.
public struct Component: Hashable, Sendable {
    public enum Kind: UInt8, CaseIterable, Sendable {
        case client = 1
        case flow = 2
        case backend = 3
        case cache = 4
        /// Named as in the scenario; its layers come after it, outermost first, named `policy.layer`.
        case policy = 5
        case timeout = 6
        case retry = 7
        case breaker = 8
        case bulkhead = 9
        case limiter = 10
        case hedge = 11
        case fallback = 12
        /// Its servers are backends, declared after it.
        case balancer = 13

        /// Whether it is a layer of a policy.
        public var isLayer: Bool { (Kind.timeout.rawValue...Kind.fallback.rawValue).contains(rawValue) }
    }

    public var name: NameID
    public var kind: Kind

    public init(name: NameID, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
