import Analysis
import Trace

/// What still comes in a run that somebody may want to see: the next event of each kind at each component.
struct Upcoming: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        /// The next event of its kind there.
        var event: EventID
        /// How many of them still come, this one included.
        var count: Int
    }

    /// In the order in which they come.
    private(set) var items: [Item] = []

    init() {}

    /// O(events after the cursor).
    init(in trace: Trace, after cursor: Cursor) {
        var places: [Group: Int] = [:]
        for (offset, event) in trace.events.dropFirst(cursor.eventCount).enumerated() where Self.isNotable(event) {
            let group = Group(kind: event.kind, component: event.component, outcome: event.outcome)
            if let place = places[group] {
                items[place].count += 1
            } else {
                places[group] = items.count
                items.append(Item(event: EventID(UInt32(cursor.eventCount + offset + 1)), count: 1))
            }
        }
    }

    private struct Group: Hashable {
        var kind: EventKind
        var component: NameID
        var outcome: Outcome
    }

    /// What people stop at. Calls that go well are what everything consists of.
    private static func isNotable(_ event: Event) -> Bool {
        switch event.kind {
        case .requestStarted, .dataMissing, .branchChosen,
            .callQueued, .callRejected, .callAbandoned, .callExpired, .timeoutFired, .retryScheduled, .retryGivenUp,
            .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerRejected, .breakerDisabled,
            .bulkheadQueued, .bulkheadRejected, .bulkheadShed, .limitChanged, .limiterRejected, .limiterDelayed,
            .fallbackUsed,
            .balancerRefused, .serverJoined, .serverLeft, .serverDown, .serverUp, .serverEjected, .serverReturned,
            .ejectionRefused, .panicStarted, .panicEnded,
            .cacheMiss, .cacheStaleServed, .cacheExpiredServed, .cacheJoined, .cacheEvicted, .cacheRemoved,
            .cacheInvalidated, .cacheLost, .cacheEmptied,
            .faultStarted, .faultEnded, .parameterSet, .mark:
            true
        case .requestFinished, .callFinished, .cacheFlushed, .healthChecked:
            event.outcome != .none && !event.outcome.isSuccess
        case .copyStarted: event.value > 0
        default: false
        }
    }
}
