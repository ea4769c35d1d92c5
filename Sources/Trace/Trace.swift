/// Everything that happened in one run: the narrow waist between the simulation and every view.
public struct Trace: Hashable, Sendable {
    /// What the scenario calls itself.
    public var scenario: String
    public var seed: UInt64
    /// When the run stopped: the scenario's duration, or the last event if nothing was left to do.
    public var end: VirtualTime
    /// The parts of the system, in the order of the scenario.
    public var components: [Component]
    public var names: NameTable
    /// In the order in which they happened: by time, and by insertion at the same time.
    public var events: [Event]

    public init(
        scenario: String = "", seed: UInt64 = 0, end: VirtualTime = .zero, components: [Component] = [],
        names: NameTable = NameTable(), events: [Event] = []
    ) {
        self.scenario = scenario
        self.seed = seed
        self.end = end
        self.components = components
        self.names = names
        self.events = events
    }

    /// The event with that id, or `nil` for ``EventID/none`` and ids out of range.
    public subscript(id: EventID) -> Event? {
        id != .none && Int(id.rawValue) <= events.count ? events[Int(id.rawValue) - 1] : nil
    }

    public func name(_ id: NameID) -> String { names[id] }

    /// The names of all components of a kind, in the order of the scenario.
    public func components(_ kind: Component.Kind) -> [Component] { components.filter { $0.kind == kind } }

    /// How many events happened at or before a moment. O(log n).
    public func eventCount(through time: VirtualTime) -> Int {
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if events[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
