/// What outlier detection decides.
public enum OutlierEvent: Hashable, Sendable {
    case changed(OutlierTransition)
    /// A host was detected, but too many are ejected already.
    case overflowed(host: Int, OutlierTransition.Reason)
    /// A host was detected, but this kind of detection is not enforced, or not this time.
    case spared(host: Int, OutlierTransition.Reason)
}
