/// Client-side throttling (Site Reliability Engineering, chapter 21).
///
/// Requests count whether they are sent or turned away here. Accepted is what the backend took on, however it ended:
/// not time-outs, refused or reset connections, full queues, 429 and 503.
struct AdaptiveThrottle<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    private let k: Double
    private var requests: SlottedSum<Instant>
    private var accepts: SlottedSum<Instant>

    init(k: Double, window: Duration, at now: Instant) {
        self.k = k
        requests = SlottedSum(slots: 60, over: window, at: now)
        accepts = SlottedSum(slots: 60, over: window, at: now)
    }

    mutating func rejectProbability(at now: Instant) -> Double {
        let (requests, accepts) = (Double(requests.sum(at: now)), Double(accepts.sum(at: now)))
        return max(0, (requests - k * accepts) / (requests + 1))
    }

    mutating func admit(draw: Double, at now: Instant) -> Bool {
        let isAdmitted = draw >= rejectProbability(at: now)
        requests.add(1, at: now)
        return isAdmitted
    }

    mutating func record(_ result: RetryBudget<Instant>.AttemptResult, at now: Instant) {
        let isAccepted =
            switch result {
            case .success: true
            case .failure(let kind, _): !turnedAway.contains(kind)
            case .cancelled: false
            }
        if isAccepted { accepts.add(1, at: now) }
    }
}

private let turnedAway: FailureSet = [
    .timeout, .refused, .reset, .rejected, .status(429), .status(503), .policy,
]
