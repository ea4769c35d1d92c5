import Trace

/// What is newest at the backends: how often each key was written there, and when last. Confined to the run's thread.
///
/// A key means the same data in every cache, so that caches behind each other can be told to be out of date.
final class Truth {
    private var versions: [String: (number: Int, since: VirtualTime)] = [:]

    /// 0: never written during the run.
    func version(of key: String) -> Int { versions[key]?.number ?? 0 }

    /// A write has reached its backend. Returns the key's new version.
    ///
    /// - Parameter others: keys whose data has changed with it.
    func commit(_ key: String, and others: [String], at now: VirtualTime) -> Int {
        for other in others where other != key { versions[other] = (version(of: other) + 1, now) }
        let number = version(of: key) + 1
        versions[key] = (number, now)
        return number
    }

    /// When the newest version was written, if that one is older.
    func overwritten(_ key: String, since version: Int) -> VirtualTime? {
        versions[key].flatMap { $0.number > version ? $0.since : nil }
    }
}
