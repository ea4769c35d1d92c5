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
        default:
            return TraceDiagram(of: try request(selection), in: index, options: .init(writesTimes: true)).text
        }
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
