import Analysis
import Trace

/// The calls under way at a cursor, by backend or cache.
struct TopologyTraffic {
    struct Line {
        /// Calls and look-ups that are not answered yet.
        var open = 0
        /// What is asked for: by the shown request if it is among them, else by the newest.
        var operation = NameID.none
        /// How far from the client the shown request's call is, 0...1; `nil`: it has none here.
        var shown: Double?
        var isSelected = false
        /// On the network: how far from the client, 0...1.
        var calls: [Double] = []
        var answers: [(place: Double, outcome: Outcome)] = []
    }

    /// What a cache does that no client waits for: it loads again, or flushes.
    struct Background {
        var cache: NameID
        var backend: NameID
        /// Calls that are not answered yet.
        var open = 0
        /// What the newest asks for.
        var operation = NameID.none
    }

    let state: SystemState
    private(set) var background: [Background] = []
    private var lines: [NameID: Line] = [:]

    init(_ context: PanelContext) {
        state = SystemState(context.index, at: context.cursor)
        let request = context.request?.id
        let caches = Set(context.trace.components(.cache).map(\.name))
        for span in context.index.openSpans(at: context.cursor) where span.kind == .call || span.kind == .cacheLookup {
            guard span.isOpen else { continue }
            let caller = context.index.caller(of: span)
            if caches.contains(caller) {
                add(span, of: caller)
                continue
            }
            var line = lines[span.component] ?? Line()
            let isOfRequest = span.request == request
            line.open += 1
            if isOfRequest || line.shown == nil { line.operation = span.detail }
            if isOfRequest { line.shown = 1 }
            line.isSelected = line.isSelected || span.id == context.selection.span
            lines[span.component] = line
        }
        for message in state.messages where !caches.contains(message.from) && !caches.contains(message.to) {
            let isOfRequest = message.request == request
            // Without movement, what is under way stands in the middle.
            let progress = context.reducedMotion ? 0.5 : message.progress
            switch message.direction {
            case .call:
                if isOfRequest { lines[message.to]?.shown = progress }
                lines[message.to, default: Line()].calls.append(progress)
            case .answer:
                // Its outcome says more than that it is the shown one.
                if isOfRequest { lines[message.from]?.shown = nil }
                lines[message.from, default: Line()].answers.append((1 - progress, message.outcome))
            }
        }
    }

    private mutating func add(_ call: TraceSpan, of cache: NameID) {
        if let place = background.firstIndex(where: { $0.cache == cache && $0.backend == call.component }) {
            background[place].open += 1
            background[place].operation = call.detail
        } else {
            background.append(Background(cache: cache, backend: call.component, open: 1, operation: call.detail))
        }
    }

    func line(to component: NameID) -> Line { lines[component] ?? Line() }
}
