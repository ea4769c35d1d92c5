/// A mean of latencies in which old ones fade: after the decay time by 1/e. In ns.
struct LatencyEstimate: Sendable {
    private(set) var value: Double
    private var latest: Int64

    init(_ value: Double, at now: Int64) {
        self.value = value
        latest = now
    }

    /// What it would be, were a latency of 0 seen now.
    func faded(at now: Int64, decay: Double) -> Double { value * share(at: now, decay) }

    mutating func add(_ latency: Double, at now: Int64, decay: Double) {
        let share = share(at: now, decay)
        value = value * share + latency * (1 - share)
        latest = max(latest, now)
    }

    /// Where it is higher than the estimate it becomes the estimate.
    mutating func addPeak(_ latency: Double, at now: Int64, decay: Double) {
        add(latency, at: now, decay: latency > value ? 0 : decay)
    }

    /// How much of the past still counts.
    private func share(at now: Int64, _ decay: Double) -> Double {
        decay > 0 ? Curves.decay(Double(max(0, now - latest)) / decay) : 0
    }
}
