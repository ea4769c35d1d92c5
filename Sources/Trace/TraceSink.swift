/// Where a run puts its events. A trace recorder keeps them all; a sweep can keep metrics alone.
public protocol TraceSink: AnyObject {
    /// Interns a name.
    func name(_ text: String) -> NameID
    /// Declares a part of the system; called before the first event.
    func declare(_ component: String, _ kind: Component.Kind) -> NameID
    /// Takes the next event, in order, and numbers it.
    @discardableResult func record(_ event: Event) -> EventID
    /// The run is over.
    func finish(at end: VirtualTime)
}

/// The sink that keeps every event.
public final class TraceRecorder: TraceSink {
    /// What was recorded so far.
    public var trace: Trace {
        var trace = head
        trace.events = events.pointee
        return trace
    }

    /// The trace but for its events.
    private var head: Trace
    /// In memory of its own: a property would be checked for exclusive access at each event, which costs as much as
    /// the rest of ``record(_:)``.
    private let events: UnsafeMutablePointer<[Event]>
    /// Most runs fit in so many events. Growing step by step would copy them, and touch new memory for each copy, which
    /// cost a third of a run; room that no event is written to is never backed by memory.
    private static let usualRoom = 1 << 18

    public init(scenario: String, seed: UInt64) {
        head = Trace(scenario: scenario, seed: seed)
        events = .allocate(capacity: 1)
        events.initialize(to: [])
        events.pointee.reserveCapacity(Self.usualRoom)
    }

    deinit {
        events.deinitialize(count: 1)
        events.deallocate()
    }

    public func name(_ text: String) -> NameID { head.names.intern(text) }

    public func declare(_ component: String, _ kind: Component.Kind) -> NameID {
        let id = head.names.intern(component)
        head.components.append(Component(name: id, kind: kind))
        return id
    }

    @discardableResult public func record(_ event: Event) -> EventID {
        events.pointee.append(event)
        return EventID(UInt32(events.pointee.count))
    }

    public func finish(at end: VirtualTime) { head.end = end }
}
