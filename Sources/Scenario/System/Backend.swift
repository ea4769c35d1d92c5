/// A virtual service: so many slots, a queue before them, a latency, and what goes wrong with it.
public struct Backend: Hashable, Sendable {
    public var name: String
    /// Service time of an operation that has none of its own.
    public var latency: Latency
    /// Calls served at once; `nil`: no limit.
    public var concurrency: Int?
    /// Calls that may wait for a slot; `nil`: no limit.
    public var queue: Int?
    /// Share of calls, 0...1, that are served and answer with an error.
    public var errors: Double
    /// What those answer.
    public var answer: ErrorAnswer
    /// One-way network delay; `nil`: the scenario's.
    public var hop: Latency?
    public var operations: [Operation]
    public var faults: [FaultWindow]
    /// How far its clock is ahead; negative: behind. Nothing happens otherwise for it.
    public var clock: Duration
    /// The servers that do its work; `nil`: it does it itself. What a server does not say it takes from here.
    public var pool: Pool?

    public init(
        name: String, latency: Latency, concurrency: Int? = nil, queue: Int? = nil, errors: Double = 0,
        answer: ErrorAnswer = .failed, hop: Latency? = nil, operations: [Operation] = [], faults: [FaultWindow] = [],
        clock: Duration = .zero, pool: Pool? = nil
    ) {
        self.name = name
        self.latency = latency
        self.concurrency = concurrency
        self.queue = queue
        self.errors = errors
        self.answer = answer
        self.hop = hop
        self.operations = operations
        self.faults = faults
        self.clock = clock
        self.pool = pool
    }
}

/// One thing that a backend can be asked for.
public struct Operation: Hashable, Sendable {
    public var name: String
    /// `nil`: the backend's.
    public var latency: Latency?
    /// The data in its answer.
    public var returns: Value
    /// Whether doing it twice is as good as once.
    public var isIdempotent: Bool
    /// What it does to a row under optimistic concurrency.
    public var row: RowAccess?
    /// The keys that it knows; a call with another answers 404. `nil`: any, and calls without a key.
    public var knows: [String]?
    /// What the backend does in its own name before it answers, calls to others above all.
    public var steps: [Step]

    public init(
        name: String, latency: Latency? = nil, returns: Value = .null, isIdempotent: Bool = true, row: RowAccess? = nil,
        knows: [String]? = nil, steps: [Step] = []
    ) {
        self.name = name
        self.latency = latency
        self.returns = returns
        self.isIdempotent = isIdempotent
        self.row = row
        self.knows = knows
        self.steps = steps
    }
}

/// A read gives the request the row's version; an update fails with a conflict when that is no longer the newest.
public enum RowAccess: Hashable, Sendable {
    case read(row: String)
    case update(row: String)
}

/// Something that is wrong with a backend for a while.
public struct FaultWindow: Hashable, Sendable {
    public var from: Duration
    public var to: Duration
    public var fault: Fault

    public init(from: Duration, to: Duration, fault: Fault) {
        self.from = from
        self.to = to
        self.fault = fault
    }
}

public enum Fault: Hashable, Sendable {
    /// Calls are refused at once.
    case down
    /// This share of calls, 0...1, answers with an error.
    case errors(Double, ErrorAnswer = .failed)
    /// Added to every service time.
    case addedLatency(Latency)
    /// Service times are multiplied by it; above 0.
    case slow(factor: Double)
    /// Calls are taken and never answered while the fault lasts; those held then answer when it ends.
    case hang
    /// Calls never reach it while the fault lasts, and are lost.
    case blackhole
}
