/// A suspended task as the runtime hands it over, and whether it is one that ``Simulation/spawn(_:)`` started.
struct Job {
    let job: UnownedJob
    let isRoot: Bool

    /// Says whether two are the same task while both exist.
    var identity: UInt { Self.identity(job) }

    static func identity(_ job: UnownedJob) -> UInt { unsafeBitCast(job, to: UInt.self) }
}
