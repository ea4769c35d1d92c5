import Scenario
import Trace

/// A time-out that everything further in knows of: whoever would begin or go on waiting after it does not.
///
/// Further in holds the sooner of the layer's own and what is left of one around, as with gRPC's deadlines.
final class DeadlineLayer: PolicyLayer, @unchecked Sendable {
    private var limit: Duration

    init(_ limit: Duration, _ identity: LayerIdentity) {
        self.limit = limit
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let outer = strand.deadline
        let own = world.now.advanced(by: limit)
        if let outer, outer <= own { return try await inside.run(strand) }
        strand.deadline = own
        defer { strand.deadline = outer }
        return try await run(strand, inside, for: limit, "deadline")
    }

    override func currentSettings() -> [Setting] { [Setting("deadline", limit)] }

    override func adopt(_ rule: Layer.Rule, cause: EventID) {
        if case .deadline(let limit) = rule { self.limit = limit }
    }
}
