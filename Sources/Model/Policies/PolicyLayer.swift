import Resilience
import Scenario
import Simulation
import Trace

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

    /// Records the settings that are new, and those that are gone.
    final func announce(cause: EventID = .none) {
        let current = currentSettings()
        let gone = settings.filter { old in !current.contains { $0.name == old.name } }
        for setting in gone.map({ Setting($0.name, -1) }) + current where !settings.contains(setting) {
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
            kind, outcome, component: component, detail: detail.isEmpty ? .none : world.name(detail),
            request: strand.request, span: strand.span, cause: cause, value: value)
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

extension Int64 {
    /// A number in millionths, held within range.
    init(millionths value: Double) {
        let scaled = (value * 1e6).rounded()
        self = scaled > -0x1p63 && scaled < 0x1p63 ? Int64(scaled) : .max
    }
}
