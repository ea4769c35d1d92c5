import Trace

/// What happened in one layer of a policy.
struct LayerActivity: Sendable {
    let info: LayerInfo
    /// The events behind each count, ascending.
    private var events = [[UInt32]](repeating: [], count: LayerCount.allCases.count)
    private(set) var settings: [(name: NameID, values: StepSeries)] = []
    var breaker = BreakerActivity()
    var inside = Occupancy()
    var queue = Occupancy()
    /// Calls that a bulkhead allows inside; -1: no limit.
    private(set) var limit = StepSeries()
    /// The decisions of a limiter, and the changes of a retry budget.
    private(set) var decisions: [UInt32] = []
    var passes = RetryPasses()

    init(_ info: LayerInfo) { self.info = info }

    mutating func add(_ count: LayerCount, event: UInt32) { events[Int(count.rawValue)].append(event) }

    mutating func decide(event: UInt32) { decisions.append(event) }

    mutating func configure(_ event: Event, id: UInt32, trace: Trace) {
        let place = settings.firstIndex { $0.name == event.detail } ?? settings.count
        if place == settings.count { settings.append((event.detail, StepSeries())) }
        settings[place].values.set(event.value, event: id, time: event.time)
        if info.kind == .bulkhead, trace.name(event.detail) == "concurrent" { setLimit(event, id: id) }
    }

    mutating func setLimit(_ event: Event, id: UInt32) { limit.set(event.value, event: id, time: event.time) }

    mutating func seal() {
        inside.seal()
        queue.seal()
        passes.seal()
    }

    // MARK: Questions

    func settings(at eventCount: Int, in trace: Trace) -> LayerSettings {
        LayerSettings(
            entries: settings.compactMap { name, values in
                guard let value = values.valueIfKnown(at: eventCount) else { return nil }
                // Only a queue may be endless; any other setting below 0 is gone.
                let name = trace.name(name)
                return value < 0 && name != "queue" ? nil : LayerSettings.Entry(name: name, value: value)
            })
    }

    func value(_ count: LayerCount, in window: Window) -> Int64 {
        switch count {
        case .openTime: VirtualTime.seconds(breaker.isOpen.area(in: window) / 1e9).nanoseconds
        case .maxInside: inside.count.maximum(in: window)
        case .maxQueued: queue.count.maximum(in: window)
        default: Int64(events[Int(count.rawValue)].places(in: window).count)
        }
    }

    /// The events that changed a setting, after a point and up to and with another.
    func settingChanges(after start: Int, through end: Int) -> [Int] {
        settings.flatMap { $0.values.events(after: start, through: end) }.sorted()
    }

    /// The last event behind a count once there were so many events.
    func last(_ count: LayerCount, at eventCount: Int) -> UInt32? {
        let total = total(count, at: eventCount)
        return total == 0 ? nil : events[Int(count.rawValue)][total - 1]
    }

    /// How often it had happened once there were so many events.
    func total(_ count: LayerCount, at eventCount: Int) -> Int {
        events[Int(count.rawValue)].count(through: UInt32(clamping: eventCount))
    }
}

/// The changes of a circuit breaker.
struct BreakerActivity: Sendable {
    /// Events that change its state, ascending, and the arrow that each takes.
    private(set) var changes: [UInt32] = []
    private var arrows: [BreakerState.Arrow] = []
    private var events = [[UInt32]](repeating: [], count: BreakerState.Arrow.allCases.count)
    /// Results that were counted.
    private(set) var recorded: [UInt32] = []
    /// 1 while it is open.
    private(set) var isOpen = StepSeries()
    private var position = BreakerState.Position.closed

    mutating func record(event: UInt32) { recorded.append(event) }

    mutating func change(to next: BreakerState.Position, event: UInt32, time: VirtualTime, isForced: Bool) {
        let arrow = BreakerState.Arrow(from: position, to: next, isForced: isForced)
        changes.append(event)
        arrows.append(arrow)
        events[Int(arrow.rawValue)].append(event)
        position = next
        isOpen.set(next == .open ? 1 : 0, event: event, time: time)
    }

    /// The events that changed its state after a point, up to and with another.
    func changes(after start: Int, through end: Int) -> ArraySlice<UInt32> {
        let first = changeCount(at: start)
        return changes[first..<max(first, changeCount(at: end))]
    }

    /// How many changes had happened once there were so many events.
    func changeCount(at eventCount: Int) -> Int { changes.count(through: UInt32(clamping: eventCount)) }

    func arrow(_ change: Int) -> BreakerState.Arrow { arrows[change] }

    /// The changes along an arrow so far, and the last of them.
    func taken(_ arrow: BreakerState.Arrow, at eventCount: Int) -> (count: Int, last: UInt32?) {
        let all = events[Int(arrow.rawValue)]
        let count = all.count(through: UInt32(clamping: eventCount))
        return (count, count == 0 ? nil : all[count - 1])
    }
}

/// The passes through a retry, in the order in which they began, and their events.
struct RetryPasses: Sendable {
    struct Pass: Sendable {
        /// The event with which it came to the retry.
        var began: UInt32
        /// The event that closes the span around the retry; 0: none does.
        var ended: UInt32 = 0
        /// The span around the retry.
        var span: UInt32
    }

    private(set) var all: [Pass] = []
    /// Places of those with a wait for another attempt.
    private(set) var retried: [UInt32] = []
    private var isRetried: [Bool] = []
    private var events: [(event: UInt32, pass: UInt32)] = []
    private var grouped = Grouping(last: 0, items: []) { _ in 0 }
    /// The latest end of each pass and those before it; `.max` where one never ends.
    private(set) var latestEnds: [UInt32] = []

    mutating func begin(event: UInt32, span: UInt32) {
        all.append(Pass(began: event, span: span))
        isRetried.append(false)
    }

    mutating func end(_ pass: Int, event: UInt32) {
        if all[pass].ended == 0 { all[pass].ended = event }
    }

    mutating func add(event: UInt32, to pass: Int, isRetry: Bool) {
        events.append((event, UInt32(pass + 1)))
        if isRetry { isRetried[pass] = true }
    }

    mutating func seal() {
        // The items of a grouping are places in the list of events.
        let given = events
        grouped = Grouping(last: all.count, items: 0..<UInt32(given.count)) { given[Int($0)].pass }
        retried = isRetried.indices.filter { isRetried[$0] }.map { UInt32($0) }
        isRetried = []
        var latest: UInt32 = 0
        latestEnds = all.map { pass in
            latest = max(latest, pass.ended == 0 ? .max : pass.ended)
            return latest
        }
    }

    /// What happened in a pass, in order.
    func events(of pass: Int) -> [UInt32] { grouped[UInt32(pass + 1)].map { events[Int($0)].event } }
}
