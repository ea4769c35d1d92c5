import Trace

/// What the backends have: which write of each key was the last to be done there. Confined to the run's thread.
///
/// The order is that in which the backends have done the writes, not that in which they were acknowledged: an older one
/// that arrives late replaces a newer one there, as it would in a database. A key means the same data in every cache,
/// so that caches behind each other can be told to be out of date.
final class Truth {
    /// What somebody has read or written of a key.
    struct Version {
        /// The write that made it; 0: it was there when the run began.
        var write: Int
        /// How often the key had been written at the backend by then.
        var commits: Int
    }

    private var newest: [String: (version: Version, since: VirtualTime)] = [:]
    private var writes = 0

    /// What a reader of the backend gets.
    func version(of key: String) -> Version { newest[key]?.version ?? Version(write: 0, commits: 0) }

    /// A write begins.
    func begin(_ key: String, changes: [String]) -> BackendWrite {
        BackendWrite(self, number: newNumber(), key: key, changes: changes)
    }

    /// A write is done at the backend. One that repeats the last is none.
    func commit(_ write: BackendWrite, at now: VirtualTime) {
        if version(of: write.key).write == write.number { return }
        // Data of other keys has changed with it, and is not this write's alone.
        for other in write.changes where other != write.key { replace(other, newNumber(), now) }
        replace(write.key, write.number, now)
    }

    private func newNumber() -> Int {
        writes += 1
        return writes
    }

    private func replace(_ key: String, _ write: Int, _ now: VirtualTime) {
        newest[key] = (Version(write: write, commits: version(of: key).commits + 1), now)
    }

    /// When the key was last written at the backend, if that has made the version out of date.
    func overwritten(_ key: String, since version: Version) -> VirtualTime? {
        guard let (newest, since) = newest[key] else { return nil }
        return newest.commits > version.commits && newest.write != version.write ? since : nil
    }
}
