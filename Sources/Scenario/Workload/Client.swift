/// Who sends requests, which flow they run, and when.
public struct Client: Hashable, Sendable {
    public var name: String
    public var flow: String
    public var workload: Workload
    /// The source from which each request takes the key that it is about: `$key` in its flow.
    public var keys: String?

    public init(name: String, flow: String, workload: Workload, keys: String? = nil) {
        self.name = name
        self.flow = flow
        self.workload = workload
        self.keys = keys
    }
}

public enum Workload: Hashable, Sendable {
    /// So many requests at each of these times.
    case once(at: [Duration], times: Int = 1)
    /// Closed loop: each user sends, waits for the answer, thinks, and sends again.
    case users(count: Int, think: Latency)
    /// Open loop: requests come whether or not earlier ones were answered.
    case arrivals(Arrivals)
}

public struct Arrivals: Hashable, Sendable {
    public enum Spacing: String, Hashable, Sendable, CaseIterable {
        /// Evenly spaced.
        case rate
        /// Independent of each other.
        case poisson
    }
    public var spacing: Spacing
    /// Requests a second.
    public var rate: Double
    public var ramps: [Ramp]
    public var spikes: [Spike]

    public init(spacing: Spacing, rate: Double, ramps: [Ramp] = [], spikes: [Spike] = []) {
        self.spacing = spacing
        self.rate = rate
        self.ramps = ramps
        self.spikes = spikes
    }
}

/// The rate changes evenly from what it was to ``rate``, and stays there.
public struct Ramp: Hashable, Sendable {
    public var from: Duration
    public var to: Duration
    public var rate: Double

    public init(from: Duration, to: Duration, rate: Double) {
        self.from = from
        self.to = to
        self.rate = rate
    }
}

/// Another rate for a while.
public struct Spike: Hashable, Sendable {
    public var from: Duration
    public var to: Duration
    public var rate: Double

    public init(from: Duration, to: Duration, rate: Double) {
        self.from = from
        self.to = to
        self.rate = rate
    }
}
