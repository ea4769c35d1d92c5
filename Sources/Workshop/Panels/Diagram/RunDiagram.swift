import Analysis
import Diagrams
import Scenario
import Trace

/// A scenario's own diagram, as the requests of a run measure it.
public struct RunDiagram: Sendable {
    public let diagram: Diagram
    private let measure: @Sendable (RequestInfo, TraceIndex) -> MeasuredDiagram

    /// - Parameter measure: what one request of a run makes of the diagram.
    init(_ diagram: Diagram, measure: @escaping @Sendable (RequestInfo, TraceIndex) -> MeasuredDiagram) {
        self.diagram = diagram
        self.measure = measure
    }

    /// `nil`: the scenario is not written as a diagram.
    public init?(_ scenario: Scenario) {
        guard let diagram = scenario.diagram else { return nil }
        let pools = DiagramPassages.pools(of: scenario)
        self.init(diagram.diagram) { request, index in
            DiagramPassages(diagram, index, request, pools: pools).measured
        }
    }

    /// As one request measured it; `nil` while there is none. O(events of the request).
    func measured(by request: RequestInfo?, in index: TraceIndex) -> MeasuredDiagram {
        request.map { measure($0, index) } ?? MeasuredDiagram(diagram)
    }
}
