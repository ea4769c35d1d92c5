/// nginx' `max_fails` and `fail_timeout`: a server that has failed so often is left out for a while.
///
/// Times count in whole seconds, and a server is still out when exactly the timeout has passed.
struct PassiveFailures: Sendable {
    private let most: Int
    private let timeout: Int64
    private var count = 0
    private var failedAt: Int64 = 0
    private var checkedAt: Int64 = 0
    /// By how much the effective weight is below the weight.
    private(set) var lostWeight = 0.0
    private(set) var isBlocking = false

    init(most: Int, timeout: Duration) {
        self.most = most
        self.timeout = timeout.clamped.components.seconds
    }

    /// It gets a request. The first one after the timeout is a trial: no other follows before it has ended well, or
    /// the timeout has passed again.
    ///
    /// - Returns: whether it blocks from now on.
    mutating func picked(at now: Int64) -> Bool {
        guard most > 0, !isBlocking else { return false }
        let now = now / 1_000_000_000
        if now - checkedAt > timeout { checkedAt = now }
        isBlocking = count >= most
        return isBlocking
    }

    mutating func record(failed: Bool, weight: Double, at now: Int64) {
        guard most > 0 else { return }
        let now = now / 1_000_000_000
        if failed {
            count += 1
            (failedAt, checkedAt) = (now, now)
            // Weights are whole numbers in nginx.
            lostWeight = min(weight, lostWeight + (weight / Double(most)).rounded(.down))
            isBlocking = count >= most
        } else if failedAt < checkedAt {
            count = 0
            isBlocking = false
        }
    }

    mutating func regainWeight() {
        if lostWeight > 0 { lostWeight = max(0, lostWeight - 1) }
    }

    /// Whether its time is over now, and was not before.
    mutating func release(at now: Int64) -> Bool {
        guard isBlocking, now / 1_000_000_000 - checkedAt > timeout else { return false }
        isBlocking = false
        return true
    }
}
