import Model
import Scenario
import Trace

/// A scenario with one backend, `db`, and one call to it inside a policy `guarded`, for each request.
func guardedCall(
    _ layers: String, _ backend: String, at times: [Int], count: Int = 1, hop: String = "0s", duration: String = "200s",
    seed: UInt64 = 1, interventions: [Intervention] = []
) throws -> Trace {
    try rehearse(
        """
        duration: \(duration)
        network: { hop: \(hop) }
        backends: { db: { \(backend) } }
        policies: { guarded: [ \(layers) ] }
        flows: { page: [ { call: { to: db.run, with: guarded } } ] }
        clients: { web: { flow: page, at: [ \(times.map { "\($0)ms" }.joined(separator: ", ")) ], times: \(count) } }
        """, seed: seed, interventions: interventions)
}

extension Trace {
    /// `2000 timedOut`, for each event of a kind.
    func ends(_ kind: EventKind = .requestFinished) -> [String] {
        all(kind).map { "\(Int($0.time.milliseconds)) \($0.outcome)" }
    }

    func times(_ kind: EventKind, _ component: String? = nil) -> [Double] {
        all(kind, component).map { $0.time.milliseconds }
    }
}
