import Resilience
import Scenario
import Simulation
import Trace

/// A cache beside the flows: `Resilience`'s `TTLCache`, and why each key is in it or not. Confined to the run's thread.
final class CacheModel: @unchecked Sendable {
    let world: World
    let component: NameID
    private var spec: Cache
    private let lookups: Sampler
    private let stores: Sampler
    private var cache = TTLCache<String, Datum, VirtualTime>()

    /// What last happened to a key: as many as keys were ever stored, so bounded by the events of the run.
    private struct Past {
        var stored: EventID
        var expires: VirtualTime
        /// The invalidation that removed it while it was good.
        var removed: EventID?
    }

    private var past: [String: Past] = [:]
    private var flush: (event: EventID, time: VirtualTime)?

    enum Answer {
        case hit(Datum)
        case miss
    }

    init(_ spec: Cache, component: NameID, world: World) {
        self.world = world
        self.spec = spec
        self.component = component
        lookups = Sampler(spec.latency, world.simulation.stream(spec.name, "look-up"))
        stores = Sampler(spec.latency, world.simulation.stream(spec.name, "store"))
    }

    /// Goes on with another description. Entries keep the time to live with which they were stored.
    func adopt(_ new: Cache) {
        spec = new
        lookups.adopt(new.latency)
        stores.adopt(new.latency)
    }

    func lookupTime(_ key: DrawKey) -> Int64 { lookups.sample(key) }
    func storeTime(_ key: DrawKey) -> Int64 { stores.sample(key) }

    /// Looks a key up now; `event` carries the caller's side and is completed and recorded.
    func look(up key: String, for caller: Event) -> (answer: Answer, event: EventID) {
        switch cache.get(key, at: world.now) {
        case .hit(let value, let age):
            let cause = past[key]?.stored ?? caller.cause
            return (.hit(value), record(.cacheHit, caller, cause: cause, value: age.wholeNanoseconds))
        case .expired, .absent:
            let (cause, isExpired) = whyAbsent(key)
            return (.miss, record(.cacheMiss, caller, cause: cause ?? caller.cause, value: isExpired ? 1 : 0))
        }
    }

    func store(_ value: Datum, under key: String, ttl: Duration?, for caller: Event) -> EventID {
        let ttl = ttl ?? spec.ttl ?? .seconds(Int64.max / 2_000_000_000)
        let event = record(.cacheStored, caller, cause: caller.cause, value: ttl.wholeNanoseconds)
        cache.set(key, value, at: world.now, ttl: ttl)
        past[key] = Past(stored: event, expires: world.now.advanced(by: ttl), removed: nil)
        return event
    }

    func invalidate(_ key: String, for caller: Event) -> EventID {
        let isLive = cache.invalidate(key, at: world.now)
        let event = record(.cacheInvalidated, caller, cause: caller.cause, value: isLive ? 1 : 0)
        if isLive { past[key]?.removed = event }
        return event
    }

    func invalidateAll(for caller: Event) -> EventID {
        let count = cache.invalidateAll(at: world.now)
        let event = record(.cacheInvalidated, caller, cause: caller.cause, value: Int64(count))
        flush = (event, world.now)
        return event
    }

    /// What removed the key: an invalidation, or its store if it has expired since.
    private func whyAbsent(_ key: String) -> (cause: EventID?, isExpired: Bool) {
        guard let past = past[key] else { return (nil, false) }
        if let removed = past.removed { return (removed, false) }
        if let flush, flush.event > past.stored, flush.time < past.expires { return (flush.event, false) }
        return (past.stored, true)
    }

    private func record(_ kind: EventKind, _ caller: Event, cause: EventID, value: Int64) -> EventID {
        world.record(
            kind, component: component, detail: caller.detail, request: caller.request, span: caller.span,
            parent: caller.parent, cause: cause, value: value)
    }
}
