import Scenario
import Trace

@testable import Model

/// Runs calls to one pool `shop`.
///
/// - Parameters:
///   - servers: the YAML of `servers:`.
///   - balancer: the YAML of `balancer:`.
///   - times: when a request is sent, in ms; `nil`: `client` says.
func pooled(
    _ servers: String, _ balancer: String = "roundRobin", latency: String = "10ms", at times: [Int] = [],
    client: String? = nil, keys: String? = nil, call: String = "shop.get", policies: String = "",
    duration: String = "100s", more: String = "", seed: UInt64? = nil, interventions: [Intervention] = []
) throws -> Trace {
    let once = "at: [\(times.map { "\($0)ms" }.joined(separator: ", "))]"
    return try rehearse(
        """
        duration: \(duration)
        \(keys.map { "keys: { \($0) }" } ?? "")
        backends:
          shop: { latency: \(latency), balancer: \(balancer), servers: \(servers) \(more) }
        \(policies)
        flows: { page: [ call: \(call) ] }
        clients: { web: { flow: page, \(client ?? once) } }
        """, seed: seed, interventions: interventions)
}

extension Trace {
    /// Whom the balancer picked, in order.
    var picks: [String] { all(.balancerPicked).map { name($0.detail) } }

    /// Picks by server, from a time on, in ms.
    func picks(_ server: String, from: Int = 0, to: Int = .max) -> Int {
        all(.balancerPicked).count {
            name($0.detail) == server && $0.time.milliseconds >= Double(from) && $0.time.milliseconds < Double(to)
        }
    }
}
