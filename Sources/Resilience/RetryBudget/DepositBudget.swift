/// What Finagle's budget counts with: a call deposits 1000, a retry withdraws 1000 / share.
struct DepositAmounts: Hashable, Sendable {
    let deposit: Int
    let withdrawal: Int
    /// There at all times: the retries of one `ttl` at the least rate.
    let reserve: Int
    let ttl: Duration

    init(share: Double, perSecond: Double, ttl: Duration) {
        // Without a share calls give nothing, and a retry costs one of the reserve.
        deposit = share == 0 ? 0 : 1000
        withdrawal = share == 0 ? 1 : max(1, Int(1000 / share))
        reserve = Int(perSecond * ttl.seconds) * withdrawal
        self.ttl = ttl
    }
}

/// Finagle's `RetryBudget` and tower's `TpsBudget`. Deposits and withdrawals expire after the time to live.
struct DepositBudget<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    let amounts: DepositAmounts
    private var window: SlottedSum<Instant>

    init(_ amounts: DepositAmounts, at now: Instant) {
        self.amounts = amounts
        window = SlottedSum(slots: 10, over: amounts.ttl, at: now)
    }

    mutating func deposit(at now: Instant) { window.add(amounts.deposit, at: now) }

    mutating func withdraw(at now: Instant) -> Bool {
        guard balance(at: now) >= amounts.withdrawal else { return false }
        window.add(-amounts.withdrawal, at: now)
        return true
    }

    /// How many retries there is enough for.
    mutating func retries(at now: Instant) -> Double { Double(balance(at: now)) / Double(amounts.withdrawal) }

    private mutating func balance(at now: Instant) -> Int { window.sum(at: now) + amounts.reserve }
}
