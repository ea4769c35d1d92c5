import Trace

/// What is counted of a layer of a policy.
public enum LayerCount: UInt8, CaseIterable, Sendable {
    /// Passes that the layer let through. Of a timeout: those that ended before the time was up.
    case passed
    /// How often the time was up.
    case fired
    /// Work that came to a retry or a hedge.
    case passes
    case attempts
    /// Attempts after the first of their pass.
    case retries
    case givenUp
    /// Passes that ended well after a retry.
    case recovered
    case rejected
    case opened, closed, halfOpened
    /// How long a breaker was open, in nanoseconds.
    case openTime
    case queued
    /// Sent away from a queue.
    case shed
    /// Most passes inside at once, and in the queue.
    case maxInside, maxQueued
    /// Passes that had to wait for a permit.
    case delayed
    /// Calls besides the first of their pass.
    case copies
    /// Passes that a copy answered first.
    case won
    /// Answers made up, and answers kept for that.
    case used, kept

    /// The name in reports and in the figures of lessons.
    public var name: String { "\(self)" }
    /// Whether it is a time, in nanoseconds, and not a number.
    public var isTime: Bool { self == .openTime }

    /// The counts of a kind of layer, in the order of reports; none for what is no layer.
    public static func counts(of kind: Component.Kind) -> [LayerCount] {
        switch kind {
        case .timeout: [.passed, .fired]
        case .retry: [.passes, .attempts, .retries, .givenUp, .recovered]
        case .breaker: [.passed, .rejected, .opened, .closed, .halfOpened, .openTime]
        case .bulkhead: [.passed, .queued, .rejected, .shed, .maxInside, .maxQueued]
        case .limiter: [.passed, .rejected, .delayed]
        case .hedge: [.passes, .copies, .won]
        case .fallback: [.used, .kept]
        case .client, .flow, .backend, .cache, .policy, .balancer: []
        }
    }
}
