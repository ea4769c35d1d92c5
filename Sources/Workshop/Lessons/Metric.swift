/// What a number of a run means.
public enum MetricUnit: Hashable, Sendable {
    /// In milliseconds.
    case time
    /// A count or a ratio.
    case number
    /// 0...1, written as a percentage.
    case share
}

/// A number that a run gave, or that an author wrote beside one.
public struct MetricValue: Hashable, Sendable {
    public var amount: Double
    public var unit: MetricUnit

    public init(_ amount: Double, _ unit: MetricUnit) {
        self.amount = amount
        self.unit = unit
    }
}

/// One figure of a run: `flow.dashboard.latency.p99`.
public struct Metric: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case flow(String)
        case backend(String)
        case cache(String)
    }

    public enum Measure: Hashable, Sendable {
        case count(Count)
        case latency(Latency)
        /// Share of a flow's requests, or of a backend's calls, that ended well.
        case success
        /// Share of a cache's look-ups that found an entry.
        case hitRate
    }

    public enum Count: String, CaseIterable, Hashable, Sendable {
        case requests, calls, ok, failed, rejected, hits, misses, maxInFlight, maxQueued
    }

    public enum Latency: String, CaseIterable, Hashable, Sendable {
        case min, mean, p50, p95, p99, max
        /// Of the first request and of the last, in the order in which they start.
        case first, last
    }

    public var subject: Subject
    public var measure: Measure

    public init(subject: Subject, measure: Measure) {
        self.subject = subject
        self.measure = measure
    }

    public var unit: MetricUnit {
        switch measure {
        case .count: .number
        case .latency: .time
        case .success, .hitRate: .share
        }
    }
}

/// A change of one value of a scenario for the whole run: `backends.cosmos.concurrency = 20`.
public struct Setting: Hashable, Sendable {
    public var path: String
    /// As written in YAML.
    public var value: String

    public init(path: String, value: String) {
        self.path = path
        self.value = value
    }
}
