import Analysis

/// Something that is so or is not in the simulated system at a moment, as sessions write it.
///
///     breaker payments is open        backend sql is down        bulkhead payments is not full
///     queue of sql >= 10              calls in sql >= 4          cache products has p17
public struct ModelState: Hashable, Sendable {
    /// What it is about: a backend, a cache, a policy, or a layer of one by its whole name.
    public var name: String
    public var claim: Claim
    /// Whether the claim must not hold.
    public var isNegated: Bool

    public init(_ name: String, _ claim: Claim, isNegated: Bool = false) {
        self.name = name
        self.claim = claim
        self.isNegated = isNegated
    }

    /// What calls are inside of.
    public enum Holder: String, Sendable { case backend, bulkhead }

    public enum Claim: Hashable, Sendable {
        case breaker(BreakerState.Position)
        /// Whether a backend refuses every call.
        case down, up
        /// Whether a bulkhead has no place left inside, a backend no slot.
        case full(Holder)
        /// How many wait at a backend, or for a bulkhead.
        case queue(MetricCondition.Comparison, Int)
        /// How many calls a backend serves, or a bulkhead has inside.
        case calls(MetricCondition.Comparison, Int)
        /// Whether a cache has an entry for that key.
        case has(key: String)
    }
}

extension ModelState: CustomStringConvertible {
    public var description: String {
        let not = isNegated ? "not " : ""
        switch claim {
        case .breaker(let position): return "breaker \(name) is \(not)\(position.word)"
        case .down: return "backend \(name) is \(not)down"
        case .up: return "backend \(name) is \(not)up"
        case .full(let holder): return "\(holder.rawValue) \(name) is \(not)full"
        case .queue(let comparison, let count): return "queue of \(name) \(comparison.rawValue) \(count)"
        case .calls(let comparison, let count): return "calls in \(name) \(comparison.rawValue) \(count)"
        case .has(let key): return "cache \(name) has \(not)\(key)"
        }
    }
}

extension BreakerState.Position {
    /// As sessions write it.
    public var word: String {
        switch self {
        case .closed: "closed"
        case .open: "open"
        case .halfOpen: "half-open"
        case .disabled: "disabled"
        }
    }
}
