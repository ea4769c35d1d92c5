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
    public private(set) var trace: Trace

    public init(scenario: String, seed: UInt64) {
        trace = Trace(scenario: scenario, seed: seed)
    }

    public func name(_ text: String) -> NameID { trace.names.intern(text) }

    public func declare(_ component: String, _ kind: Component.Kind) -> NameID {
        let id = trace.names.intern(component)
        trace.components.append(Component(name: id, kind: kind))
        return id
    }

    @discardableResult public func record(_ event: Event) -> EventID {
        trace.events.append(event)
        return EventID(UInt32(trace.events.count))
    }

    public func finish(at end: VirtualTime) { trace.end = end }
}
