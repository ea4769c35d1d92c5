import Analysis
import Trace

/// A policy at a moment, with how much work has come to each of its layers and how much has left it at the bottom.
struct PolicyStack {
    struct Layer {
        var state: PolicyState.Layer
        /// What the layer has been asked to do so far.
        var work: Int
        /// In the window, per second.
        var rate: Double?
        /// The same layer before the change.
        var before: LayerMetrics?
    }

    let state: PolicyState
    let layers: [Layer]
    /// What went on to the innermost work: its calls.
    let calls: Int
    let callRate: Double?
    let passRate: Double?
    let ok: Int
    let failed: Int
    let before: PolicyMetrics?

    var mostWork: Int { max(layers.map(\.work).max() ?? 0, calls) }

    /// All policies of the run that a panel shows, or of another run at the same moment.
    static func all(_ context: PanelContext, in other: RunView? = nil) -> [PolicyStack] {
        let run = other ?? context.run
        let cursor = other.map { context.cursor(in: $0) } ?? context.cursor
        let total = RunMetrics.over(run.index, through: cursor)
        let window = RunMetrics.over(run.index, last: context.window, at: cursor)
        let seconds = Double(window.to.nanoseconds - window.from.nanoseconds) / 1e9
        let earlier = other == nil ? context.earlier : nil
        let before = earlier.map { RunMetrics.over($0.index, through: context.cursor(in: $0)) }
        return run.index.policies.compactMap { policy in
            guard let state = PolicyState(run.index, policy.id, at: cursor) else { return nil }
            return PolicyStack(
                state, total.policy(policy.name), window.policy(policy.name), seconds: seconds,
                before: before?.policy(policy.name))
        }
    }

    private init(
        _ state: PolicyState, _ total: PolicyMetrics?, _ window: PolicyMetrics?, seconds: Double, before: PolicyMetrics?
    ) {
        self.state = state
        self.before = before
        ok = total?.ok ?? 0
        failed = total?.failed ?? 0
        var coming = state.passes
        var recently = window?.passes
        func rate(_ count: Int?) -> Double? { seconds > 0 ? count.map { Double($0) / seconds } : nil }
        passRate = rate(recently)
        layers = state.layers.map { layer in
            defer {
                coming = Self.leaving(layer.metrics, coming)
                recently = window?.layer(layer.info.name).flatMap { metrics in
                    recently.map { Self.leaving(metrics, $0) }
                }
            }
            return Layer(state: layer, work: coming, rate: rate(recently), before: before?.layer(layer.info.name))
        }
        calls = coming
        callRate = rate(recently)
    }

    /// How much of the work that comes to a layer goes on to the next one, repeated work counted again.
    private static func leaving(_ layer: LayerMetrics, _ coming: Int) -> Int {
        switch layer.kind {
        case .retry: Int(layer[.attempts] ?? Int64(coming))
        case .breaker, .bulkhead, .limiter: Int(layer[.passed] ?? Int64(coming))
        case .hedge: Int(layer[.passes] ?? 0) + Int(layer[.copies] ?? 0)
        case .timeout, .fallback, .client, .flow, .backend, .cache, .policy, .balancer: coming
        }
    }
}
