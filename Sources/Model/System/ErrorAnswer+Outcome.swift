import Scenario
import Trace

extension ErrorAnswer {
    /// How a call ends that is answered so.
    var outcome: Outcome {
        switch self {
        case .failed: .failed
        case .reset: .reset
        case .status(let status, _):
            switch status {
            case 400: .badRequest
            case 401: .unauthorized
            case 403: .forbidden
            case 404: .notFound
            case 409: .conflict
            case 429: .throttled
            case 503: .unavailable
            default: .failed
            }
        }
    }

    /// Whether the backend says so as soon as the call arrives, without a slot: a refusal to work costs no work.
    var isImmediate: Bool {
        switch self {
        case .status(429, _), .status(503, _): true
        case .failed, .reset, .status: false
        }
    }

    var retryAfter: Duration? {
        if case .status(_, let retryAfter) = self { retryAfter } else { nil }
    }
}
