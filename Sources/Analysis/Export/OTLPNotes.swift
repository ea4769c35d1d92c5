import Trace

/// What is written on the spans of an ``OTLPTrace``: decisions of policies, pools and caches, loads that were joined,
/// and faults.
struct OTLPNotes {
    private let epoch: UInt64
    /// By the span in which they are made. For look-up only.
    private var decisions: [SpanID: [JSON]] = [:]
    /// The loads of others that work in a span waited for: their look-ups. For look-up only.
    private var joins: [SpanID: [EventID]] = [:]
    /// By backend, in order. For look-up only.
    private var faults: [NameID: [(time: VirtualTime, event: JSON)]] = [:]

    /// O(n).
    init(_ index: TraceIndex, epoch: UInt64) {
        self.epoch = epoch
        for event in index.trace.events where event.kind.isDecision && event.span != .none {
            var attributes = [JSON.attribute("ensayo.by", index.trace.name(event.component))]
            if event.detail != .none { attributes.append(.attribute("ensayo.detail", index.trace.name(event.detail))) }
            if event.outcome != .none { attributes.append(.attribute("ensayo.outcome", "\(event.outcome)")) }
            attributes.append(
                .members([
                    "key": .string("ensayo.value"), "value": .members(["intValue": .string(String(event.value))]),
                ]))
            decisions[event.span, default: []].append(Self.event("\(event.kind)", event.time, epoch, attributes))
            if event.kind == .cacheJoined, event.cause != .none { joins[event.span, default: []].append(event.cause) }
        }
        for id in index.happenings {
            guard let event = index.trace[id], [.faultStarted, .faultEnded].contains(event.kind) else { continue }
            let name = event.kind == .faultStarted ? "fault started" : "fault ended"
            let attributes = [JSON.attribute("ensayo.fault", index.trace.name(event.detail))]
            faults[event.component, default: []].append(
                (event.time, Self.event(name, event.time, epoch, attributes)))
        }
    }

    func decisions(in span: SpanID) -> [JSON] { decisions[span] ?? [] }
    func joins(in span: SpanID) -> [EventID] { joins[span] ?? [] }

    /// The moments that there were, and the faults that began or ended meanwhile, in order.
    func events(
        at moments: [(String, VirtualTime?)], andFaultsOf backend: NameID, from: VirtualTime, to: VirtualTime
    ) -> [JSON] {
        var events = moments.compactMap { name, time in
            time.map { (time: $0, event: Self.event(name, $0, epoch, [])) }
        }
        let faults = (faults[backend] ?? []).filter { from <= $0.time && $0.time <= to }
        if faults.isEmpty { return events.map(\.event) }
        events += faults
        return events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element.event)
    }

    private static func event(_ name: String, _ time: VirtualTime, _ epoch: UInt64, _ attributes: [JSON]) -> JSON {
        .members([
            "timeUnixNano": .unixNano(time, epoch), "name": .string(name), "attributes": .array(attributes),
        ])
    }
}

extension JSON {
    /// An attribute of OTLP whose value is text.
    static func attribute(_ key: String, _ value: String) -> JSON {
        .members(["key": .string(key), "value": .members(["stringValue": .string(value)])])
    }

    /// A moment as OTLP writes it: nanoseconds since 1970, as text.
    static func unixNano(_ time: VirtualTime, _ epoch: UInt64) -> JSON {
        let (sum, overflow) = epoch.addingReportingOverflow(UInt64(max(0, time.nanoseconds)))
        return .string(String(overflow ? .max : sum))
    }
}
