import Resilience
import Scenario
import Simulation
import Trace

/// A cache beside the flows: `Resilience`'s cores, and why each key is in it or not. Confined to the run's thread.
///
/// Its users are cache-aside: they look up, load and store, one step after the other. With `coalesce` the cache knows
/// of their loads, and does not keep what was loaded for a key that was invalidated meanwhile.
final class CacheModel: @unchecked Sendable {
    let world: World
    let name: String
    let component: NameID
    let truth: Truth
    private(set) var spec: Cache
    private(set) var freshness: FreshnessRules
    private let lookups: Sampler
    private let stores: Sampler
    private let jitter: RandomStream
    private let early: RandomStream
    /// Settings that were told; those of ``Cache/usual`` go without saying.
    private var announced = Cache.usual

    var entries: BoundedCache<String, Kept, VirtualTime>
    var tags = TagIndex<String>()
    let loads: CacheLoads
    /// Made when it is first asked for: it needs the cache.
    private(set) lazy var buffer = CacheBuffer(self)
    /// What last happened to a key: as many as keys were ever stored, so bounded by the events of the run.
    var past: [String: Past] = [:]

    struct Kept {
        var value: Datum
        var ttl: Duration?
        /// How long its load took.
        var took: Duration
    }

    struct Past {
        var stored: EventID
        var since: VirtualTime
        var version: Truth.Version
        var end = End.present

        enum End {
            case present
            case expired
            /// This event has removed it.
            case removed(EventID)
        }
    }

    /// What a look-up found.
    struct Found {
        /// `nil`: nothing.
        var answer: Datum?
        var version = Truth.Version(write: 0, commits: 0)
        var event: EventID
        /// What is to be done in the background.
        var reload: Reload?
    }

    /// Why an entry that is there is loaded again; as the trace names it.
    enum Reload: String {
        /// It is soon over, or is served though it is over.
        case refresh
        /// The lot has fallen on this reader. It is served all the same, where that of a `CachedLoader` waits for its
        /// load as XFetch has it: so all that is loaded before its time is seen in one place, the background.
        case early
    }

    init(_ spec: Cache, component: NameID, truth: Truth, world: World) throws(RunError) {
        self.world = world
        self.spec = spec
        self.component = component
        self.truth = truth
        name = spec.name
        loads = CacheLoads(world)
        freshness = try Self.freshness(spec)
        lookups = Sampler(spec.latency, world.simulation.stream(spec.name, "look-up"))
        stores = Sampler(spec.latency, world.simulation.stream(spec.name, "store"))
        jitter = world.simulation.stream(spec.name, "time to live")
        early = world.simulation.stream(spec.name, "early")
        let seed = world.simulation.stream(spec.name, "eviction").bits(at: 0)
        entries = BoundedCache(capacity: spec.capacity, eviction: spec.rule, seed: seed)
    }

    private static func freshness(_ spec: Cache) throws(RunError) -> FreshnessRules {
        do throws(PolicyError) {
            return try FreshnessRules(refreshAhead: spec.refreshAhead, staleFor: spec.staleFor, early: spec.early)
        } catch {
            throw .impossiblePolicy(layer: spec.name, reason: error.description)
        }
    }

    func lookupTime(_ key: DrawKey) -> Int64 { lookups.sample(key) }
    func storeTime(_ key: DrawKey) -> Int64 { stores.sample(key) }

    // MARK: Settings

    /// Records the settings that are new.
    func announce(cause: EventID = .none) {
        let settings = spec.settings
        for setting in settings where !announced.contains(setting) {
            world.record(
                .cacheConfigured, component: component, detail: world.name(setting.name), cause: cause,
                value: setting.value)
        }
        announced = settings
    }

    /// Whether the cache itself has the key: dirty ones it may have had to let go.
    func holds(_ key: String) -> Bool { entries.peek(key, at: world.now).value != nil }

    /// Goes on with another description. Entries keep the time to live with which they were stored.
    func adopt(_ new: Cache, cause: EventID) throws(RunError) {
        let old = spec
        if new == old { return }
        freshness = try Self.freshness(new)
        spec = new
        lookups.adopt(new.latency)
        stores.adopt(new.latency)
        announce(cause: cause)
        let change = Event(time: world.now, kind: .parameterSet, cause: cause)
        if new.eviction != old.eviction {
            entries.change(to: new.rule, at: world.now)
            recordSteps(change)
        }
        if new.capacity != old.capacity {
            entries.resize(to: new.capacity, at: world.now)
            // Without a limit nothing was told of lists.
            if old.capacity == nil { recordLists(change) }
            recordSteps(change)
        }
        if new.flush != old.flush { try buffer.adoptRules(cause: cause) }
        flushEvicted()
    }

    /// The event that took the key away.
    func departure(of key: String) -> EventID? {
        if case .removed(let event) = past[key]?.end { event } else { nil }
    }

    // MARK: Look-ups

    /// Looks a key up now; `caller` carries the caller's side.
    func look(up key: String, for caller: Event, draw: DrawKey) -> Found {
        switch entries.get(key, at: world.now) {
        case .hit(let kept, let age):
            let freshness =
                buffer.isDirty(key)
                ? .fresh
                : freshness.freshness(age: age, ttl: kept.ttl, took: kept.took) { early.uniform(at: draw.value) }
            if freshness != .expired { return hit(key, kept, age, freshness, caller) }
            // It was stored to be served stale for longer.
            entries.remove(key, at: world.now)
            return miss(key, caller, isOver: true)
        case .expired, .absent: return miss(key, caller)
        }
    }

    private func hit(
        _ key: String, _ kept: Kept, _ age: Duration, _ freshness: Freshness, _ caller: Event
    ) -> Found {
        let past = past[key]
        let event = record(.cacheHit, caller, cause: past?.stored ?? caller.cause, value: age.wholeNanoseconds)
        var follower = caller
        follower.cause = event
        recordSteps(follower)
        let version = past?.version ?? truth.version(of: key)
        if !buffer.isDirty(key), let since = truth.overwritten(key, since: version) {
            record(.cacheStaleServed, follower, cause: event, value: world.now.nanoseconds - since.nanoseconds)
        }
        if freshness == .stale {
            let over = age - (kept.ttl ?? .zero)
            record(.cacheExpiredServed, follower, cause: event, value: over.wholeNanoseconds)
        }
        var found = Found(answer: kept.value, version: version, event: event)
        switch freshness {
        case .refresh, .stale: found.reload = .refresh
        case .early: found.reload = .early
        case .fresh, .expired: break
        }
        return found
    }

    private func miss(_ key: String, _ caller: Event, isOver: Bool = false) -> Found {
        if let dirty = buffer.value(of: key) {
            // Evicted or over, and not in the backend yet: the cache still has the newest value.
            let age = world.now.nanoseconds - dirty.since.nanoseconds
            let event = record(.cacheHit, caller, cause: dirty.event, value: age)
            recordSteps(caller)
            return Found(answer: dirty.value, version: dirty.version, event: event)
        }
        let event: EventID
        switch past[key]?.end {
        case nil: event = record(.cacheMiss, caller, cause: caller.cause, value: 0)
        case .removed(let removal): event = record(.cacheMiss, caller, cause: removal, value: 0)
        // It was there, and its time is over.
        case .present, .expired:
            event = record(.cacheMiss, caller, cause: past[key]?.stored ?? caller.cause, value: 1)
        }
        recordSteps(caller, over: isOver ? key : nil)
        return Found(event: event)
    }

    // MARK: Stores

    /// Stores a value that the caller has loaded or written.
    func store(
        _ value: Datum, under key: String, _ use: Use, took: Duration, version: Truth.Version, for caller: Event
    ) -> EventID {
        dropExpired(caller)
        let ttl = use.ttl ?? timeToLive(use.draw)
        let event = record(.cacheStored, caller, cause: caller.cause, value: ttl?.wholeNanoseconds ?? -1)
        let life = ttl.map { $0 + (spec.staleFor ?? .zero) }
        past[key] = Past(stored: event, since: world.now, version: version)
        let isThere = entries.set(
            key, Kept(value: value, ttl: ttl, took: took), weight: use.weight, ttl: life, at: world.now)
        var follower = caller
        follower.cause = event
        if isThere { tags.set(key, use.tags) }
        recordSteps(follower, unfit: isThere ? nil : key)
        if !isThere, case .present = past[key]?.end {
            // Heavier than the whole cache.
            evict(key, follower)
        }
        return event
    }

    /// How a step uses the cache.
    struct Use {
        /// `nil`: the cache's.
        var ttl: Duration?
        var weight: Int
        var tags: [String]
        var draw: DrawKey
    }

    private func timeToLive(_ draw: DrawKey) -> Duration? {
        guard let ttl = spec.ttl, spec.ttlJitter > 0 else { return spec.ttl }
        let rules = try? LoadingRules(ttl: ttl, ttlJitter: spec.ttlJitter)
        return rules?.timeToLive(draw: jitter.uniform(at: draw.value)) ?? ttl
    }

    // MARK: Memory

    /// Loses all entries. Returns the event that says so.
    @discardableResult func empty(_ why: String, cause: EventID = .none) -> EventID {
        let keys = entries.keys
        let event = world.record(
            .cacheEmptied, component: component, detail: world.name(why), cause: cause, value: Int64(keys.count))
        for key in keys { past[key]?.end = .removed(event) }
        entries.removeAll(at: world.now)
        tags.removeAll()
        return event
    }
}

extension Cache {
    var rule: EvictionRule { EvictionRule(rawValue: eviction.rawValue) ?? .lru }

    /// As the trace names them, -1: none.
    fileprivate var settings: [CacheModel.Setting] {
        func millionths(_ share: Double?) -> Int64 { share.map { Int64(($0 * 1e6).rounded()) } ?? -1 }
        func time(_ duration: Duration?) -> Int64 { duration?.wholeNanoseconds ?? -1 }
        return [
            ("capacity", capacity.map { Int64($0) } ?? -1), ("eviction=\(eviction.rawValue)", 0), ("ttl", time(ttl)),
            ("ttlJitter", millionths(ttlJitter)), ("writes=\(writes.rawValue)", 0), ("flush", time(every)),
            ("batch", flush.batch.map { Int64($0) } ?? -1), ("retry", time(flush.retry)),
            ("coalesce", coalesces ? 1 : 0), ("refreshAhead", millionths(refreshAhead)), ("staleFor", time(staleFor)),
            ("early", millionths(early)), ("flushAfter", time(after)),
            ("maxDirty", flush.maxDirty.map { Int64($0) } ?? -1), ("grace", time(flush.grace)),
        ].map { CacheModel.Setting(name: $0.0, value: $0.1) }
    }

    private var every: Duration? { if case .every(let interval) = flush.timing { interval } else { nil } }
    private var after: Duration? { if case .after(let delay) = flush.timing { delay } else { nil } }

    /// What few scenarios change.
    fileprivate static var usual: [CacheModel.Setting] {
        Cache(name: "").settings.filter { ["flushAfter", "maxDirty", "grace"].contains($0.name) }
    }
}

extension CacheModel {
    fileprivate struct Setting: Equatable {
        var name: String
        var value: Int64
    }
}
