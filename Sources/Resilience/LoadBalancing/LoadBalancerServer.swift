/// The server that a ``LoadBalancer`` chose for a piece of work.
public struct LoadBalancerServer: Hashable, Sendable {
    /// See ``LoadBalancerCore``.
    public let number: Int
    public let name: String
}

/// A load balancer has nobody to send to.
public struct NoServerAvailable: ClassifiedError, Hashable, Sendable {
    public init() {}

    public var failure: Failure { Failure(.refused) }
}
