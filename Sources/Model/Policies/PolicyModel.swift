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

extension Layer.Rule {
    /// As what a trace declares a layer with this rule.
    public var kind: Component.Kind {
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
