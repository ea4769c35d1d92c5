import Trace

/// A policy at a cursor: its layers, outermost first, with what each has decided so far.
public struct PolicyState: Hashable, Sendable {
    public struct Layer: Hashable, Sendable {
        public var info: LayerInfo
        public var settings: LayerSettings
        /// Since the start of the run.
        public var metrics: LayerMetrics
    }

    public var id: NameID
    public var name: String
    /// Work that has come to the policy so far, and work that is in it.
    public var passes: Int
    public var inside: Int
    public var layers: [Layer]

    /// `nil`: there is no policy of that name. O(layers · log n).
    public init?(_ index: TraceIndex, _ policy: NameID, at cursor: Cursor) {
        let all = index.activity.policies
        guard let place = all.place(ofPolicy: policy) else { return nil }
        let activity = all.policies[place]
        let window = Window(index.trace, through: cursor)
        id = policy
        name = index.trace.name(policy)
        passes = activity.started.places(in: window).count
        inside = Int(activity.inside.value(at: cursor.eventCount))
        layers = all.layers[activity.layers].map { layer in
            Layer(
                info: layer.info, settings: layer.settings(at: cursor.eventCount, in: index.trace),
                metrics: LayerMetrics(layer, window))
        }
    }
}
