import Model

/// Finished runs, kept while there is room. Those that nobody has asked for the longest go first.
struct RunShelf {
    /// A student who tries many settings must not fill the memory with their runs.
    private let mostEvents: Int
    private var entries: [Run: Entry] = [:]
    private var events = 0
    private var clock = 0

    private struct Entry {
        var result: Result<RunView, RunError>
        var events: Int
        var lastUsed: Int
    }

    init(mostEvents: Int = 5_000_000) { self.mostEvents = mostEvents }

    /// What came of a run; `nil`: it is not there, or no longer.
    mutating func result(of run: Run) -> Result<RunView, RunError>? {
        clock += 1
        entries[run]?.lastUsed = clock
        return entries[run]?.result
    }

    /// Keeps a run, however large, and lets go of others. O(runs kept).
    mutating func keep(_ result: Result<RunView, RunError>, of run: Run) {
        drop(run)
        let size = (try? result.get())?.trace.events.count ?? 0
        while events + size > mostEvents, let oldest = entries.min(by: { $0.value.lastUsed < $1.value.lastUsed }) {
            drop(oldest.key)
        }
        clock += 1
        entries[run] = Entry(result: result, events: size, lastUsed: clock)
        events += size
    }

    private mutating func drop(_ run: Run) {
        if let entry = entries.removeValue(forKey: run) { events -= entry.events }
    }
}
