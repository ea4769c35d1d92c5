import Resilience
import Scenario
import Simulation
import Trace

/// A policy at work: its layers, whose state everyone who uses it shares. Confined to the run's thread.
final class PolicyModel: @unchecked Sendable {
    let name: String
    let component: NameID
    let layers: [PolicyLayer]

    init(_ spec: WrittenPolicy, _ world: World) throws(RunError) {
        name = spec.name
        component = world.declare(spec.name, .policy)
        var layers: [PolicyLayer] = []
        for layer in spec.layers {
            let name = "\(spec.name).\(layer.name)"
            do throws(PolicyError) {
                layers.append(try layer.rule.model(LayerIdentity(name, layer.rule.kind, world)))
            } catch {
                throw .impossiblePolicy(layer: name, reason: error.description)
            }
        }
        self.layers = layers
    }

    /// Records the settings of every layer.
    func start() {
        for layer in layers {
            layer.announce()
            layer.start()
        }
    }

    /// Goes on with other settings. Passes under way meet them at their next decision.
    func adopt(_ new: WrittenPolicy, cause: EventID) throws(RunError) {
        for (layer, spec) in zip(layers, new.layers) {
            do throws(PolicyError) { try layer.adopt(spec.rule, cause: cause) } catch {
                throw .impossiblePolicy(layer: layer.identity.name, reason: error.description)
            }
            layer.announce(cause: cause)
        }
    }
}

/// What tells a layer from all others.
struct LayerIdentity {
    let world: World
    /// `guarded.retry`
    let name: String
    let component: NameID

    init(_ name: String, _ kind: Component.Kind, _ world: World) {
        self.world = world
        self.name = name
        component = world.declare(name, kind)
    }
}

/// One layer of a policy. Confined to the run's thread.
class PolicyLayer: @unchecked Sendable {
    let identity: LayerIdentity
    private var settings: [Setting] = []

    /// One of the sizes that ``EventKind/layerConfigured`` tells.
    struct Setting: Equatable {
        var name: String
        var value: Int64

        init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }

        init(_ name: String, _ value: Int) { self.init(name, Int64(value)) }
        init(_ name: String, _ value: Duration) { self.init(name, value.wholeNanoseconds) }
        init(_ name: String, millionths value: Double) { self.init(name, Int64(millionths: value)) }
    }

    init(_ identity: LayerIdentity) { self.identity = identity }

    final var world: World { identity.world }
    final var component: NameID { identity.component }

    /// Records the settings that are new.
    final func announce(cause: EventID = .none) {
        let current = currentSettings()
        for setting in current where !settings.contains(setting) {
            world.record(
                .layerConfigured, component: component, detail: world.name(setting.name), cause: cause,
                value: setting.value)
        }
        settings = current
    }

    /// Records what the layer decides about a pass, in the span around the layer.
    @discardableResult final func record(
        _ kind: EventKind, _ outcome: Outcome = .none, _ detail: String = "", for strand: Strand, cause: EventID,
        value: Int64
    ) -> EventID {
        world.record(
            kind, outcome, component: component, detail: world.name(detail), request: strand.request,
            span: strand.span, cause: cause, value: value)
    }

    // MARK: For each kind of layer

    /// Runs what is inside as the layer sees fit.
    nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        try await inside.run(strand)
    }

    /// The settings of the moment.
    func currentSettings() -> [Setting] { [] }

    /// The run starts.
    func start() {}

    /// Goes on with another rule of its kind.
    func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {}
}

/// What a layer holds: the layers further in, and then the work.
struct Inside {
    let step: GuardInstruction
    /// The place of the outermost of those layers.
    let layer: Int

    nonisolated(nonsending) func run(_ strand: Strand) async throws(Stopped) -> Datum? {
        let layers = step.policy.layers
        guard layer < layers.count else { return try await strand.run(step.steps) }
        return try await layers[layer].run(strand, Inside(step: step, layer: layer + 1))
    }

    /// Whose draws those of the layer around are, for one pass of a strand.
    func key(_ strand: Strand) -> DrawKey { strand.key.part(step.key).part(layer) }
}

extension Strand {
    /// Runs steps inside a policy.
    nonisolated(nonsending) func guarded(_ step: GuardInstruction) async throws(Stopped) -> Datum? {
        let outer = span
        let start = world.now
        span = world.newSpan()
        record(.guardStarted, of: step.policy.component, parent: outer, value: 0)
        defer { span = outer }
        do throws(Stopped) {
            let answer = try await Inside(step: step, layer: 0).run(self)
            record(.guardFinished, .ok, of: step.policy.component, parent: outer, value: nanoseconds(since: start))
            return answer
        } catch {
            cause = error.event
            record(
                .guardFinished, error.outcome, of: step.policy.component, parent: outer,
                value: nanoseconds(since: start))
            throw error.after(cause)
        }
    }

    /// Records an event of a policy or a layer that goes on with the strand.
    func record(
        _ kind: EventKind, _ outcome: Outcome = .none, of component: NameID, parent: SpanID, value: Int64
    ) {
        cause = world.record(
            kind, outcome, component: component, request: request, span: span, parent: parent, cause: cause,
            value: value)
    }
}

extension Layer.Rule {
    var kind: Component.Kind {
        switch self {
        case .timeout, .deadline: .timeout
        case .retry: .retry
        case .breaker: .breaker
        case .bulkhead: .bulkhead
        case .rateLimit: .limiter
        case .hedge: .hedge
        case .fallback: .fallback
        }
    }

    func model(_ identity: LayerIdentity) throws(PolicyError) -> PolicyLayer {
        switch self {
        case .timeout(let rule): TimeoutLayer(rule, identity)
        case .deadline(let duration): DeadlineLayer(duration, identity)
        case .retry(let rule): try RetryLayer(rule, identity)
        case .breaker(let rule): try BreakerLayer(rule, identity)
        case .bulkhead(let rule): try BulkheadLayer(rule, identity)
        case .rateLimit(let rule): try LimiterLayer(rule, identity)
        case .hedge(let rule): try HedgeLayer(rule, identity)
        case .fallback(let rule): FallbackLayer(rule, identity)
        }
    }
}

extension Int64 {
    /// A number in millionths, held within range.
    init(millionths value: Double) {
        let scaled = (value * 1e6).rounded()
        self = scaled > -0x1p63 && scaled < 0x1p63 ? Int64(scaled) : .max
    }
}
