/// What an answer says about the host that gave it, or should have given it.
public enum OutlierResult: String, Hashable, Sendable, CaseIterable {
    case success
    /// A 5xx that is not a gateway's, or an error that no status tells.
    case failure
    /// 502, 503 or 504, or what Envoy reports as one of them: no connection, a broken one, no answer in time.
    case gatewayFailure

    /// As Envoy maps what became of a call; `failure` is `nil` after a success. `nil`: it says nothing about the host,
    /// because nothing was sent or the caller gave up.
    public init?(_ failure: FailureKind?) {
        switch failure {
        case nil: self = .success
        case .timeout, .refused, .reset, .rejected: self = .gatewayFailure
        case .status(let status) where (502...504).contains(status): self = .gatewayFailure
        case .status(let status): self = (500...599).contains(status) ? .failure : .success
        case .other: self = .failure
        case .policy, .cancelled: return nil
        }
    }
}
