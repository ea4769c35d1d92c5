/// Something done to the system at a virtual time, as data.
///
/// A run is a pure function of the scenario, the seed and its interventions.
public struct Intervention: Hashable, Sendable {
    public var at: Duration
    public var action: Action

    public init(at: Duration, action: Action) {
        self.at = at
        self.action = action
    }

    public enum Action: Hashable, Sendable {
        /// Any value of the scenario, by its path: `backends.sql.latency.fixed`, and its new value as YAML: `800ms`.
        case set(path: String, value: String)
        /// The backend is down until it is restored. Calls in it are lost: they answer with an error.
        case kill(backend: String)
        /// Ends a kill and every fault that an intervention began.
        case restore(backend: String)
        /// A fault; `duration` `nil`: until restored.
        case inject(Fault, backend: String, duration: Duration?)
        /// The cache loses its memory, dirty keys included.
        case crash(cache: String)
        /// The cache writes its dirty keys first, and then loses its memory.
        case restart(cache: String)
        /// A server comes into its pool, or goes.
        case join(server: String)
        case leave(server: String)
    }
}
