import Diagrams
import Trace

/// What happened in a run as a sequence diagram with the times that were measured: one request, or all that happened in
/// a stretch of time.
///
/// Clients are actors. A call activates the one who works on it, and its answer ends that. Branches that the flow runs
/// at once stand in a `par` block, rounds that are all alike in a `loop`. Retries, hedges, timeouts, refusals and
/// answers from a cache have their fate, and a note in words; faults are notes over the backend. Requests that overlap
/// carry their correlation id on each call, and have no blocks: they would be torn apart.
///
/// ``text`` prints it as Mermaid text, which reads back as the same diagram.
public struct TraceDiagram: Sendable {
    public struct Options: Sendable {
        /// Those who are shown, by name; `nil`: all. A message is shown when both its ends are.
        public var participants: Set<String>?
        public var words: TraceWords
        /// Whether answers and waits say how long they took: for those who see the text alone.
        public var writesTimes: Bool
        /// Whether databases and caches have a symbol of their own, which older versions of Mermaid cannot read.
        public var hasSymbols: Bool

        public init(
            participants: Set<String>? = nil, words: TraceWords = TraceWords(.english), writesTimes: Bool = false,
            hasSymbols: Bool = true
        ) {
            self.participants = participants
            self.words = words
            self.writesTimes = writesTimes
            self.hasSymbols = hasSymbols
        }
    }

    public let measured: MeasuredDiagram
    public var diagram: Diagram { measured.diagram }
    /// As Mermaid text.
    public var text: String { DiagramWriter(diagram).text }

    /// Of one request, as known at a cursor. Empty if it has not started. O(n log n) in the events of the request.
    public init(
        of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil, options: Options = Options()
    ) {
        self.init([request], in: index, at: cursor, within: nil, options: options)
    }

    /// Of all requests that run at some time of a stretch: what is sent in it, both ends included.
    /// O(n log n) in their events.
    public init(
        of stretch: Stretch, in index: TraceIndex, at cursor: Cursor? = nil, options: Options = Options()
    ) {
        let running = index.requests.filter { request in
            request.start <= stretch.to && (request.end ?? stretch.from) >= stretch.from
        }
        self.init(running.map(\.id), in: index, at: cursor, within: stretch, options: options)
    }

    private init(
        _ requests: [RequestID], in index: TraceIndex, at cursor: Cursor?, within stretch: Stretch?, options: Options
    ) {
        let cursor = cursor ?? index.trace.lastCursor
        let sequence = SequenceDiagram(requests, in: index, at: cursor)
        var builder = TraceDiagramBuilder(index: index, cursor: cursor, sequence: sequence, options: options)
        builder.stretch = stretch
        measured = builder.finished(requests)
    }
}
