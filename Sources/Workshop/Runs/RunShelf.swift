import Model

/// Finished runs, kept while there is room. Those that nobody has asked for the longest go first.
public struct RunShelf<Outcome: Sendable>: Sendable {
    private let mostRuns: Int
    private let mostEvents: Int
    private var entries: [Run: Entry] = [:]
    private var events = 0
    private var clock = 0

    /// Kept whatever their size: two may be on the screen, and one that is not there is computed again.
    private static var leastRuns: Int { 2 }

    private struct Entry {
        var outcome: Outcome
        var events: Int
        var lastUsed: Int
    }

    /// - Parameters:
    ///   - mostRuns: runs kept at most.
    ///   - mostEvents: events kept at most, in all of them.
    init(mostRuns: Int = .max, mostEvents: Int) {
        self.mostRuns = mostRuns
        self.mostEvents = mostEvents
    }

    var count: Int { entries.count }

    /// What came of a run; `nil`: it is not there, or no longer.
    mutating func outcome(of run: Run) -> Outcome? {
        clock += 1
        entries[run]?.lastUsed = clock
        return entries[run]?.outcome
    }

    /// Keeps a run, however large, and lets go of others. O(runs kept).
    mutating func keep(_ outcome: Outcome, _ view: RunView?, of run: Run) {
        drop(run)
        clock += 1
        let entry = Entry(outcome: outcome, events: view?.trace.events.count ?? 0, lastUsed: clock)
        entries[run] = entry
        events += entry.events
        while count > max(mostRuns, Self.leastRuns) || count > Self.leastRuns && events > mostEvents,
            let oldest = entries.min(by: { $0.value.lastUsed < $1.value.lastUsed })
        {
            drop(oldest.key)
        }
    }

    private mutating func drop(_ run: Run) {
        if let entry = entries.removeValue(forKey: run) { events -= entry.events }
    }
}
