import Trace

/// The spans of a run as OpenTelemetry's OTLP/JSON, for collectors and trace viewers.
///
/// Each component is a resource with its `service.name`. A call is two spans: that of the caller (client) and, inside
/// it, that of the backend (server), which goes on after a caller that gave up; of a message that nobody waits for,
/// they are producer and consumer. A pass through a policy, an attempt and a copy are spans of the caller, and what
/// layers, pools and caches decide are events of these; faults are events of the calls that a backend has at that time.
/// Work that another trace set off links to it. Virtual time counts from `startingAt`.
public struct OTLPTrace: Sendable {
    private let index: TraceIndex
    private let selection: TraceSelection
    private let digest: String
    private let identity: TraceIdentity
    private let epoch: UInt64

    /// - Parameters:
    ///   - selection: spans under way in it, of these components alone. They keep parents and links that are not in it.
    ///   - startingAt: nanoseconds since 1970 at which the run is said to have started.
    public init(_ index: TraceIndex, _ selection: TraceSelection = .all, startingAt epoch: UInt64 = 0) {
        self.index = index
        self.selection = selection
        self.epoch = epoch
        let digest = index.trace.digest
        self.digest = digest.description
        identity = TraceIdentity(digest)
    }

    private enum SpanKind: Int64 {
        case `internal` = 1
        case server = 2
        case client = 3
        case producer = 4
        case consumer = 5
    }

    /// Resources in the order of the scenario, spans in the order of their starts. O(n).
    public var json: JSON {
        var spans = [[JSON]](repeating: [], count: index.trace.names.names.count)
        let notes = OTLPNotes(index, epoch: epoch)
        func add(_ span: JSON, to component: NameID) {
            guard selection.includes(component), Int(component.rawValue) < spans.count else { return }
            spans[Int(component.rawValue)].append(span)
        }
        for span in index.spans where selection.touches(span) {
            let owner = span.kind == .call || span.kind.isOfPolicy ? index.caller(of: span) : span.component
            add(callerSpan(span, notes), to: owner)
            if let server = serverSpan(span, notes) { add(server, to: span.component) }
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
                    .attribute("service.name", name), .attribute("ensayo.scenario", index.trace.scenario),
                    .attribute("ensayo.seed", String(index.trace.seed)), .attribute("ensayo.digest", digest),
                ])
            ]),
            "scopeSpans": .array([
                .members([
                    "scope": .members(["name": .string("ensayo")]), "spans": .array(spans),
                ])
            ]),
        ])
    }

    // MARK: Spans

    private func callerSpan(_ span: Span, _ notes: OTLPNotes) -> JSON {
        var attributes = [JSON.attribute("ensayo.kind", "\(span.kind)")]
        if span.kind == .call { attributes.append(.attribute("peer.service", index.trace.name(span.component))) }
        if span.kind.isOfPolicy { attributes.append(.attribute("ensayo.policy", index.trace.name(span.component))) }
        if span.kind == .request, let id = TraceIdentity.correlationID(span.request, in: index) {
            attributes.append(.attribute("ensayo.correlation_id", id))
        }
        if span.isOpen {
            attributes.append(.members(["key": .string("ensayo.open"), "value": .members(["boolValue": .bool(true)])]))
        }
        let kind: SpanKind = span.kind != .call ? .internal : span.isDetached ? .producer : .client
        return self.span(
            span, id: identity.spanID(span.id), parent: identity.parentID(of: span, in: index) ?? "", kind: kind,
            start: span.start, end: span.end, outcome: span.outcome, attributes: attributes,
            events: notes.decisions(in: span.id), links: links(of: span, notes))
    }

    private func serverSpan(_ span: Span, _ notes: OTLPNotes) -> JSON? {
        guard span.kind == .call, let arrived = span.arrived ?? span.rejected else { return nil }
        let moments: [(String, VirtualTime?)] = [
            ("queued", span.queued), ("service started", span.serviceStarted), ("rejected", span.rejected),
            ("dropped", span.expired),
        ]
        let end = span.serviceFinished ?? span.rejected ?? span.expired
        let outcome = index.trace[(span.serviceEnd ?? span.rejection)?.event ?? .none]?.outcome ?? .none
        return self.span(
            span, id: identity.serverSpanID(span.id), parent: identity.spanID(span.id),
            kind: span.isDetached ? .consumer : .server, start: arrived, end: end,
            outcome: span.rejection != nil && outcome == .none ? .rejected : outcome,
            attributes: [.attribute("ensayo.kind", "service")],
            events: notes.events(
                at: moments, andFaultsOf: span.component, from: arrived, to: end ?? index.trace.lastCursor.time),
            links: [])
    }

    /// What in another trace, or in another branch of this one, made it happen: the load that a look-up joined, the
    /// look-up that made a cache refresh.
    private func links(of span: Span, _ notes: OTLPNotes) -> [JSON] {
        var causes = notes.joins(in: span.id)
        if span.kind == .background, let cause = index.trace[span.startEvent]?.cause { causes.append(cause) }
        return causes.compactMap { cause in
            let event = index.trace[cause]
            guard let other = event.flatMap({ index.span($0.span) }), other.id != span.id else { return nil }
            return .members([
                "traceId": .string(identity.traceID(other.request)), "spanId": .string(identity.spanID(other.id)),
            ])
        }
    }

    private func span(
        _ span: Span, id: String, parent: String, kind: SpanKind, start: VirtualTime, end: VirtualTime?,
        outcome: Outcome, attributes: [JSON], events: [JSON], links: [JSON]
    ) -> JSON {
        let isFailure = outcome != .none && !outcome.isSuccess
        let status: JSON =
            outcome == .none
            ? .members(["code": .integer(0)])
            : .members(["code": .integer(isFailure ? 2 : 1), "message": .string(isFailure ? "\(outcome)" : "")])
        let error = isFailure ? [JSON.attribute("error.type", "\(outcome)")] : []
        return .members([
            "traceId": .string(identity.traceID(span.request)), "spanId": .string(id),
            "parentSpanId": .string(parent), "name": .string(index.label(of: span)),
            "kind": .integer(kind.rawValue), "startTimeUnixNano": .unixNano(start, epoch),
            "endTimeUnixNano": .unixNano(end ?? max(start, index.trace.lastCursor.time), epoch),
            "attributes": .array(attributes + error), "events": .array(events), "links": .array(links),
            "status": status,
        ])
    }
}
