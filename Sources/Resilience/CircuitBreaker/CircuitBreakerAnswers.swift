/// What became of a guarded call.
public enum CircuitBreakerResult: String, Hashable, Sendable, CaseIterable {
    case success, failure
    /// An error that says nothing about the other side's health. What that means depends on the profile:
    /// ``CircuitBreakerProfile/ignoredResults-swift.property``.
    case ignored
}

/// What a call that was let through brings back with its result.
public struct CircuitBreakerPermit: Hashable, Sendable {
    /// The number of the state in which it was let through.
    public let generation: UInt64
    /// Whether the breaker was half-open.
    public let isTrial: Bool
}

/// The answer to a call that wants through.
public struct CircuitBreakerAdmission: Hashable, Sendable {
    public enum Decision: Hashable, Sendable {
        case admitted(CircuitBreakerPermit)
        /// retryAfter: until trials are let through; `nil`: not known.
        case rejected(retryAfter: Duration?)
    }

    public let decision: Decision
    /// What changed before or by it, in order.
    public let transitions: CircuitBreakerTransitions

    init(_ decision: Decision, _ transitions: CircuitBreakerTransitions) {
        self.decision = decision
        self.transitions = transitions
    }
}

/// What the trip test compares with its threshold.
public enum CircuitBreakerMeasure: Hashable, Sendable {
    case failuresInARow(Int)
    /// Of failures in the window, 0...1.
    case rate(Double)
    /// The window holds fewer than the minimum.
    case tooFewCalls
}

/// What became of a result.
public struct CircuitBreakerRecord: Hashable, Sendable {
    public struct Counted: Hashable, Sendable {
        public let failed: Bool
        public let isSlow: Bool
    }

    /// As what it was counted; `nil`: it was not.
    public let counted: Counted?
    /// With this result, and before a change of state empties the counts.
    public let measure: CircuitBreakerMeasure
    /// What changed before or by it, in order.
    public let transitions: CircuitBreakerTransitions
}
