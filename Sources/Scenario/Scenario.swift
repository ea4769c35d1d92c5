/// A virtual system and what happens to it, as data: what a lesson author writes in YAML.
///
/// A value of this type is valid: reading checks names, units and ranges. Order is the file's order everywhere.
public struct Scenario: Hashable, Sendable {
    public var name: String
    public var seed: UInt64
    public var duration: Duration
    public var limits: Limits
    /// One-way delay between a caller and a backend, unless the backend has its own.
    public var hop: Latency
    public var backends: [Backend]
    public var caches: [Cache]
    public var policies: [Policy]
    public var keys: [KeySource]
    public var flows: [Flow]
    public var clients: [Client]
    public var controls: [Control]
    public var marks: [Mark]
    public var interventions: [Intervention]
    /// The sequence diagram that the scenario is written as, or partly written as.
    public var diagram: DiagramScenario?

    public init(
        name: String, seed: UInt64 = 1, duration: Duration, limits: Limits = Limits(), hop: Latency = .fixed(.zero),
        backends: [Backend] = [], caches: [Cache] = [], policies: [Policy] = [], keys: [KeySource] = [],
        flows: [Flow] = [], clients: [Client] = [], controls: [Control] = [], marks: [Mark] = [],
        interventions: [Intervention] = [], diagram: DiagramScenario? = nil
    ) {
        self.name = name
        self.seed = seed
        self.duration = duration
        self.limits = limits
        self.hop = hop
        self.backends = backends
        self.caches = caches
        self.policies = policies
        self.keys = keys
        self.flows = flows
        self.clients = clients
        self.controls = controls
        self.marks = marks
        self.interventions = interventions
        self.diagram = diagram
    }
}

extension Scenario {
    /// Every backend that does work: of a pool its servers, in its place.
    public var everyBackend: [Backend] { backends.flatMap { $0.pool?.servers.map(\.backend) ?? [$0] } }
}

/// What a run may use before it is stopped with an error.
public struct Limits: Hashable, Sendable {
    public var maxEvents: Int
    public init(maxEvents: Int = 1_000_000) { self.maxEvents = maxEvents }
}
