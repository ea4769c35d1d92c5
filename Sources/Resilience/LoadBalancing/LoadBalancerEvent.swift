/// What a ``LoadBalancer`` decides, and what it is told.
public enum LoadBalancerEvent: Hashable, Sendable {
    /// pending: requests on their way there, this one included.
    case picked(LoadBalancerServer, considered: LoadBalancerCandidates, pending: Int)
    /// Nobody is there.
    case refused
    /// took: `nil` when it was cancelled. pending: requests still on their way there.
    case finished(LoadBalancerServer, took: Duration?, failed: Bool, pending: Int)
    case joined(LoadBalancerServer, weight: Double)
    case left(LoadBalancerServer)
    case weighed(LoadBalancerServer, weight: Double)
    case availabilityChanged(LoadBalancerServer, isAvailable: Bool)
    case algorithmChanged(LoadBalancerAlgorithm)
}
