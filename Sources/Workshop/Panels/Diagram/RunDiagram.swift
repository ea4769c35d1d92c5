import Analysis
import Diagrams
import Scenario
import Synchronization
import Trace

/// A scenario's own diagram, as the requests of a run measure it.
public final class RunDiagram: Sendable {
    public let diagram: Diagram
    private let measure: @Sendable (RequestInfo, TraceIndex) -> MeasuredDiagram
    /// The layout of the frame before: while a run is played, it is that of the next one too.
    private let latest = Mutex<(request: RequestID?, style: DiagramStyle, layout: DiagramLayout)?>(nil)

    /// - Parameter measure: what one request of a run makes of the diagram.
    init(_ diagram: Diagram, measure: @escaping @Sendable (RequestInfo, TraceIndex) -> MeasuredDiagram) {
        self.diagram = diagram
        self.measure = measure
    }

    /// `nil`: the scenario is not written as a diagram.
    public convenience init?(_ scenario: Scenario) {
        guard let diagram = scenario.diagram else { return nil }
        let pools = DiagramPassages.pools(of: scenario)
        self.init(diagram.diagram) { request, index in
            DiagramPassages(diagram, index, request, pools: pools).measured
        }
    }

    /// As one request of the run measured it, which is always the same run; without times while there is none.
    /// O(messages log messages), and nothing when asked the same again.
    func layout(of request: RequestInfo?, in index: TraceIndex, style: DiagramStyle) -> DiagramLayout {
        latest.withLock { latest in
            if let latest, latest.request == request?.id, latest.style == style { return latest.layout }
            let measured = request.map { measure($0, index) } ?? MeasuredDiagram(diagram)
            let layout = DiagramLayout(measured, style: style)
            latest = (request?.id, style, layout)
            return layout
        }
    }
}
