import Trace

/// Who calls whom, as far as the run shows it: clients their backends, caches and pools, backends what their operations
/// call, pools their servers, caches what they load and flush in the background.
public struct CallGraph: Hashable, Sendable {
    public struct Edge: Hashable, Sendable {
        public var from: NameID
        public var to: NameID
    }

    /// In the order in which they are first used; those from a pool to its servers stand at its end.
    public var edges: [Edge]

    /// Whom a part of the system calls.
    public func targets(of name: NameID) -> [NameID] { edges.filter { $0.from == name }.map(\.to) }

    /// Who calls a part of the system.
    public func sources(of name: NameID) -> [NameID] { edges.filter { $0.to == name }.map(\.from) }

    /// Of the whole run. O(spans).
    public init(_ index: TraceIndex) {
        edges = []
        var seen: Set<Edge> = []
        var pools: [NameID: NameID] = [:]
        for balancer in index.balancers {
            for server in balancer.servers where pools[server] == nil { pools[server] = balancer.id }
        }
        for id in index.spanOrder {
            let first = index.trace.events[Int(index.records[Int(id)].opened) - 1]
            guard first.kind == .callSent || first.kind == .cacheLookup else { continue }
            let edge = Edge(from: index.caller(of: id), to: pools[first.component] ?? first.component)
            if edge.from != .none, seen.insert(edge).inserted { edges.append(edge) }
        }
        for balancer in index.balancers {
            edges += balancer.servers.map { Edge(from: balancer.id, to: $0) }
        }
    }
}

extension TraceIndex {
    /// The component that a span belongs to, whatever happens in it: the client whose flow does it, the service whose
    /// operation does it, or the cache that does it in the background. Policies and look-ups are passed over.
    public func caller(of span: Span) -> NameID { caller(of: span.id.rawValue) }

    /// Who does what an event tells. Inside a call that is the service, but for the call's own way there and back.
    public func caller(of event: Event) -> NameID {
        let span = Int(event.span.rawValue)
        guard span < records.count, records[span].opened != 0 else { return .none }
        let first = trace.events[Int(records[span].opened) - 1]
        return first.kind == .callSent && !event.kind.isOfCall ? first.component : caller(of: event.span.rawValue)
    }

    func caller(of id: UInt32) -> NameID {
        var span = id
        while true {
            let record = records[Int(span)]
            let first = trace.events[Int(record.opened) - 1]
            if first.kind == .backgroundStarted || span != id && first.kind.isOfCaller { return first.component }
            let parent = Int(first.parent.rawValue)
            // A parent starts before what it holds: otherwise the walk might never end.
            guard parent < records.count, records[parent].opened != 0, records[parent].opened < record.opened else {
                return request(first.request)?.client ?? .none
            }
            span = UInt32(parent)
        }
    }
}

extension EventKind {
    /// Whether it opens a span in which its component does things itself: a client or a service.
    fileprivate var isOfCaller: Bool {
        self == .requestStarted || self == .stepStarted || self == .waitStarted || self == .callSent
    }

    /// Whether it is a stage of a call on its way to a backend, in it, and back.
    var isOfCall: Bool { (EventKind.callSent.rawValue...EventKind.callDetached.rawValue).contains(rawValue) }
}
