/// A change of a circuit breaker's state. Only those in ``table`` exist: there is no value for another one.
public struct CircuitBreakerTransition: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// So many failures in a row.
        case consecutive
        /// Too large a share of failures in the window.
        case ratio
        /// Too large a share of slow calls in the window.
        case slow
        /// What the trials of a half-open breaker brought.
        case trial
        /// The open time is over.
        case elapsed
        /// The trials took too long to answer.
        case overdue
        /// Someone said so.
        case forced
    }

    /// A line of the table.
    public struct Rule: Hashable, Sendable {
        public var from: CircuitBreakerState
        public var to: CircuitBreakerState
        public var reasons: [Reason]
    }

    public let from: CircuitBreakerState
    public let to: CircuitBreakerState
    public let reason: Reason
    /// For how long it opens; `nil`: it does not, or until told otherwise.
    public let openFor: Duration?

    /// Every legal transition, except those that are forced: these lead from any state to any other.
    public static let table: [Rule] = [
        Rule(from: .closed, to: .open, reasons: [.consecutive, .ratio, .slow]),
        Rule(from: .open, to: .halfOpen, reasons: [.elapsed]),
        // Envoy's: back without a trial.
        Rule(from: .open, to: .closed, reasons: [.elapsed]),
        Rule(from: .halfOpen, to: .closed, reasons: [.trial]),
        Rule(from: .halfOpen, to: .open, reasons: [.trial, .overdue]),
    ]

    /// `nil` when the table does not have it.
    public init?(
        from: CircuitBreakerState, to: CircuitBreakerState, reason: Reason, openFor: Duration? = nil
    ) {
        guard Self.isLegal(from: from, to: to, reason: reason) else { return nil }
        self.from = from
        self.to = to
        self.reason = reason
        self.openFor = openFor
    }

    static func isLegal(from: CircuitBreakerState, to: CircuitBreakerState, reason: Reason) -> Bool {
        if reason == .forced { return from != to }
        return table.contains { $0.from == from && $0.to == to && $0.reasons.contains(reason) }
    }
}

/// The changes that one step brought, in order: none, mostly, and never more than three.
public struct CircuitBreakerTransitions: Sequence, Hashable, Sendable {
    static let most = 3
    private var first: CircuitBreakerTransition?
    private var second: CircuitBreakerTransition?
    private var third: CircuitBreakerTransition?

    public var isEmpty: Bool { first == nil }
    public var last: CircuitBreakerTransition? { third ?? second ?? first }
    public var count: Int { third != nil ? 3 : second != nil ? 2 : first != nil ? 1 : 0 }

    mutating func append(_ transition: CircuitBreakerTransition?) {
        if first == nil {
            first = transition
        } else if second == nil {
            second = transition
        } else {
            third = transition
        }
    }

    public struct Iterator: IteratorProtocol {
        fileprivate var left: CircuitBreakerTransitions

        public mutating func next() -> CircuitBreakerTransition? {
            let next = left.first
            (left.first, left.second, left.third) = (left.second, left.third, nil)
            return next
        }
    }

    public func makeIterator() -> Iterator { Iterator(left: self) }
}
