import Trace

/// A run as a table for spreadsheets and data frames: a row a request, a span or an event.
///
/// Times and durations are milliseconds to the nanosecond; what is not known is empty. Text as ``CSVTable`` writes it.
public struct TraceTable: Sendable {
    private let index: TraceIndex
    private let selection: TraceSelection

    public init(_ index: TraceIndex, _ selection: TraceSelection = .all) {
        self.index = index
        self.selection = selection
    }

    private var trace: Trace { index.trace }

    /// `request,client,flow,start_ms,end_ms,latency_ms,outcome`: requests under way in the selection, by their starts.
    public var requests: String {
        var table = CSVTable(["request", "client", "flow", "start_ms", "end_ms", "latency_ms", "outcome"])
        for request in index.requests {
            guard let root = index.span(request.root), selection.touches(root), selection.includes(request.client)
            else { continue }
            table.add([
                String(request.id.rawValue), trace.name(request.client), trace.name(request.flow),
                Self.milliseconds(request.start.nanoseconds), Self.milliseconds(request.end?.nanoseconds),
                Self.milliseconds(request.latency), Self.name(request.outcome),
            ])
        }
        return table.text
    }

    /// `span,parent,request,kind,component,name,start_ms,end_ms,duration_ms,arrived_ms,service_start_ms,
    /// service_end_ms,outcome`: spans under way in the selection, by their starts.
    public var spans: String {
        var table = CSVTable([
            "span", "parent", "request", "kind", "component", "name", "start_ms", "end_ms", "duration_ms",
            "arrived_ms", "service_start_ms", "service_end_ms", "outcome",
        ])
        for span in index.spans where selection.touches(span) && selection.includes(span.component) {
            let moments = [span.arrived, span.serviceStarted, span.serviceFinished]
            table.add(
                [
                    String(span.id.rawValue), Self.number(span.parent.rawValue), Self.number(span.request.rawValue),
                    "\(span.kind)", trace.name(span.component), index.label(of: span),
                    Self.milliseconds(span.start.nanoseconds), Self.milliseconds(span.end?.nanoseconds),
                    Self.milliseconds(span.duration),
                ] + moments.map { Self.milliseconds($0?.nanoseconds) } + [Self.name(span.outcome)])
        }
        return table.text
    }

    /// `event,time_ms,kind,outcome,component,detail,request,span,parent,cause,value`, in the order of the trace.
    public var events: String {
        var table = CSVTable([
            "event", "time_ms", "kind", "outcome", "component", "detail", "request", "span", "parent", "cause", "value",
        ])
        for (place, event) in trace.events.enumerated() where selection.includes(event) {
            table.add([
                String(place + 1), Self.milliseconds(event.time.nanoseconds), "\(event.kind)", Self.name(event.outcome),
                trace.name(event.component), trace.name(event.detail), Self.number(event.request.rawValue),
                Self.number(event.span.rawValue), Self.number(event.parent.rawValue), Self.number(event.cause.rawValue),
                String(event.value),
            ])
        }
        return table.text
    }

    private static func name(_ outcome: Outcome) -> String { outcome == .none ? "" : "\(outcome)" }

    private static func number(_ id: UInt32) -> String { id == 0 ? "" : String(id) }

    /// Whole nanoseconds as milliseconds with up to six decimals, exactly.
    static func milliseconds(_ nanoseconds: Int64?) -> String {
        guard let nanoseconds else { return "" }
        let whole = nanoseconds.magnitude / 1_000_000
        var fraction = String(nanoseconds.magnitude % 1_000_000 + 1_000_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return (nanoseconds < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
