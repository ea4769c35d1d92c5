import Scenario
import Trace

/// A shop: products read through a cache and written as it says, and what its readers and writers ask for.
struct CacheStage {
    var cache = "ttl: 60s"
    var keys = "[a]"
    /// Reads and writes, one for each time; `nil`: none.
    var reads: String? = "0s"
    var readers: String?
    var writeKeys = "[a]"
    var writes: String?
    var writeSteps = "call: sql.update"
    var latency = "100ms"
    var sql = ""
    var flows = ""
    var clients = ""
    var duration = "10m"
    var seed: UInt64?
    var interventions: [Intervention] = []

    func trace() throws -> Trace {
        try rehearse(
            """
            duration: \(duration)
            limits: { maxEvents: 10000000 }
            keys: { read: \(keys), written: \(writeKeys) }
            backends:
              sql:
                latency: \(latency)
                operations: { get: { returns: { price: 3 } }, update: {} }
                \(sql)
            caches: { near: { \(cache) } }
            flows:
              read: [ { cache: { in: near, key: $key, do: { call: sql.get } } } ]
              write: [ { write: { in: near, key: $key, do: { \(writeSteps) } } } ]
              \(flows)
            clients:
              reader: { flow: read, keys: read, \(readers ?? "at: [\(reads ?? duration)]") }
              writer: { flow: write, keys: written, at: [\(writes ?? duration)] }
              \(clients)
            """, seed: seed, interventions: interventions)
    }
}

extension Trace {
    /// What happened in the caches, without their settings: `100 cacheStored a`, with values where they are asked for.
    func cacheStory(_ kinds: EventKind...) -> [String] {
        events.filter { kinds.contains($0.kind) }.map { event in
            let time = event.time.milliseconds
            let moment = time == time.rounded() ? "\(Int(time))" : "\(time)"
            let outcome = event.outcome == .none ? "" : " \(event.outcome)"
            return "\(moment) \(String("\(event.kind)".dropFirst(5))) \(name(event.detail))\(outcome)"
        }
    }

    func values(_ kind: EventKind) -> [Int64] { all(kind).map(\.value) }
}
