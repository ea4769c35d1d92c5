import Resilience
import Trace

extension Stopped {
    /// The failure as policies see it.
    var failure: Failure { Failure(outcome.failureKind, retryAfter: retryAfter.map { .delay($0) }) }
}

extension Outcome {
    var failureKind: FailureKind {
        switch self {
        case .timedOut: .timeout
        case .refused: .refused
        case .reset: .reset
        case .rejected: .rejected
        case .failed: .status(500)
        case .unavailable: .status(503)
        case .throttled: .status(429)
        case .badRequest: .status(400)
        case .unauthorized: .status(401)
        case .forbidden: .status(403)
        case .notFound: .status(404)
        case .conflict: .status(409)
        case .shortCircuited, .shed, .limited: .policy
        case .cancelled: .cancelled
        case .none, .ok: .other
        }
    }
}

extension FailureSet {
    /// What a scenario lists; nothing listed stands for `standard`.
    init(_ kinds: [WrittenFailureKind]?, else standard: FailureSet) {
        guard let kinds else {
            self = standard
            return
        }
        self.init(
            Set(
                kinds.map { kind in
                    switch kind {
                    case .timeout: .timeout
                    case .refused: .refused
                    case .reset: .reset
                    case .rejected: .rejected
                    case .status(let status): .status(status)
                    case .policy: .policy
                    }
                }))
    }
}
