import Trace

/// A policy of a run and its layers, as the trace declares them.
public struct PolicyInfo: Hashable, Sendable, Identifiable {
    public var id: NameID
    public var name: String
    /// Outermost first.
    public var layers: [LayerInfo]

    public func layer(_ name: String) -> LayerInfo? { layers.first { $0.name == name } }
}

/// A layer of a policy.
public struct LayerInfo: Hashable, Sendable, Identifiable {
    /// The whole name, with the policy's: `guarded.timeout2`.
    public var id: NameID
    public var policy: NameID
    /// Without the policy's: `timeout2`.
    public var name: String
    public var kind: Component.Kind
}

/// The settings of a layer at a cursor, in the order in which the trace first tells them.
public struct LayerSettings: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var name: String
        /// Nanoseconds, a count, or millionths for shares: see ``EventKind/layerConfigured``. Below 0: no limit.
        public var value: Int64
    }
    public var entries: [Entry]

    /// `nil`: the layer has no such setting.
    public subscript(name: String) -> Int64? { entries.first { $0.name == name }?.value }
}

extension TraceIndex {
    /// In the order of the scenario.
    public var policies: [PolicyInfo] {
        activity.policies.policies.map { policy in
            PolicyInfo(
                id: policy.name, name: trace.name(policy.name),
                layers: activity.policies.layers[policy.layers].map(\.info))
        }
    }

    public func policy(_ name: String) -> PolicyInfo? { policies.first { $0.name == name } }

    /// Every layer of a kind, in the order of the scenario.
    public func layers(_ kind: Component.Kind) -> [LayerInfo] {
        activity.policies.layers.map(\.info).filter { $0.kind == kind }
    }
}

extension TraceIndex {
    /// What exports call a span: its detail, or the policy, `attempt 2`, `copy 1`.
    func label(of span: Span) -> String {
        switch span.kind {
        case .guard: trace.name(span.component)
        case .attempt, .copy: "\(span.kind) \(span.number)"
        case .request, .step, .call, .wait, .cacheLookup, .background: trace.name(span.detail)
        }
    }
}

extension EventKind {
    /// Whether exports show it beside the spans: something that a policy, a pool or a cache decides. The steps of
    /// eviction, what was compared and who owns what are too many for that.
    var isDecision: Bool {
        switch self {
        case .layerConfigured: false
        case .cacheStaleServed, .cacheExpiredServed, .cacheJoined, .cacheWritten, .cacheDirtied, .cacheFlushed,
            .cacheLost, .cacheEvicted, .balancerPicked, .balancerRefused, .keyMoved, .serverDown,
            .serverUp, .serverEjected, .serverReturned, .panicStarted, .panicEnded:
            true
        default: isOfPolicy && !opensSpan && !closesSpan
        }
    }

    /// Whether a policy or one of its layers does it, or the client for a step with a fallback.
    public var isOfPolicy: Bool {
        (EventKind.guardStarted.rawValue...EventKind.fallbackKept.rawValue).contains(rawValue)
    }
}
