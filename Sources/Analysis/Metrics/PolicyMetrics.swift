import Trace

/// What the layers of a policy did in a window.
public struct PolicyMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// Work that came to the policy in the window.
    public var passes: Int
    /// Work that left it in the window: well, and in any other way.
    public var ok: Int
    public var failed: Int
    /// Outermost first.
    public var layers: [LayerMetrics]

    public func layer(_ name: String) -> LayerMetrics? { layers.first { $0.name == name } }

    init(_ policy: PolicyActivities.Policy, _ layers: ArraySlice<LayerActivity>, _ window: Window, _ trace: Trace) {
        id = policy.name
        name = trace.name(policy.name)
        passes = policy.started.places(in: window).count
        ok = policy.ended.count(.ok, in: window)
        failed = policy.ended.total(in: window) - ok
        self.layers = layers.map { LayerMetrics($0, window) }
    }
}

/// What a layer of a policy did in a window.
public struct LayerMetrics: Hashable, Sendable {
    public struct Count: Hashable, Sendable {
        public var count: LayerCount
        /// Nanoseconds for ``LayerCount/openTime``.
        public var value: Int64
    }

    /// The whole name: `guarded.timeout2`.
    public var id: NameID
    /// Within its policy: `timeout2`.
    public var name: String
    public var kind: Component.Kind
    /// Those of its kind, in the order of ``LayerCount/counts(of:)``.
    public var counts: [Count]

    /// `nil`: not counted for this kind of layer.
    public subscript(count: LayerCount) -> Int64? { counts.first { $0.count == count }?.value }

    init(_ activity: LayerActivity, _ window: Window) {
        id = activity.info.id
        name = activity.info.name
        kind = activity.info.kind
        counts = LayerCount.counts(of: kind).map { Count(count: $0, value: activity.value($0, in: window)) }
    }
}
