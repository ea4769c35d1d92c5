/// One load at a time for each key, shared by all who ask meanwhile: Go's `singleflight`, as a value.
///
/// Nothing is kept: the key is free again as soon as the load ends. `Waiter` names a caller; no two that wait are
/// equal. Everything is O(1) on average, but for ``forget(where:)`` and what is named for each waiter.
public struct CoalescingCore<Key: Hashable & Sendable, Waiter: Hashable & Sendable>: Sendable {
    /// One load. Never used again.
    public struct Flight: Hashable, Sendable {
        let number: UInt64
    }

    /// The answer to a caller.
    public enum Entry: Hashable, Sendable {
        /// It loads, and says so with ``CoalescingCore/land(_:)``.
        case leads(Flight)
        /// It waits until that load ends.
        case joined(Flight)
    }

    /// How a load ended for those round it.
    public struct Landing: Hashable, Sendable {
        /// Who waits for its result, in the order in which they came.
        public var waiters: [Waiter]
        /// Whether anybody ever joined it: `shared` of Go's `Do`.
        public var isShared: Bool
        /// Whether the key was forgotten meanwhile: the result may be older than what made it so, and is not kept.
        public var isForgotten: Bool
    }

    private struct State {
        var key: Key
        var waiters: [Waiter] = []
        var isShared = false
        var isForgotten = false
        /// What was invalidated by a tag since it began.
        var goneTags: Set<String> = []
    }

    private var flights: [Flight: State] = [:]
    /// The load that the next caller of a key joins.
    private var current: [Key: Flight] = [:]
    /// All that are not forgotten.
    private var remembered: [Key: [Flight]] = [:]
    private var count: UInt64 = 0

    public init() {}

    /// Loads under way, forgotten ones included.
    public var inFlight: Int { flights.count }

    /// The load of a key that callers join, if there is one.
    public func flight(of key: Key) -> Flight? { current[key] }

    /// Who waits for a load, in the order in which they came.
    public func waiters(of flight: Flight) -> [Waiter] { flights[flight]?.waiters ?? [] }

    /// Whether its key, or one of the tags that its result turned out to have, was forgotten since it began; or it has
    /// ended.
    public func isForgotten(_ flight: Flight, tags: [String] = []) -> Bool {
        guard let state = flights[flight] else { return true }
        return state.isForgotten || tags.contains(where: state.goneTags.contains)
    }

    /// A caller needs the key.
    public mutating func join(_ key: Key, _ waiter: Waiter) -> Entry {
        guard let flight = current[key] else { return .leads(begin(key)) }
        flights[flight]?.waiters.append(waiter)
        flights[flight]?.isShared = true
        return .joined(flight)
    }

    /// A load that no caller waits for, such as a refresh. `nil`: there is one already.
    public mutating func lead(_ key: Key) -> Flight? { current[key] == nil ? begin(key) : nil }

    /// A load of its own, beside whatever is under way, that nobody joins.
    public mutating func leadAlone(_ key: Key) -> Flight {
        count += 1
        let flight = Flight(number: count)
        flights[flight] = State(key: key)
        remembered[key, default: []].append(flight)
        return flight
    }

    /// A load has ended, well or not: all who wait get its result.
    public mutating func land(_ flight: Flight) -> Landing {
        guard let state = flights.removeValue(forKey: flight) else {
            return Landing(waiters: [], isShared: false, isForgotten: true)
        }
        if current[state.key] == flight { current[state.key] = nil }
        remembered[state.key]?.removeAll { $0 == flight }
        if remembered[state.key]?.isEmpty == true { remembered[state.key] = nil }
        return Landing(waiters: state.waiters, isShared: state.isShared, isForgotten: state.isForgotten)
    }

    /// Whoever loads was cancelled, which is no result: the one who has waited longest loads in its place.
    ///
    /// - Returns: that one; `nil` when nobody waits, and the load has ended.
    public mutating func handOver(_ flight: Flight) -> Waiter? {
        guard let state = flights[flight], !state.waiters.isEmpty else {
            _ = land(flight)
            return nil
        }
        return flights[flight]?.waiters.removeFirst()
    }

    /// A caller no longer waits. Returns whether it did.
    @discardableResult public mutating func leave(_ waiter: Waiter, _ flight: Flight) -> Bool {
        guard let place = flights[flight]?.waiters.firstIndex(of: waiter) else { return false }
        flights[flight]?.waiters.remove(at: place)
        return true
    }

    /// The next caller of the key loads afresh; those of the loads under way still get their results.
    public mutating func forget(_ key: Key) {
        current[key] = nil
        for flight in remembered.removeValue(forKey: key) ?? [] { flights[flight]?.isForgotten = true }
    }

    /// The same for all keys that are meant. O(n log n) for n loads under way.
    ///
    /// - Parameter isMeant: asked once for each load that is not forgotten, in the order in which they began.
    public mutating func forget(where isMeant: (Key) -> Bool) {
        for flight in underWay {
            if let state = flights[flight], !state.isForgotten, isMeant(state.key) { forget(state.key) }
        }
    }

    /// What is tagged so is out of date. Which loads that means shows when they end; nobody joins them any more.
    /// O(n log n) for n loads under way.
    public mutating func forget(tagged tag: String) {
        current = [:]
        for flight in underWay { flights[flight]?.goneTags.insert(tag) }
    }

    /// Loads in the order in which they began, forgotten ones included.
    private var underWay: [Flight] { flights.keys.sorted { $0.number < $1.number } }

    private mutating func begin(_ key: Key) -> Flight {
        let flight = leadAlone(key)
        current[key] = flight
        return flight
    }
}
