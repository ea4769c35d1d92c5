import Analysis
import Trace

/// A run in the formats of other tools.
struct TraceExport {
    var index: TraceIndex
    var part: PartOptions

    func text(as format: ExportFormat) throws(Failure) -> String {
        let selection = try part.selection(in: index)
        switch format {
        case .chromeTrace: return ChromeTrace(index, selection).json.compact + "\n"
        case .otlpJSON: return OTLPTrace(index, selection).json.compact + "\n"
        case .csv: return csv(selection)
        case .json: return EventLines(index.trace, selection).text
        default: return try diagram(selection).text
        }
    }

    /// Of one request; of a stretch of time when one is asked for.
    private func diagram(_ selection: TraceSelection) throws(Failure) -> TraceDiagram {
        let only = selection.components.map { Set($0.map { index.trace.name($0) }) }
        let options = TraceDiagram.Options(participants: only, writesTimes: true)
        let isStretch = part.from != nil || part.to != nil
        if isStretch, selection.request == nil {
            let stretch = Stretch(from: selection.from, to: min(selection.to, index.trace.end))
            return TraceDiagram(of: stretch, in: index, options: options)
        }
        return TraceDiagram(of: try request(selection), in: index, options: options)
    }

    private func csv(_ selection: TraceSelection) -> String {
        switch part.table ?? .figures {
        case .figures: RunReport(index).csv
        case .requests: TraceTable(index, selection).requests
        case .spans: TraceTable(index, selection).spans
        case .events: TraceTable(index, selection).events
        }
    }

    /// The first one, unless another is asked for.
    private func request(_ selection: TraceSelection) throws(Failure) -> RequestID {
        if let request = selection.request { return request }
        guard let first = index.requests.first else { throw .badInput("No request starts in this run.") }
        return first.id
    }
}
