import Trace

/// A run's events as JSON, one a line (`docs/events.schema.json`): a header with what the run is, then an object for
/// each event, in their order.
///
/// Times and durations are whole nanoseconds. Ids count from 1; where there is none, `null`.
public struct EventLines: Sendable {
    /// The version of the format that this program writes.
    public static let version: Int64 = 1

    private let trace: Trace
    private let selection: TraceSelection

    public init(_ trace: Trace, _ selection: TraceSelection = .all) {
        self.trace = trace
        self.selection = selection
    }

    /// Every line ends with a line feed. O(n).
    public var text: String {
        var text = header.compact + "\n"
        for (place, event) in trace.events.enumerated() where selection.includes(event) {
            text += line(event, Int64(place + 1)).compact + "\n"
        }
        return text
    }

    private var header: JSON {
        .members([
            "format": .string("ensayo-events"), "version": .integer(Self.version),
            "scenario": .string(trace.scenario), "seed": .unsigned(trace.seed),
            "digest": .string(trace.digest.description), "endNs": .integer(trace.end.nanoseconds),
            "events": .integer(Int64(trace.events.count)),
            "components": .array(
                trace.components.map {
                    .members(["name": .string(trace.name($0.name)), "kind": .string("\($0.kind)")])
                }),
        ])
    }

    private func line(_ event: Event, _ number: Int64) -> JSON {
        .members([
            "event": .integer(number), "timeNs": .integer(event.time.nanoseconds), "kind": .string("\(event.kind)"),
            "outcome": event.outcome == .none ? .null : .string("\(event.outcome)"),
            "component": name(event.component), "detail": name(event.detail), "request": id(event.request.rawValue),
            "span": id(event.span.rawValue), "parent": id(event.parent.rawValue), "cause": id(event.cause.rawValue),
            "value": .integer(event.value),
        ])
    }

    private func name(_ id: NameID) -> JSON { id == .none ? .null : .string(trace.name(id)) }
    private func id(_ number: UInt32) -> JSON { number == 0 ? .null : .integer(Int64(number)) }
}
