/// What a ``Cluster`` decides. Servers go by their numbers, see ``ClusterCore``.
public enum ClusterEvent: Hashable, Sendable {
    /// The balancer sees it from now on: it has come into the cluster, or into this client's subset.
    case joined(Int)
    case left(Int)
    /// Slow start has come to another weight.
    case weighed(Int, weight: Double)
    /// What its checks, or errors of calls, have made of it.
    case healthChanged(Int, HealthState)
    /// It answers worse than the others, and is out for at least that long.
    case ejected(Int, for: Duration)
    case returned(Int)
    /// It was detected; too many are out already, or this detection is not enforced.
    case spared(Int, OutlierTransition.Reason)
    /// Too few are well, so that all are used; or enough are again.
    case panicChanged(Bool)
}
