import Trace

/// What a cache did in a window.
public struct CacheMetrics: Hashable, Sendable {
    public var id: NameID
    public var name: String
    /// In the order of ``CacheCount``.
    private var counts: [Int]

    public subscript(count: CacheCount) -> Int { counts[Int(count.rawValue)] }

    public var hits: Int { self[.hits] }
    public var misses: Int { self[.misses] }
    /// Misses that found an expired entry.
    public var expired: Int { self[.expired] }
    public var stored: Int { self[.stored] }
    /// Entries removed on purpose.
    public var invalidated: Int { self[.invalidated] }
    /// Hits of all look-ups that were answered in the window; `nil`: none was.
    public var hitRatio: Double? { hits + misses == 0 ? nil : Double(hits) / Double(hits + misses) }

    init(_ activity: CacheActivity, _ window: Window, _ trace: Trace) {
        id = activity.name
        name = trace.name(activity.name)
        counts = CacheCount.allCases.map { activity.value($0, in: window) }
    }
}
