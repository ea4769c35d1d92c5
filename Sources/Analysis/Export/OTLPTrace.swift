import Trace

/// The spans of a run as OpenTelemetry's OTLP/JSON, for collectors and trace viewers.
///
/// Each component is a resource with its `service.name`. A call is two spans: that of the caller (client) and, inside
/// it, that of the backend (server), which goes on after a caller that gave up. A pass through a policy, an attempt and
/// a copy are spans of the caller, and what layers, pools and caches decide are events of these. Virtual time counts
/// from `startingAt`.
public struct OTLPTrace: Sendable {
    private let index: TraceIndex
    private let digest: String
    private let identity: TraceIdentity
    private let epoch: UInt64

    /// - Parameter startingAt: nanoseconds since 1970 at which the run is said to have started.
    public init(_ index: TraceIndex, startingAt epoch: UInt64 = 0) {
        self.index = index
        self.epoch = epoch
        let digest = index.trace.digest
        self.digest = digest.description
        identity = TraceIdentity(digest)
    }

    private enum SpanKind: Int64 {
        case `internal` = 1
        case server = 2
        case client = 3
    }

    /// Resources in the order of the scenario, spans in the order of their starts. O(n).
    public var json: JSON {
        var spans = [[JSON]](repeating: [], count: index.trace.names.names.count)
        let decisions = decisions
        func add(_ span: JSON, to component: NameID) {
            if Int(component.rawValue) < spans.count { spans[Int(component.rawValue)].append(span) }
        }
        for span in index.spans {
            let owner = span.kind == .call || span.kind.isOfPolicy ? index.caller(of: span) : span.component
            add(callerSpan(span, decisions[span.id] ?? []), to: owner)
            if let server = serverSpan(span) { add(server, to: span.component) }
        }
        var resources: [JSON] = []
        for component in index.trace.components {
            let place = Int(component.name.rawValue)
            guard place < spans.count, !spans[place].isEmpty else { continue }
            resources.append(resource(index.trace.name(component.name), spans[place]))
            spans[place] = []
        }
        for (place, rest) in spans.enumerated() where !rest.isEmpty {
            resources.append(resource(index.trace.name(NameID(UInt32(place))), rest))
        }
        return .members(["resourceSpans": .array(resources)])
    }

    private func resource(_ name: String, _ spans: [JSON]) -> JSON {
        .members([
            "resource": .members([
                "attributes": .array([
                    attribute("service.name", name), attribute("ensayo.scenario", index.trace.scenario),
                    attribute("ensayo.seed", String(index.trace.seed)), attribute("ensayo.digest", digest),
                ])
            ]),
            "scopeSpans": .array([
                .members([
                    "scope": .members(["name": .string("ensayo")]), "spans": .array(spans),
                ])
            ]),
        ])
    }

    /// What the layers of policies, pools and caches decide, by the span in which they do.
    private var decisions: [SpanID: [JSON]] {
        var result: [SpanID: [JSON]] = [:]
        for event in index.trace.events where event.kind.isDecision && event.span != .none {
            var attributes = [attribute("ensayo.by", index.trace.name(event.component))]
            if event.detail != .none { attributes.append(attribute("ensayo.detail", index.trace.name(event.detail))) }
            if event.outcome != .none { attributes.append(attribute("ensayo.outcome", "\(event.outcome)")) }
            attributes.append(
                .members([
                    "key": .string("ensayo.value"), "value": .members(["intValue": .string(String(event.value))]),
                ]))
            result[event.span, default: []].append(
                .members([
                    "timeUnixNano": .string(unixNano(event.time)), "name": .string("\(event.kind)"),
                    "attributes": .array(attributes),
                ]))
        }
        return result
    }

    private func callerSpan(_ span: Span, _ decisions: [JSON]) -> JSON {
        var attributes = [attribute("ensayo.kind", "\(span.kind)")]
        if span.kind == .call { attributes.append(attribute("peer.service", index.trace.name(span.component))) }
        if span.kind.isOfPolicy { attributes.append(attribute("ensayo.policy", index.trace.name(span.component))) }
        if span.isOpen {
            attributes.append(.members(["key": .string("ensayo.open"), "value": .members(["boolValue": .bool(true)])]))
        }
        return self.span(
            span, id: identity.spanID(span.id), parent: identity.parentID(of: span, in: index) ?? "",
            kind: span.kind == .call ? .client : .internal, start: span.start, end: span.end,
            outcome: span.outcome, attributes: attributes, events: decisions)
    }

    private func serverSpan(_ span: Span) -> JSON? {
        guard span.kind == .call, let arrived = span.arrived ?? span.rejected else { return nil }
        let moments: [(String, VirtualTime?)] = [
            ("queued", span.queued), ("service started", span.serviceStarted), ("dropped", span.expired),
        ]
        let events = moments.compactMap { name, time in
            time.map { JSON.members(["timeUnixNano": .string(unixNano($0)), "name": .string(name)]) }
        }
        let outcome = index.trace[(span.serviceEnd ?? span.rejection)?.event ?? .none]?.outcome ?? .none
        return self.span(
            span, id: identity.serverSpanID(span.id), parent: identity.spanID(span.id), kind: .server, start: arrived,
            end: span.serviceFinished ?? span.rejected ?? span.expired,
            outcome: span.rejection != nil && outcome == .none ? .rejected : outcome,
            attributes: [attribute("ensayo.kind", "service")], events: events)
    }

    private func span(
        _ span: Span, id: String, parent: String, kind: SpanKind, start: VirtualTime, end: VirtualTime?,
        outcome: Outcome, attributes: [JSON], events: [JSON]
    ) -> JSON {
        let status: JSON =
            outcome == .none
            ? .members(["code": .integer(0)])
            : .members([
                "code": .integer(outcome.isSuccess ? 1 : 2), "message": .string(outcome.isSuccess ? "" : "\(outcome)"),
            ])
        return .members([
            "traceId": .string(identity.traceID(span.request)), "spanId": .string(id),
            "parentSpanId": .string(parent), "name": .string(index.label(of: span)),
            "kind": .integer(kind.rawValue), "startTimeUnixNano": .string(unixNano(start)),
            "endTimeUnixNano": .string(unixNano(end ?? max(start, index.trace.lastCursor.time))),
            "attributes": .array(attributes), "events": .array(events), "status": status,
        ])
    }

    private func attribute(_ key: String, _ value: String) -> JSON {
        .members(["key": .string(key), "value": .members(["stringValue": .string(value)])])
    }

    private func unixNano(_ time: VirtualTime) -> String {
        let (sum, overflow) = epoch.addingReportingOverflow(UInt64(max(0, time.nanoseconds)))
        return String(overflow ? .max : sum)
    }
}
