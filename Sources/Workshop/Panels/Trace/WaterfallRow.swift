import Analysis
import Trace

/// A row of the waterfall: a span, or several alike that are drawn as one.
struct WaterfallRow {
    /// As known at the cursor; at least one.
    var spans: [TraceSpan]
    var depth: Int

    var first: TraceSpan { spans[0] }

    /// The spans of a request that have started, each below the one that holds it.
    ///
    /// - Parameter height: rows that should do; where they do not, calls of one step to the same operation share a row.
    static func rows(of request: RequestInfo, in index: TraceIndex, at cursor: Cursor, height: Int) -> [WaterfallRow] {
        let spans = index.spans(of: request.id).filter { cursor.includes($0.startEvent) }
            .map { $0.clipped(to: cursor).asWorked(in: index.trace) }
        let known = Set(spans.map(\.id))
        var children: [SpanID: [TraceSpan]] = [:]
        var roots: [TraceSpan] = []
        for span in spans {
            if known.contains(span.parent), span.parent < span.id {
                children[span.parent, default: []].append(span)
            } else {
                roots.append(span)
            }
        }
        let all = flattened(roots, children, sharing: false)
        return all.count <= height ? all : flattened(roots, children, sharing: true)
    }

    private static func flattened(
        _ roots: [TraceSpan], _ children: [SpanID: [TraceSpan]], sharing: Bool
    ) -> [WaterfallRow] {
        struct Name: Hashable {
            var component: NameID
            var detail: NameID
        }
        var rows: [WaterfallRow] = []
        // Spans may be nested as deep as the trace wants, so the walk keeps its own stack.
        var stack = roots.reversed().map { (span: $0, depth: 0) }
        var shared: [SpanID: [Name: Int]] = [:]
        while let (span, depth) = stack.popLast() {
            let below = children[span.id] ?? []
            let name = Name(component: span.component, detail: span.detail)
            if sharing, span.kind == .call, below.isEmpty {
                if let row = shared[span.parent]?[name] {
                    rows[row].spans.append(span)
                    continue
                }
                shared[span.parent, default: [:]][name] = rows.count
            }
            rows.append(WaterfallRow(spans: [span], depth: depth))
            for child in below.reversed() { stack.append((child, depth + 1)) }
        }
        return rows
    }
}
